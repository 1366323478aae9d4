import type { Ledger } from './ledger.ts';
import { Levels, tableOf } from './levels.ts';
import { listPagesOfEntry } from './memory.ts';
import type { Range } from './memory.ts';
import { findFastStop } from './states.ts';
import type { Taker } from './taker.ts';
import type { MappedPage, Page } from './types.ts';

export type WalkEnd = {
  readonly taken: readonly MappedPage[];
  /** `cannot` = a page the walk may not take, or none. */
  readonly stop: 'end of range' | 'cannot' | 'full';
};

/** FAST: walks the page tables with interrupts off. */
export function walkFast(ledger: Ledger, range: Range, taker: Taker): WalkEnd {
  const { kind } = range.memory.demand;
  ledger.count('argcheck', 1);
  if (kind === 'pin') {
    ledger.count('seq_begin', 1);
  }
  ledger.count('irq_save', 1);
  const end = walkEntries(ledger, range, taker);
  taker.endFast();
  ledger.count('irq_restore', 1);
  if (kind === 'pin') {
    ledger.count('seq_check', 1);
  }
  ledger.noteInterruptsOff(end.taken.length);
  return end;
}

function walkEntries(ledger: Ledger, range: Range, taker: Taker): WalkEnd {
  const { pages, demand } = range.memory;
  const levels = new Levels(ledger);
  const tables = new Set<number>();
  const taken: MappedPage[] = [];
  let index = range.start;
  while (index < range.end) {
    const page = pages[index];
    if (page === undefined) {
      break;
    }
    levels.descendTo(page);
    if (!page.mapped || page.leaf === 'pte') {
      readPte(ledger, tables, page);
    }
    const stop = page.mapped ? findFastStop(page, demand) : 'entry';
    if (stop === 'entry') {
      return { taken, stop: 'cannot' };
    }
    const found = listPagesOfEntry(range, index);
    if (stop !== undefined) {
      return { taken, stop: taker.tryInVain(found, stop) ? 'cannot' : 'full' };
    }
    if (!taker.take(found)) {
      return { taken, stop: 'full' };
    }
    for (const each of found) {
      taken.push(each);
    }
    index += found.length;
  }
  return { taken, stop: 'end of range' };
}

/** Reads a PTE, in a table that is mapped when the walk first comes to it. */
function readPte(ledger: Ledger, tables: Set<number>, page: Page): void {
  const table = tableOf(page);
  if (!tables.has(table)) {
    ledger.count('pte_map', 1);
    ledger.count('pte_unmap', 1);
    tables.add(table);
  }
  ledger.count('pte_read', 1);
}
