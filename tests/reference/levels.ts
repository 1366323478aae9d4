import type { Ledger } from './ledger.ts';
import type { Page } from './types.ts';

const pagesPerPmdEntry = 512;
const pagesPerPudEntry = 512 * 512;
const pagesPerPgdEntry = 512 * 512 * 512;

/** The way down the page tables: an entry is read once for all neighbouring pages below it. */
export class Levels {
  private readonly ledger: Ledger;
  private pgd: number | undefined;
  private pud: number | undefined;
  private pmd: number | undefined;

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
    const pmd = tableOf(page);
    if (pmd !== this.pmd) {
      this.ledger.count('lvl_pmd', 1);
      this.pmd = pmd;
    }
  }
}

/** The 2 MiB block of virtual memory that a page lies in: one PTE table maps it. */
export function tableOf(page: Page): number {
  return Math.floor(page.vaPage / pagesPerPmdEntry);
}
