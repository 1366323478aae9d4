import { z } from 'zod';
import type { AllocationTotal, CostModel, FigureTotals, LatencyPhase, Phase } from '#core';
import type { RunDocument } from './run-document.ts';
import type { Problem } from './problem.ts';
import type { RunRecord, RunStatus, SessionRecord } from './stored-run.ts';

/** Why a request failed; the window turns codes into sentences where `message` is not enough. */
export const LAB_ERROR_CODES = [
  'bad-input',
  'not-found',
  'conflict',
  'library-failed',
  'file-failed',
  'unexpected',
] as const;
export type LabErrorCode = (typeof LAB_ERROR_CODES)[number];

/** Across processes only plain data survives, so every answer is one of these. */
export type Reply<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: LabErrorCode; readonly message: string };

declare const outputType: unique symbol;
type RequestDescription<Output> = {
  readonly input: z.ZodType;
  /** Exists for the compiler only: the answer's type. */
  readonly [outputType]?: { readonly value: Output };
};

function request<Output>(): <Input extends z.ZodType>(
  input: Input,
) => {
  readonly input: Input;
  readonly [outputType]?: { readonly value: Output };
} {
  return (input) => ({ input });
}

const id = z.uuid();
const nothing = z.null();
const fileName = z.string().min(1).max(255);
/** An experiment as YAML; far above any real one. */
const experimentText = z.string().max(4_000_000);
const target = z.object({ kind: z.enum(['session', 'run']), id });

/** Where the lab runs, for the title bar and the "Copy as command" lines. */
export type LabDescription = {
  readonly host: 'electron' | 'web';
  readonly applicationVersion: string;
  readonly coreVersion: string;
  readonly libraryPath: string;
  /** What starts the command line: `folio-lab` or `npm run --silent lab --`. */
  readonly command: string;
};

export type CatalogueEntry = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
};
export type Catalogue = {
  readonly experiments: readonly CatalogueEntry[];
  readonly layouts: readonly CatalogueEntry[];
  readonly costModels: readonly CostModel[];
};

/** A layout as rows of `vaPage, pfn, pages, order, leaf, flags`, flags joined by `|`. */
export type LayoutRow = readonly [number, number, number, number, string, string];

/** What an experiment text means before it runs. */
export type ExperimentCheck = {
  readonly problems: readonly Problem[];
  /** Zero while there are problems. */
  readonly trials: number;
  readonly ios: number;
  readonly estimatedSeconds: number;
};

/** One trial to the last bucket, without typed arrays so that every transport carries it. */
export type TrialDetail = {
  readonly trialId: string;
  readonly latency: Readonly<
    Record<
      LatencyPhase,
      {
        readonly lowerNs: readonly number[];
        readonly upperNs: readonly number[];
        readonly count: readonly number[];
      }
    >
  >;
  /** Events that occurred, per I/O, by phase. */
  readonly events: Readonly<Record<Phase, Readonly<Record<string, number>>>>;
  readonly allocations: readonly AllocationTotal[];
  readonly figures: FigureTotals;
  /** Mean nanoseconds by priced phase. */
  readonly phases: Readonly<Record<Phase, number>>;
};

/** Where a saved file went. A host without dialogs gives a link to fetch it from instead. */
export type SaveResult =
  | { readonly kind: 'saved'; readonly path: string }
  | { readonly kind: 'download'; readonly url: string; readonly fileName: string }
  | { readonly kind: 'cancelled' };

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

