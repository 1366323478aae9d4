import { frameOfFresh } from './fresh-frames.ts';
import type { MappedPage, MemoryType, Page, ReferenceRequest, ReferenceRow } from './types.ts';

const pageSize = 4096;
const types: readonly MemoryType[] = ['anon', 'file', 'shmem', 'hugetlb', 'devmap'];
const states = ['absent', 'readonly', 'shared', 'zero', 'cma', 'protnone', 'special'];
const leafSizes = { pte: 1, pmd: 512, pud: 512 * 512 };

/** Lists every 4 KiB page the request touches, mapped or not, in order of virtual address. */
export function listPages(rows: readonly ReferenceRow[], request: ReferenceRequest): Page[] {
  const end = request.offset + request.length;
  const pages: Page[] = [];
  for (let vaPage = Math.floor(request.offset / pageSize); vaPage * pageSize < end; vaPage += 1) {
    const index = rows.findIndex(
      (each) => each.vaPage <= vaPage && vaPage < each.vaPage + each.pages,
    );
    const row = rows[index];
    if (row === undefined) {
      pages.push({ mapped: false, vaPage });
      continue;
    }
    const firstByte = Math.max(request.offset, vaPage * pageSize);
    const lastByte = Math.min(end, (vaPage + 1) * pageSize);
    const bytes = { offset: firstByte - vaPage * pageSize, length: lastByte - firstByte };
    pages.push(mapPage(row, index, vaPage, bytes));
  }
  return pages;
}

function mapPage(
  row: ReferenceRow,
  index: number,
  vaPage: number,
  bytes: { offset: number; length: number },
): MappedPage {
  refuseUnknownFlags(row);
  const isZero = row.flags.includes('zero');
  const place = isZero ? placeZero(row, vaPage) : placeInRow(row, vaPage);
  return {
    mapped: true,
    vaPage,
    ...bytes,
    row: index,
    ...place,
    leaf: row.leaf,
    type: types.find((type) => row.flags.includes(type)) ?? 'anon',
    isCompound: row.flags.includes('compound'),
    isAbsent: row.flags.includes('absent'),
    isReadonly: row.flags.includes('readonly'),
    isShared: row.flags.includes('shared'),
    isZero,
    isCma: row.flags.includes('cma'),
    isProtnone: row.flags.includes('protnone'),
    isSpecial: row.flags.includes('special'),
  };
}

type Place = Pick<MappedPage, 'pfn' | 'folio' | 'order'>;

function placeInRow(row: ReferenceRow, vaPage: number): Place {
  const pfn = row.pfn + (vaPage - row.vaPage);
  const folioPages = 2 ** row.order;
  return { pfn, folio: Math.floor(pfn / folioPages) * folioPages, order: row.order };
}

/** Each entry that maps the zero page, or a huge zero folio, has frames of its own here. */
function placeZero(row: ReferenceRow, vaPage: number): Place {
  const size = leafSizes[row.leaf];
  const entry = Math.floor(vaPage / size);
  const folio = frameOfFresh('zero', entry * size);
  return { pfn: folio + (vaPage - entry * size), folio, order: Math.log2(size) };
}

function refuseUnknownFlags(row: ReferenceRow): void {
  const known = [...types, 'compound', ...states];
  for (const flag of row.flags) {
    if (!known.includes(flag)) {
      throw new Error(`the reference models no flag "${flag}"; it knows ${known.join(', ')}`);
    }
  }
}

/** Folio runs: sequences with the same folio and the next frame at each step. */
export function countFolioRuns(pages: readonly MappedPage[]): number {
  let runs = 0;
  let previous: MappedPage | undefined;
  for (const page of pages) {
    if (previous?.folio !== page.folio || previous.pfn + 1 !== page.pfn) {
      runs += 1;
    }
    previous = page;
  }
  return runs;
}

/** Physical runs: sequences with the next frame at each step, whatever the folio. */
export function countPhysicalRuns(pages: readonly MappedPage[]): number {
  let runs = 0;
  let previous: MappedPage | undefined;
  for (const page of pages) {
    if (previous === undefined || previous.pfn + 1 !== page.pfn) {
      runs += 1;
    }
    previous = page;
  }
  return runs;
}
