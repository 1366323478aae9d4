import type { WalkEnd } from './fast-walk.ts';
import type { Ledger } from './ledger.ts';
import { Levels } from './levels.ts';
import {
  listPagesOfEntry,
  makeWritable,
  mapAbsent,
  newPageFor,
  permitAccess,
  replacePage,
} from './memory.ts';
import type { Memory, Range } from './memory.ts';
import { mark } from './references.ts';
import { findFault, isRefused, isReplacedByFault } from './states.ts';
import type { Fault } from './states.ts';
import type { Taker } from './taker.ts';
import { isUpTo } from './types.ts';
import type { MappedPage } from './types.ts';

const entryPages = { pte: 1, pmd: 512, pud: 512 * 512 };

/** SLOW: one locked call, every step from the top of the page tables, with faults where they are due. */
export function walkSlow(ledger: Ledger, range: Range, taker: Taker): WalkEnd {
  ledger.count('mmap_rlock', 1);
  ledger.count('vma_find', 1);
  taker.startSlow();
  const end = walkSteps(ledger, range, taker);
  ledger.count('mmap_runlock', 1);
  return end;
}

function walkSteps(ledger: Ledger, range: Range, taker: Taker): WalkEnd {
  const { memory } = range;
  const taken: MappedPage[] = [];
  while (range.start + taken.length < range.end) {
    const index = range.start + taken.length;
    const page = memory.pages[index];
    if (!page?.mapped || isRefused(page, memory.demand)) {
      if (taken.length > 0) {
        ledger.count('vma_find', 1);
      }
      return { taken, stop: 'cannot' };
    }
    const fault = findFault(page, memory.demand);
    const later = isReplacedByFault(page, memory.demand) ? newPageFor(page) : page;
    if (fault !== undefined && !taker.hasRoomFor(later)) {
      return { taken, stop: 'full' };
    }
    visit(ledger, page);
    if (page.isSpecial) {
      return { taken, stop: 'cannot' };
    }
    if (fault !== undefined) {
      handleFault(ledger, memory, page, fault);
      continue;
    }
    const found = isUpTo(memory.demand, 'v5.10') ? [page] : listPagesOfEntry(range, index);
    if (!taker.takeSlowly(found)) {
      return { taken, stop: 'full' };
    }
    for (const each of found) {
      taken.push(each);
    }
  }
  return { taken, stop: 'end of range' };
}

/** One look at an entry under its lock. */
function visit(ledger: Ledger, page: MappedPage): void {
  new Levels(ledger).descendTo(page);
  ledger.count('ptl_lock', 1);
  ledger.count('ptl_unlock', 1);
  if (page.leaf === 'pte') {
    ledger.count('pte_read', 1);
  }
}

function handleFault(ledger: Ledger, memory: Memory, page: MappedPage, fault: Fault): void {
  ledger.count('fault', 1);
  switch (fault) {
    case 'map':
      mark(ledger);
      if (isCleared(page)) {
        countNewFolio(ledger, sizeMapped(page));
      }
      mapAbsent(memory, page);
      break;
    case 'permit':
      permitAccess(memory, page);
      break;
    case 'new page':
      mark(ledger);
      countReplaced(ledger, page);
      replacePage(memory, page);
      break;
    case 'copy':
      mark(ledger);
      ledger.copies += 1;
      countReplaced(ledger, page);
      replacePage(memory, page);
      break;
    case 'make writable':
      makeWritable(memory, page);
      break;
  }
}

/** Pages of what one fault maps: a folio's, or all under a leaf entry. */
function sizeMapped(page: MappedPage): number {
  return page.leaf === 'pte' ? 2 ** page.order : entryPages[page.leaf];
}

/** File pages are read, device pages are there, and the zero page is mapped as it is. */
function isCleared(page: MappedPage): boolean {
  return page.type !== 'file' && page.type !== 'devmap' && !page.isZero;
}

/** One page takes the place of one, or a whole hugetlb folio that of another. */
function countReplaced(ledger: Ledger, page: MappedPage): void {
  countNewFolio(ledger, page.type === 'hugetlb' ? entryPages[page.leaf] : 1);
  if (page.leaf !== 'pte' && page.type !== 'hugetlb') {
    ledger.splits += 1;
  }
}

function countNewFolio(ledger: Ledger, pages: number): void {
  ledger.newFolios += 1;
  ledger.newLargeFolios += pages > 1 ? 1 : 0;
  ledger.faultPages += pages;
}