/** Everything the window can ask of the main process: name, what it takes, what it answers. */
export const requests = {
  describeLab: request<LabDescription>()(nothing),
  listCatalogue: request<Catalogue>()(nothing),
  readExperiment: request<{ readonly text: string }>()(z.object({ id: z.string() })),
  readLayout: request<readonly LayoutRow[]>()(z.object({ name: z.string() })),
  checkExperiment: request<ExperimentCheck>()(z.object({ text: experimentText })),

  listSessions: request<readonly SessionRecord[]>()(nothing),
  createSession: request<SessionRecord>()(z.object({ name: z.string().min(1).max(200) })),
  renameSession: request<SessionRecord>()(z.object({ id, name: z.string().min(1).max(200) })),
  /** All runs, archived and trashed ones included; the window filters. */
  listRuns: request<readonly RunRecord[]>()(nothing),
  readRun: request<RunDocument>()(z.object({ id })),
  readTrial: request<TrialDetail>()(z.object({ runId: id, trialId: z.string() })),
  setNotes: request<null>()(z.object({ ...target.shape, notes: z.string().max(100_000) })),
  setTags: request<null>()(
    z.object({ ...target.shape, tags: z.array(z.string().min(1).max(60)).max(50) }),
  ),
  setStar: request<null>()(z.object({ id, isStarred: z.boolean() })),
  archive: request<null>()(z.object({ ...target.shape, isArchived: z.boolean() })),
  trash: request<null>()(target),
  restore: request<null>()(target),
  /** Deletes for good what is in the trash. */
  purge: request<null>()(target),

  startRun: request<{ readonly runId: string }>()(
    z.object({ text: experimentText, sessionId: id, parentRunId: id.nullable() }),
  ),
  cancelRun: request<null>()(z.object({ runId: id })),

  /** `upload`: what a host without dialogs was given by the browser; null opens a dialog. */
  openExperimentFile: request<{ readonly text: string; readonly fileName: string } | null>()(
    z.object({ upload: z.string().nullable() }),
  ),
  saveExperimentFile: request<SaveResult>()(
    z.object({ text: experimentText, suggestedName: fileName }),
  ),
  exportCsv: request<SaveResult>()(z.object({ runId: id })),
  /** A chart or table the window made: PNG as base64, or text. */
  saveExport: request<SaveResult>()(
    z.object({
      suggestedName: fileName,
      content: z.string().max(64_000_000),
      encoding: z.enum(['text', 'base64']),
    }),
  ),
  saveSessionFile: request<SaveResult>()(z.object({ sessionId: id })),
  openSessionFile: request<SessionFilePreview | null>()(
    z.object({ upload: z.string().nullable() }),
  ),
  importSessionFile: request<ImportReport>()(z.object({ ticket: z.string() })),

  /** The experiment being designed, kept as it is typed. */
  readDraft: request<{ readonly text: string } | null>()(nothing),
  saveDraft: request<null>()(z.object({ text: experimentText })),
} satisfies Record<string, RequestDescription<unknown>>;

export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type RequestInput<Name extends RequestName> = z.input<Requests[Name]['input']>;
export type RequestOutput<Name extends RequestName> = NonNullable<
  Requests[Name][typeof outputType]
>['value'];
export const REQUEST_NAMES = Object.keys(requests);

export type RunProgress = {
  readonly runId: string;
  readonly finishedTrials: number;
  readonly plannedTrials: number;
  readonly iosPerSecond: number;
  readonly remainingSeconds: number | null;
};

/** Commands of a native menu; the window has the same ones in its palette and shortcuts. */
export const MENU_COMMANDS = [
  'new-experiment',
  'open-experiment',
  'save-experiment',
  'open-session',
  'save-session',
  'export-csv',
  'show-library',
  'show-design',
  'show-run',
  'show-compare',
  'show-explain',
  'show-shortcuts',
] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

/** Everything the main process tells the window by itself, at most a few times a second. */
export const labEvents = {
  runProgressed: z.custom<RunProgress>(),
  runEnded: z.custom<{ readonly runId: string; readonly status: RunStatus }>(),
  /** Sessions or runs changed, by this window or by another process. */
  libraryChanged: z.custom<null>(),
  menuChosen: z.custom<{ readonly command: MenuCommand }>(),
} satisfies Record<string, z.ZodType>;

export type LabEvents = typeof labEvents;
export type LabEventName = keyof LabEvents;
export type LabEventPayload<Name extends LabEventName> = z.output<LabEvents[Name]>;
export const LAB_EVENT_NAMES = Object.keys(labEvents);

/** `window.lab`: one method for each request and one subscription for each event. */
export type LabBridge = {
  readonly [Name in RequestName]: (
    input: RequestInput<Name>,
  ) => Promise<Reply<RequestOutput<Name>>>;
} & {
  /** Each returns the function that ends the subscription. */
  readonly [Name in LabEventName as `on${Capitalize<Name>}`]: (
    listener: (payload: LabEventPayload<Name>) => void,
  ) => () => void;
};
