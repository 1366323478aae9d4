import { runBioLoop } from './bio-loop.ts';
import type { Io } from './bio-loop.ts';
import type { Bio, Bvec } from './bios.ts';
import type { Ledger } from './ledger.ts';
import { getSlow, grab, mark } from './references.ts';
import type { MappedPage } from './types.ts';
import { pinFastOrSlow } from './walk.ts';
import type { Taker } from './walk.ts';

export type Kernel = 'v5.10' | 'v6.11' | 'v6.12' | 'v7.0';

/** What real kernels do: page pointers from the walk, then an add by page or by folio. */
export function runKernel(ledger: Ledger, io: Io, kernel: Kernel): Bio[] {
  return runBioLoop(io, (bio, pages) => {
    const { taken } = pinFastOrSlow(ledger, pages, kindOf(kernel), takePointers(ledger, kernel));
    if (kernel === 'v5.10' || kernel === 'v6.11') {
      addPerPage(ledger, bio, taken);
    } else {
      addPerFolio(ledger, bio, taken, kernel);
    }
    return taken.length;
  });
}

function kindOf(kernel: Kernel): 'get' | 'pin' {
  return kernel === 'v5.10' ? 'get' : 'pin';
}

function takePointers(ledger: Ledger, kernel: Kernel): Taker {
  return {
    takePage: (page) => {
      takeEntry(ledger, page, 1, kernel);
      return true;
    },
    takeLeaf: (pages) => {
      const first = pages[0];
      if (first?.isDevmap && (kernel === 'v5.10' || kernel === 'v6.11')) {
        takeDevmapLeaf(ledger, pages, kernel);
      } else if (first?.isDevmap && !first.isCompoundDevmap) {
        throw new Error(`${kernel} has no leaves of separate device pages`);
      } else if (first !== undefined) {
        takeEntry(ledger, first, pages.length, kernel);
      }
      return true;
    },
  };
}

function takeEntry(ledger: Ledger, page: MappedPage, references: number, kernel: Kernel): void {
  grab(ledger, page, references, kindOf(kernel));
  ledger.count('recheck', 1);
  mark(ledger);
  ledger.count('ptr_store', references);
}

function takeDevmapLeaf(ledger: Ledger, pages: readonly MappedPage[], kernel: Kernel): void {
  for (const page of pages) {
    if (kernel === 'v5.10') {
      getSlow(ledger, page);
    } else {
      grab(ledger, page, 1, kindOf(kernel));
    }
    mark(ledger);
    ledger.count('ptr_store', 1);
  }
  ledger.count('recheck', 1);
}

/** Tests every page against the last vector and merges it when it is the next frame. */
function addPerPage(ledger: Ledger, bio: Bio, pages: readonly MappedPage[]): void {
  for (const page of pages) {
    addMerging(ledger, bio, [page]);
  }
}

/** Scans for runs of one folio and adds each at once: v6.12 merges runs, v7.0 does not. */
function addPerFolio(
  ledger: Ledger,
  bio: Bio,
  pages: readonly MappedPage[],
  kernel: 'v6.12' | 'v7.0',
): void {
  let start = 0;
  while (start < pages.length) {
    const length = scanRun(ledger, pages.slice(start));
    const run = pages.slice(start, start + length);
    if (kernel === 'v6.12') {
      addMerging(ledger, bio, run);
    } else {
      if (bio.bvecs.length > 0) {
        ledger.count('pagemap', 1);
      }
      addNew(ledger, bio, run);
    }
    start += length;
  }
}

/** The length of the folio run at the start of these pages. */
function scanRun(ledger: Ledger, pages: readonly MappedPage[]): number {
  const first = pages[0];
  if (first === undefined) {
    return 0;
  }
  ledger.meta('add', 1);
  const pagesLeftInFolio = first.folio + 2 ** first.order - first.pfn;
  const guess = Math.min(pagesLeftInFolio, pages.length);
  let length = 1;
  while (length < guess) {
    ledger.count('contig_cmp', 1);
    ledger.meta('add', 1);
    const next = pages[length];
    if (next?.folio !== first.folio || next.pfn !== first.pfn + length) {
      break;
    }
    length += 1;
  }
  return length;
}

function addMerging(ledger: Ledger, bio: Bio, pages: readonly MappedPage[]): void {
  const last = bio.bvecs.at(-1);
  if (last !== undefined) {
    ledger.count('merge_test', 1);
    if (physicalEnd(last) === physicalStart(pages)) {
      ledger.count('merge_ok', 1);
      for (const page of pages) {
        last.pages.push(page);
      }
      return;
    }
  }
  addNew(ledger, bio, pages);
}

export function addNew(ledger: Ledger, bio: Bio, pages: readonly MappedPage[]): void {
  ledger.count('bvec_new', 1);
  bio.bvecs.push({ pages: [...pages] });
}

function physicalEnd(bvec: Bvec): number {
  const page = bvec.pages.at(-1);
  return page === undefined ? -1 : page.pfn * 4096 + page.offset + page.length;
}

function physicalStart(pages: readonly MappedPage[]): number {
  const page = pages[0];
  return page === undefined ? -2 : page.pfn * 4096 + page.offset;
}
