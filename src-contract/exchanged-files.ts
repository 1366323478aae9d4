import type { MeasurementRecord } from './measured/measurement.ts';
import type { Remark } from './measured/remark.ts';
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
  readonly measurements: readonly MeasurementRecord[];
  /** Of those runs, how many the library has already. */
  readonly knownRuns: number;
};
export type ImportReport = {
  readonly sessionIds: readonly string[];
  readonly importedRuns: number;
  readonly skippedRuns: number;
  readonly importedMeasurements: number;
  readonly skippedMeasurements: number;
  /** Cost models that came with the runs, as this library names them: `my-epyc@2`. */
  readonly importedCostModels: readonly string[];
  /**
   * Cost models that have another version in this library than in the file. The runs that were added name
   * them as they are called here; the text of an experiment stays as it was run.
   */
  readonly renamedCostModels: readonly { readonly inFile: string; readonly here: string }[];
};

/** What came of a file that was to be imported. */
export type ImportedFile =
  | {
      readonly kind: 'measurement';
      readonly record: MeasurementRecord;
      /** Whether it was added, there already from the same bytes, or taken out of the trash. */
      readonly outcome: 'added' | 'known' | 'restored';
      readonly assumptions: readonly Remark[];
      readonly warnings: readonly Remark[];
    }
  /** `id` is how experiments name the model: `my-epyc@2`. */
  | { readonly kind: 'cost-model'; readonly id: string; readonly isNew: boolean }
  | { readonly kind: 'session-file'; readonly preview: SessionFilePreview }
  /** It cannot be imported: a sentence for each fault, with file and line; nothing was stored. */
  | { readonly kind: 'refused'; readonly fileName: string; readonly problems: readonly string[] };

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
