import type { RunRecord, SessionRecord } from './stored-run.ts';

/** A layout as rows of `vaPage, pfn, pages, order, leaf, flags`, flags joined by `|`. */
export type LayoutRow = readonly [number, number, number, number, string, string];

/** Where a saved file went. A host without dialogs gives a link to fetch it from instead. */
export type SaveResult =
  | { readonly kind: 'saved'; readonly path: string }
  | { readonly kind: 'download'; readonly url: string; readonly fileName: string }
  | { readonly kind: 'cancelled' };

/** An experiment from a file. */
export type OpenedExperiment = {
  readonly text: string;
  readonly fileName: string;
  /** Where the user keeps it; null where the host cannot tell. */
  readonly path: string | null;
};

/** A layout from a file, as the rows of an experiment. */
export type OpenedLayout = Pick<OpenedExperiment, 'fileName' | 'path'> & {
  readonly rows: readonly LayoutRow[];
};

/** A session file as it is shown before it is imported. */
export type SessionFilePreview = {
  /** Names the opened file for `importSessionFile`. */
  readonly ticket: string;
  readonly fileName: string;
  readonly sessions: readonly SessionRecord[];
  readonly runs: readonly RunRecord[];
  /** Of those runs, how many the library has already. */
  readonly knownRuns: number;
};
export type ImportReport = {
  readonly sessionIds: readonly string[];
  readonly importedRuns: number;
  readonly skippedRuns: number;
};

/** A file that was opened or saved lately. */
export type RecentFile = {
  readonly path: string;
  readonly fileName: string;
  readonly kind: 'session' | 'experiment';
};

/** A session of some ten thousand trials: a file that is brought has at most this. Unit: bytes. */
export const LARGEST_FILE = 1_073_741_824;

/** A file as the page has it. */
export type PageFile = { readonly name: string; readonly size: number };
