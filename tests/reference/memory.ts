import { frameOfFresh } from './fresh-frames.ts';
import type { Demand, MappedPage, Page } from './types.ts';

/** The pages of a request as they are now: faults and migrations change them. */
export type Memory = { readonly demand: Demand; readonly pages: Page[] };

/** Pages `start` to `end` (not included) of a request's memory: what one call asks for. */
export type Range = { readonly memory: Memory; readonly start: number; readonly end: number };

const leafSizes = { pte: 1, pmd: 512, pud: 512 * 512 };

/** The pages from `start` on that lie under the same PTE, PMD or PUD entry. */
export function listPagesOfEntry(range: Range, start: number): MappedPage[] {
  const first = range.memory.pages[start];
  const pages: MappedPage[] = [];
  for (let index = start; index < range.end; index += 1) {
    const page = range.memory.pages[index];
    if (!first?.mapped || !page?.mapped || !isUnderSameEntry(first, page)) {
      break;
    }
    pages.push(page);
  }
  return pages;
}

function isUnderSameEntry(page: MappedPage, other: MappedPage): boolean {
  const size = leafSizes[page.leaf];
  return (
    page.leaf === other.leaf && Math.floor(page.vaPage / size) === Math.floor(other.vaPage / size)
  );
}

/** Changes every mapped page of the request that is chosen. */
function changePages(
  memory: Memory,
  isChosen: (page: MappedPage) => boolean,
  change: (page: MappedPage) => MappedPage,
): void {
  for (const [index, page] of memory.pages.entries()) {
    if (page.mapped && isChosen(page)) {
      memory.pages[index] = change(page);
    }
  }
}

/**
 * One fault on an absent page maps its folio as far as the row has it, or the whole entry. What a
 * long-term pin faults in does not come from CMA memory.
 */
export function mapAbsent(memory: Memory, faulted: MappedPage): void {
  changePages(
    memory,
    (page) =>
      isUnderSameEntry(faulted, page) ||
      (faulted.leaf === 'pte' && page.row === faulted.row && page.folio === faulted.folio),
    (page) => ({
      ...page,
      isAbsent: false,
      isCma: page.isCma && !memory.demand.isLongTerm,
    }),
  );
}

/** A PROT_NONE entry gets its permissions back. */
export function permitAccess(memory: Memory, faulted: MappedPage): void {
  changePages(
    memory,
    (page) => isUnderSameEntry(faulted, page),
    (page) => ({ ...page, isProtnone: false }),
  );
}

/** A read-only entry becomes writable: the same pages. */
export function makeWritable(memory: Memory, faulted: MappedPage): void {
  changePages(
    memory,
    (page) => isUnderSameEntry(faulted, page),
    (page) => ({ ...page, isReadonly: false }),
  );
}

/** The page that a fault puts in the place of one; for a hugetlb entry, its part of the whole. */
export function newPageFor(page: MappedPage): MappedPage {
  const leaf = page.type === 'hugetlb' ? page.leaf : 'pte';
  const size = leafSizes[leaf];
  const firstOfEntry = Math.floor(page.vaPage / size) * size;
  const folio = frameOfFresh('replaced', firstOfEntry);
  return {
    ...page,
    pfn: folio + (page.vaPage - firstOfEntry),
    folio,
    order: Math.log2(size),
    leaf,
    type: page.type === 'hugetlb' ? 'hugetlb' : 'anon',
    isCompound: false,
    isAbsent: false,
    isReadonly: false,
    isShared: false,
    isZero: false,
    isCma: false,
    isProtnone: false,
  };
}

/**
 * A new page takes the place of one. A hugetlb entry is replaced as a whole; any other leaf entry is
 * split into PTEs, and one page of it replaced.
 */
export function replacePage(memory: Memory, faulted: MappedPage): void {
  if (faulted.type === 'hugetlb') {
    changePages(memory, (page) => isUnderSameEntry(faulted, page), newPageFor);
    return;
  }
  if (faulted.leaf !== 'pte') {
    changePages(
      memory,
      (page) => isUnderSameEntry(faulted, page),
      (page) => (page.isZero ? splitZero(page) : { ...page, leaf: 'pte' }),
    );
  }
  changePages(memory, (page) => page.vaPage === faulted.vaPage, newPageFor);
}

/** A huge zero folio is split into mappings of the zero page. */
function splitZero(page: MappedPage): MappedPage {
  const folio = frameOfFresh('zero', page.vaPage);
  return { ...page, pfn: folio, folio, order: 0, leaf: 'pte' };
}

/** Moves a folio out of CMA memory as far as a row has it, into frames of its own. */
export function migrateFolio(memory: Memory, moved: MappedPage): void {
  const folio = frameOfFresh('migrated', moved.folio);
  changePages(
    memory,
    (page) => page.row === moved.row && page.folio === moved.folio,
    (page) => ({ ...page, pfn: folio + (page.pfn - page.folio), folio, isCma: false }),
  );
}
