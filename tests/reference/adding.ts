import type { Bio, Bvec } from './bios.ts';
import type { Ledger } from './ledger.ts';
import type { Kernel, MappedPage } from './types.ts';

/** Puts the pages of an array into a bio: one by one, or since v6.12 by folio. */
export function addPages(
  ledger: Ledger,
  bio: Bio,
  pages: readonly MappedPage[],
  kernel: Kernel,
): void {
  if (kernel === 'v5.10' || kernel === 'v6.11') {
    addPerPage(ledger, bio, pages);
  } else {
    addPerFolio(ledger, bio, pages, kernel);
  }
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
