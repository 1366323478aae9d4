import type { Ledger } from './ledger.ts';
import type { MappedPage, Page } from './types.ts';

/**
 * What a strategy does with the entries the walk finds. Each answers false when it has no room:
 * the walk then ends before that page or leaf.
 */
export type Taker = {
  readonly takePage: (page: MappedPage) => boolean;
  readonly takeLeaf: (pages: readonly MappedPage[]) => boolean;
};

export type WalkEnd = {
  readonly taken: readonly MappedPage[];
  readonly stop: 'end of range' | 'unmapped' | 'full';
};

const pagesPerPmdEntry = 512;
const pagesPerPudEntry = 512 * 512;
const pagesPerPgdEntry = 512 * 512 * 512;

/** One GUP call: the fast walk, then the slow path when the walk met a page it cannot take. */
export function pinFastOrSlow(
  ledger: Ledger,
  pages: readonly Page[],
  kind: 'get' | 'pin',
  taker: Taker,
): WalkEnd {
  ledger.calls += 1;
  const end = walkFast(ledger, pages, kind, taker);
  if (end.stop === 'unmapped') {
    failSlow(ledger);
  }
  return end;
}

/** The slow path on an unmapped address: it finds no VMA and gives up. */
function failSlow(ledger: Ledger): void {
  ledger.count('mmap_rlock', 1);
  ledger.count('vma_find', 1);
  ledger.count('mmap_runlock', 1);
}

/** FAST: walks the page tables with interrupts off. */
function walkFast(
  ledger: Ledger,
  pages: readonly Page[],
  kind: 'get' | 'pin',
  taker: Taker,
): WalkEnd {
  ledger.count('argcheck', 1);
  if (kind === 'pin') {
    ledger.count('seq_begin', 1);
  }
  ledger.count('irq_save', 1);
  const end = walkEntries(ledger, pages, taker);
  ledger.count('irq_restore', 1);
  if (kind === 'pin') {
    ledger.count('seq_check', 1);
  }
  ledger.noteInterruptsOff(end.taken.length);
  return end;
}

function walkEntries(ledger: Ledger, pages: readonly Page[], taker: Taker): WalkEnd {
  const levels = new Levels(ledger);
  const taken: MappedPage[] = [];
  while (taken.length < pages.length) {
    const page = pages[taken.length];
    if (page === undefined) {
      break;
    }
    levels.descendTo(page);
    if (!page.mapped) {
      ledger.count('pte_read', 1);
      return { taken, stop: 'unmapped' };
    }
    if (page.leaf === 'pte') {
      ledger.count('pte_read', 1);
      if (!taker.takePage(page)) {
        return { taken, stop: 'full' };
      }
      taken.push(page);
    } else {
      const leafPages = listPagesOfLeaf(pages, taken.length, page);
      if (!taker.takeLeaf(leafPages)) {
        return { taken, stop: 'full' };
      }
      for (const leafPage of leafPages) {
        taken.push(leafPage);
      }
    }
  }
  return { taken, stop: 'end of range' };
}

/** The pages from `start` on that lie under the same PMD or PUD entry. */
function listPagesOfLeaf(pages: readonly Page[], start: number, first: MappedPage): MappedPage[] {
  const span = first.leaf === 'pud' ? pagesPerPudEntry : pagesPerPmdEntry;
  const block = Math.floor(first.vaPage / span);
  const leafPages: MappedPage[] = [];
  for (let index = start; index < pages.length; index += 1) {
    const page = pages[index];
    if (!page?.mapped || Math.floor(page.vaPage / span) !== block) {
      break;
    }
    leafPages.push(page);
  }
  return leafPages;
}

/** The way down the page tables: an entry is read once for all neighbouring pages below it. */
class Levels {
  private readonly ledger: Ledger;
  private pgd: number | undefined;
  private pud: number | undefined;
  private pmd: number | undefined;
  private table: number | undefined;

  constructor(ledger: Ledger) {
    this.ledger = ledger;
  }

  /** Counts the steps to the entry of this page. An unmapped page is looked for in a PTE table. */
  descendTo(page: Page): void {
    const pgd = Math.floor(page.vaPage / pagesPerPgdEntry);
    if (pgd !== this.pgd) {
      this.ledger.count('lvl_pgd', 1);
      this.ledger.count('lvl_p4d', 1);
      this.pgd = pgd;
    }
    const pud = Math.floor(page.vaPage / pagesPerPudEntry);
    if (pud !== this.pud) {
      this.ledger.count('lvl_pud', 1);
      this.pud = pud;
    }
    if (page.mapped && page.leaf === 'pud') {
      return;
    }
    const pmd = Math.floor(page.vaPage / pagesPerPmdEntry);
    if (pmd !== this.pmd) {
      this.ledger.count('lvl_pmd', 1);
      this.pmd = pmd;
    }
    if (page.mapped && page.leaf === 'pmd') {
      return;
    }
    if (pmd !== this.table) {
      this.ledger.count('pte_map', 1);
      this.ledger.count('pte_unmap', 1);
      this.table = pmd;
    }
  }
}
