import type { MappedPage, Page, ReferenceRequest, ReferenceRow } from './types.ts';

const pageSize = 4096;
const typeFlags = ['anon', 'file', 'shmem', 'hugetlb', 'devmap', 'compound'];

/** Lists every 4 KiB page the I/O touches, mapped or not, in order of virtual address. */
export function listPages(rows: readonly ReferenceRow[], request: ReferenceRequest): Page[] {
  const end = request.offset + request.length;
  const pages: Page[] = [];
  for (let vaPage = Math.floor(request.offset / pageSize); vaPage * pageSize < end; vaPage += 1) {
    const row = rows.find((each) => each.vaPage <= vaPage && vaPage < each.vaPage + each.pages);
    if (row === undefined) {
      pages.push({ mapped: false, vaPage });
      continue;
    }
    const firstByte = Math.max(request.offset, vaPage * pageSize);
    const lastByte = Math.min(end, (vaPage + 1) * pageSize);
    pages.push(mapPage(row, vaPage, firstByte - vaPage * pageSize, lastByte - firstByte));
  }
  return pages;
}

function mapPage(row: ReferenceRow, vaPage: number, offset: number, length: number): MappedPage {
  refuseUnknownFlags(row);
  const pfn = row.pfn + (vaPage - row.vaPage);
  const folioPages = 2 ** row.order;
  return {
    mapped: true,
    vaPage,
    offset,
    length,
    pfn,
    folio: Math.floor(pfn / folioPages) * folioPages,
    order: row.order,
    leaf: row.leaf,
    isFile: row.flags.includes('file'),
    isDevmap: row.flags.includes('devmap'),
    isCompoundDevmap: row.flags.includes('devmap') && row.flags.includes('compound'),
  };
}

function refuseUnknownFlags(row: ReferenceRow): void {
  for (const flag of row.flags) {
    if (!typeFlags.includes(flag)) {
      throw new Error(`the reference models no flag "${flag}"; it knows ${typeFlags.join(', ')}`);
    }
  }
}

/** The pages before the first unmapped one: all that the I/O can pin. */
export function listPagesBeforeGap(pages: readonly Page[]): MappedPage[] {
  const before: MappedPage[] = [];
  for (const page of pages) {
    if (!page.mapped) {
      break;
    }
    before.push(page);
  }
  return before;
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
