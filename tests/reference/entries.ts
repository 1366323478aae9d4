import type { Ledger } from './ledger.ts';
import { tableOf } from './levels.ts';
import { grabStep, refuseSeparateDevicePages } from './pointers.ts';
import { grab, grabSlow, mark, tryCma, undoGrab } from './references.ts';
import { releaseRuns } from './release.ts';
import type { FastStop } from './states.ts';
import type { Taker } from './taker.ts';
import type { Demand, MappedPage } from './types.ts';

/** One result of a folio walk: consecutive pages of one folio. */
export type Entry = { readonly pages: MappedPage[]; readonly isLeaf: boolean };

/** `range` = folio, offset and length; `pointer` = the folio alone, so it must be whole. */
export type EntryForm = 'range' | 'pointer';

export type EntryTaker = Taker & { readonly entries: readonly Entry[] };

/**
 * Visits every page, as the prototype does: looks up its folio, compares it with the page before,
 * and takes one reference when a run begins. It has room for `capacity` entries.
 */
export function takeVisitingEach(
  ledger: Ledger,
  demand: Demand,
  capacity: number,
  form: EntryForm,
): EntryTaker {
  const entries: Entry[] = [];
  const store = form === 'range' ? 'vec_store' : 'ptr_store';
  let fastEntries = 0;
  let isFirst = true;

  /** Looks at pages: every page but the first of a walk is compared. */
  const visit = (pages: number): void => {
    ledger.meta('walkAndGrab', pages);
    ledger.count('contig_cmp', isFirst ? pages - 1 : pages);
    isFirst = false;
  };

  /** Finds room for pages by looking at them: 'goes on' where they belong to the last run. */
  const findRoom = (pages: readonly MappedPage[], mayGoOn: boolean): 'goes on' | 'new' | 'none' => {
    const [first] = pages;
    const last = entries.at(-1);
    visit(1);
    if (first === undefined) {
      return 'none';
    }
    refuseSeparateDevicePages(first);
    if (mayGoOn && last !== undefined && continuesRun(last, first)) {
      last.pages.push(first);
      return 'goes on';
    }
    if (!hasRoom(entries, capacity, form, first)) {
      return 'none';
    }
    visit(pages.length - 1);
    return 'new';
  };

  return {
    entries,
    take: (pages) => {
      const room = findRoom(pages, true);
      const [first] = pages;
      if (room === 'new' && first !== undefined) {
        ledger.count(store, 1);
        grab(ledger, first, 1, demand);
        ledger.count('recheck', 1);
        mark(ledger);
        entries.push({ pages: [...pages], isLeaf: first.leaf !== 'pte' });
      }
      return room !== 'none';
    },
    tryInVain: (pages, stop) => {
      const room = findRoom(pages, false);
      if (room === 'new') {
        tryEntryInVain(ledger, pages, 1, stop, demand);
      }
      return room !== 'none';
    },
    endFast: () => {
      fastEntries = entries.length;
    },
    startSlow: () => {
      isFirst = true;
    },
    takeSlowly: (pages) => {
      const room = findRoom(pages, entries.length > fastEntries);
      const [first] = pages;
      if (room === 'new' && first !== undefined) {
        ledger.count(store, 1);
        grabSlow(ledger, first, 1, demand);
        entries.push({ pages: [...pages], isLeaf: first.leaf !== 'pte' });
      }
      return room !== 'none';
    },
    hasRoomFor: (page) => {
      const last = entries.length > fastEntries ? entries.at(-1) : undefined;
      const goesOn = last !== undefined && continuesRun(last, page);
      return goesOn || hasRoom(entries, capacity, form, page);
    },
    scanSlow: () => {
      ledger.meta('walkAndGrab', entries.length - fastEntries);
    },
    unpinSlow: () => {
      const slow = entries.splice(fastEntries);
      releaseRuns(
        ledger,
        slow.map(({ pages }) => pages),
        demand,
        'one',
        'undo',
      );
    },
  };
}

/** Compares page-table entries first and takes the references of a whole run at once. */
export function takeBatched(ledger: Ledger, demand: Demand): EntryTaker {
  const entries: Entry[] = [];
  let fastEntries = 0;

  /** Adds pages to the last run, or begins one: false, where they went on. */
  const begin = (pages: readonly MappedPage[], mayGoOn: boolean): boolean => {
    const [first] = pages;
    const last = entries.at(-1);
    if (first === undefined) {
      return false;
    }
    refuseSeparateDevicePages(first);
    if (mayGoOn && last !== undefined && continuesRun(last, first)) {
      last.pages.push(first);
      return false;
    }
    entries.push({ pages: [...pages], isLeaf: first.leaf !== 'pte' });
    return true;
  };

  return {
    entries,
    take: (pages) => {
      begin(pages, true);
      return true;
    },
    tryInVain: (pages, stop) => {
      tryEntryInVain(ledger, pages, pages.length, stop, demand);
      return true;
    },
    endFast: () => {
      fastEntries = entries.length;
      for (const { pages } of entries) {
        const [first] = pages;
        if (first !== undefined) {
          ledger.count('vec_store', 1);
          grab(ledger, first, pages.length, demand);
          ledger.count('recheck', 1);
          mark(ledger);
        }
      }
    },
    startSlow: () => undefined,
    takeSlowly: (pages) => {
      if (begin(pages, entries.length > fastEntries)) {
        ledger.count('vec_store', 1);
      }
      grabStep(ledger, pages, demand);
      return true;
    },
    hasRoomFor: () => true,
    scanSlow: () => {
      ledger.meta('walkAndGrab', entries.length - fastEntries);
    },
    unpinSlow: () => {
      const slow = entries.splice(fastEntries);
      releaseRuns(
        ledger,
        slow.map(({ pages }) => pages),
        demand,
        'pages',
        'undo',
      );
    },
  };
}

/** References that are tried on pages and given back. */
function tryEntryInVain(
  ledger: Ledger,
  pages: readonly MappedPage[],
  references: number,
  stop: Exclude<FastStop, 'entry'>,
  demand: Demand,
): void {
  const [first] = pages;
  if (first === undefined) {
    return;
  }
  if (stop === 'cma') {
    tryCma(ledger, first, references);
  } else {
    grab(ledger, first, references, demand);
    ledger.count('recheck', 1);
    undoGrab(ledger, first, references, demand);
  }
}

/** A run also ends at each 2 MiB boundary of virtual memory and at each leaf. */
function continuesRun(entry: Entry, page: MappedPage): boolean {
  const previous = entry.pages.at(-1);
  return (
    previous !== undefined &&
    !entry.isLeaf &&
    page.leaf === 'pte' &&
    previous.folio === page.folio &&
    previous.pfn + 1 === page.pfn &&
    tableOf(previous) === tableOf(page)
  );
}

/** Whether an entry that begins at this page may follow the entries there are. */
function hasRoom(
  entries: readonly Entry[],
  capacity: number,
  form: EntryForm,
  page: MappedPage,
): boolean {
  const previous = entries.at(-1)?.pages.at(-1);
  if (previous === undefined) {
    return true;
  }
  if (entries.length === capacity) {
    return false;
  }
  if (form === 'pointer') {
    const previousEndsInside = previous.pfn !== previous.folio + 2 ** previous.order - 1;
    const startsInside = page.pfn !== page.folio;
    return !previousEndsInside && !startsInside;
  }
  return true;
}
