import type { Ledger } from './ledger.ts';
import { grab, mark } from './references.ts';
import type { MappedPage } from './types.ts';
import type { Taker } from './walk.ts';

/** One result of a folio walk: consecutive pages of one folio. */
export type Entry = { readonly pages: MappedPage[]; readonly isLeaf: boolean };

/** `range` = folio, offset and length; `pointer` = the folio alone, so it must be whole. */
export type EntryForm = 'range' | 'pointer';

export type EntryTaker = Taker & { readonly entries: readonly Entry[] };

const pagesPerTable = 512;

/**
 * Visits every page, as the prototype does: looks up its folio, compares it with the page before,
 * and takes one reference when a run begins. It has room for `capacity` entries.
 */
export function takeVisitingEach(ledger: Ledger, capacity: number, form: EntryForm): EntryTaker {
  const entries: Entry[] = [];

  /** Looks at one page: every page but the first of the call is compared. */
  const visit = (isFirstOfCall: boolean): void => {
    ledger.meta('walkAndGrab', 1);
    if (!isFirstOfCall) {
      ledger.count('contig_cmp', 1);
    }
  };

  const startEntry = (pages: MappedPage[], first: MappedPage, isLeaf: boolean): void => {
    ledger.count(form === 'range' ? 'vec_store' : 'ptr_store', 1);
    grab(ledger, first, 1, 'pin');
    ledger.count('recheck', 1);
    mark(ledger);
    entries.push({ pages, isLeaf });
  };

  return {
    entries,
    takePage: (page) => {
      visit(entries.length === 0);
      const last = entries.at(-1);
      if (last !== undefined && continuesRun(last, page)) {
        last.pages.push(page);
        return true;
      }
      if (!hasRoom(entries, capacity, form, page)) {
        return false;
      }
      startEntry([page], page, false);
      return true;
    },
    takeLeaf: (pages) => {
      const first = pages[0];
      if (first === undefined) {
        return false;
      }
      refuseSeparateDevicePages(first);
      visit(entries.length === 0);
      if (!hasRoom(entries, capacity, form, first)) {
        return false;
      }
      for (let rest = 1; rest < pages.length; rest += 1) {
        visit(false);
      }
      startEntry([...pages], first, true);
      return true;
    },
  };
}

/** Compares page-table entries first and takes the references of a whole run at once. */
export function takeBatched(ledger: Ledger): EntryTaker & { readonly grabAll: () => void } {
  const entries: Entry[] = [];
  return {
    entries,
    takePage: (page) => {
      const last = entries.at(-1);
      if (last !== undefined && continuesRun(last, page)) {
        last.pages.push(page);
      } else {
        entries.push({ pages: [page], isLeaf: false });
      }
      return true;
    },
    takeLeaf: (pages) => {
      for (const page of pages) {
        refuseSeparateDevicePages(page);
      }
      entries.push({ pages: [...pages], isLeaf: true });
      return true;
    },
    grabAll: () => {
      for (const { pages } of entries) {
        const first = pages[0];
        if (first !== undefined) {
          ledger.count('vec_store', 1);
          grab(ledger, first, pages.length, 'pin');
          ledger.count('recheck', 1);
          mark(ledger);
        }
      }
    },
  };
}

/** A run also ends at each 2 MiB boundary of virtual memory and at each leaf. */
function continuesRun(entry: Entry, page: MappedPage): boolean {
  const previous = entry.pages.at(-1);
  return (
    previous !== undefined &&
    !entry.isLeaf &&
    previous.folio === page.folio &&
    previous.pfn + 1 === page.pfn &&
    tableOf(previous) === tableOf(page)
  );
}

function tableOf(page: MappedPage): number {
  return Math.floor(page.vaPage / pagesPerTable);
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

function refuseSeparateDevicePages(page: MappedPage): void {
  if (page.isDevmap && !page.isCompoundDevmap) {
    throw new Error('folio walks are not modelled on leaves of separate device pages');
  }
}
