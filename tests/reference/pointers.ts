import type { Ledger } from './ledger.ts';
import { grab, grabSlow, isTakenPageByPage, mark, tryCma, undoGrab } from './references.ts';
import { releaseArray } from './release.ts';
import type { Taker } from './taker.ts';
import { isUpTo } from './types.ts';
import type { Demand, MappedPage } from './types.ts';

/** What real kernels do: a pointer to every page, a reference for every page. */
export function takePointers(ledger: Ledger, demand: Demand): Taker {
  let slow: MappedPage[] = [];
  return {
    take: (pages) => {
      const [first] = pages;
      if (first !== undefined) {
        takeEntry(ledger, first, pages, demand);
      }
      return true;
    },
    tryInVain: (pages, stop) => {
      const [first] = pages;
      if (first !== undefined) {
        // A leaf entry's pointers are written first; a PTE's last.
        if (first.leaf !== 'pte' && isUpTo(demand, 'v6.11')) {
          ledger.count('ptr_store', pages.length);
        }
        if (stop === 'cma') {
          tryCma(ledger, first, pages.length);
        } else {
          grab(ledger, first, pages.length, demand);
          ledger.count('recheck', 1);
          undoGrab(ledger, first, pages.length, demand);
        }
      }
      return true;
    },
    endFast: () => undefined,
    startSlow: () => {
      slow = [];
    },
    takeSlowly: (pages) => {
      grabStep(ledger, pages, demand);
      ledger.count('ptr_store', pages.length);
      slow.push(...pages);
      return true;
    },
    hasRoomFor: () => true,
    scanSlow: () => {
      scanPages(ledger, slow, demand);
    },
    unpinSlow: () => {
      releaseArray(ledger, slow, demand, 'undo');
    },
  };
}

function takeEntry(
  ledger: Ledger,
  first: MappedPage,
  pages: readonly MappedPage[],
  demand: Demand,
): void {
  if (isTakenPageByPage(first, demand)) {
    takeDevmapLeaf(ledger, pages, demand);
    return;
  }
  refuseSeparateDevicePages(first);
  grab(ledger, first, pages.length, demand);
  ledger.count('recheck', 1);
  mark(ledger);
  ledger.count('ptr_store', pages.length);
}

function takeDevmapLeaf(ledger: Ledger, pages: readonly MappedPage[], demand: Demand): void {
  for (const page of pages) {
    if (demand.kernel === 'v5.10') {
      grabSlow(ledger, page, 1, demand);
    } else {
      grab(ledger, page, 1, demand);
    }
    mark(ledger);
    ledger.count('ptr_store', 1);
  }
  ledger.count('recheck', 1);
}

/** One step of the locked walk: the first page, then all the others of a leaf entry at once. */
export function grabStep(ledger: Ledger, pages: readonly MappedPage[], demand: Demand): void {
  const [first] = pages;
  if (first !== undefined) {
    refuseSeparateDevicePages(first);
    grabSlow(ledger, first, 1, demand);
    if (pages.length > 1) {
      grabSlow(ledger, first, pages.length - 1, demand);
    }
  }
}

export function refuseSeparateDevicePages(page: MappedPage): void {
  if (page.leaf !== 'pte' && page.type === 'devmap' && !page.isCompound) {
    throw new Error('leaves of separate device pages are not modelled here');
  }
}

/** Looks up the folio of every page, or from v6.12 on that of every run, comparing the rest with it. */
function scanPages(ledger: Ledger, pages: readonly MappedPage[], demand: Demand): void {
  if (isUpTo(demand, 'v6.11')) {
    ledger.meta('walkAndGrab', pages.length);
    return;
  }
  let start = 0;
  while (start < pages.length) {
    const first = pages[start];
    ledger.meta('walkAndGrab', 1);
    start += 1;
    while (first !== undefined && first.order > 0 && start < pages.length) {
      ledger.count('contig_cmp', 1);
      if (pages[start]?.folio !== first.folio) {
        break;
      }
      start += 1;
    }
  }
}
