import { z } from 'zod';
import type { AllocationTotal, CostModel, FigureTotals, LatencyPhase, Phase } from '#core';
import type { CalibrationDocument } from './calibration-document.ts';
import { GROUPINGS, MEASURED_EXAMPLE_IDS } from './calibration-request.ts';
import type {
  ImportedFile,
  ImportReport,
  LayoutRow,
  OpenedExperiment,
  OpenedLayout,
  PageFile,
  RecentFile,
  SaveResult,
  SessionFilePreview,
} from './exchanged-files.ts';
import type { MeasurementDocument, MeasurementRecord } from './measured/measurement.ts';
import type { PredictDocument } from './predict-document.ts';
import type { RunDocument } from './run-document.ts';
import type { Problem } from './problem.ts';
import type { RunRecord, RunStatus, SessionRecord } from './stored-run.ts';
import type { ValidateDocument } from './validate-document.ts';

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

type RequestDescription = {
  readonly input: z.ZodType;
  /** Says the type of the answer to the compiler. It checks nothing: answers come from our own side. */
  readonly output: z.ZodType;
};

function request<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): { readonly input: Input; readonly output: Output } {
  return { input, output };
}

const id = z.uuid();
const nothing = z.null();
const fileName = z.string().min(1).max(255);
/** An experiment as YAML; far above any real one. */
const experimentText = z.string().max(4_000_000);
/** What has tags and an archive. */
const target = z.object({ kind: z.enum(['session', 'run']), id });
/** What has notes and goes through the trash. */
const record = z.object({ kind: z.enum(['session', 'run', 'measurement']), id });
const upload = z.object({ upload: z.string().nullable() });
/** A cost model by its id, or one of the library by `name@version`. */
const costModel = z.string().min(1).max(200);
const words = z.string().min(1).max(1000);

/** Where the lab runs, for the title bar and the "Copy as command" lines. */
export type LabDescription = {
  readonly host: 'electron' | 'web';
  readonly applicationVersion: string;
  readonly coreVersion: string;
  readonly libraryPath: string;
  /** What starts the command line: `folio-lab` or `npm run --silent lab --`. */
  readonly command: string;
  /** What a command over the library needs to find this one; none where it is the usual one. */
  readonly libraryWords: readonly string[];
  /** Runs that were found cut off when the library was opened. */
  readonly interruptedRunIds: readonly string[];
};

/** The commands of the command line that work on a library, and so take `libraryWords`. */
export const LIBRARY_COMMANDS = [
  'run',
  'resume',
  'explain',
  'compare',
  'predict',
  'calibrate',
  'list',
  'sessions',
  'runs',
  'measurements',
  'show',
  'export',
  'import',
  'archive',
  'delete',
  'restore',
  'serve',
] as const;

export type CatalogueEntry = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
};
export type Catalogue = {
  readonly experiments: readonly CatalogueEntry[];
  readonly layouts: readonly CatalogueEntry[];
  /** Those that came with the laboratory, then those of the library under ids such as `my-epyc@2`. */
  readonly costModels: readonly CostModel[];
};

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

/** Whether a run that repeats another found the same, trial by trial. */
export type RepeatCheck = {
  readonly originalRunId: string;
  /** Trials that both runs have. */
  readonly compared: number;
  /** Of those, how many agree to the last count and bucket. */
  readonly identical: number;
};

/** A calibration that was made and kept. */
export type FittedCostModel = {
  readonly reference: { readonly id: string; readonly version: number };
  /** False where the library has these prices under this name. */
  readonly isNew: boolean;
  readonly document: CalibrationDocument;
};

/** Everything the window can ask of the main process: name, what it takes, what it answers. */
export const requests = {
  describeLab: request(nothing, z.custom<LabDescription>()),
  listCatalogue: request(nothing, z.custom<Catalogue>()),
  readExperiment: request(z.object({ id: z.string() }), z.custom<{ readonly text: string }>()),
  readLayout: request(z.object({ name: z.string() }), z.custom<readonly LayoutRow[]>()),
  checkExperiment: request(z.object({ text: experimentText }), z.custom<ExperimentCheck>()),
  /** The model against every published figure. */
  validate: request(nothing, z.custom<ValidateDocument>()),

  listSessions: request(nothing, z.custom<readonly SessionRecord[]>()),
  createSession: request(z.object({ name: z.string().min(1).max(200) }), z.custom<SessionRecord>()),
  renameSession: request(
    z.object({ id, name: z.string().min(1).max(200) }),
    z.custom<SessionRecord>(),
  ),
  /** All runs, archived and trashed ones included; the window filters. */
  listRuns: request(nothing, z.custom<readonly RunRecord[]>()),
  readRun: request(z.object({ id }), z.custom<RunDocument>()),
  readTrial: request(z.object({ runId: id, trialId: z.string() }), z.custom<TrialDetail>()),
  /** Null for a run that repeats none, or one that is gone or was not finished. */
  checkRepeat: request(z.object({ id }), z.custom<RepeatCheck | null>()),
  setNotes: request(
    z.object({ ...record.shape, notes: z.string().max(100_000) }),
    z.custom<null>(),
  ),
  setTags: request(
    z.object({ ...target.shape, tags: z.array(z.string().min(1).max(60)).max(50) }),
    z.custom<null>(),
  ),
  setStar: request(z.object({ id, isStarred: z.boolean() }), z.custom<null>()),
  archive: request(z.object({ ...target.shape, isArchived: z.boolean() }), z.custom<null>()),
  trash: request(record, z.custom<null>()),
  restore: request(record, z.custom<null>()),
  /** Deletes for good what is in the trash. */
  purge: request(record, z.custom<null>()),

  startRun: request(
    z.object({ text: experimentText, sessionId: id, parentRunId: id.nullable() }),
    z.custom<{ readonly runId: string }>(),
  ),
  cancelRun: request(z.object({ runId: id }), z.custom<null>()),

  /** `upload`: what `bringFile` gave; null lets the user choose. */
  openExperimentFile: request(upload, z.custom<OpenedExperiment | null>()),
  openLayoutFile: request(upload, z.custom<OpenedLayout | null>()),
  saveExperimentFile: request(
    z.object({ text: experimentText, suggestedName: fileName }),
    z.custom<SaveResult>(),
  ),
  exportCsv: request(z.object({ runId: id }), z.custom<SaveResult>()),
  /** A chart or table the window made: PNG as base64, or text. */
  saveExport: request(
    z.object({
      suggestedName: fileName,
      content: z.string().max(64_000_000),
      encoding: z.enum(['text', 'base64']),
    }),
    z.custom<SaveResult>(),
  ),
  saveSessionFile: request(z.object({ sessionId: id }), z.custom<SaveResult>()),
  openSessionFile: request(upload, z.custom<SessionFilePreview | null>()),
  importSessionFile: request(z.object({ ticket: z.string() }), z.custom<ImportReport>()),
  /**
   * Brings a file into the library, whatever it is; null when the user chose none. A session file is
   * only opened: `importSessionFile` merges it.
   */
  importFile: request(
    z.object({
      ...upload.shape,
      /** Where measurements go; null for the session of imported files, which is made. */
      sessionId: id.nullable(),
      /** Instead of the name of the file, or of the cost model. */
      name: z.string().min(1).max(200).nullable(),
      /** The command line that made the file. */
      command: z.string().min(1).max(4096).nullable(),
    }),
    z.custom<ImportedFile | null>(),
  ),
  /** All measurements, trashed ones included; the window filters. */
  listMeasurements: request(nothing, z.custom<readonly MeasurementRecord[]>()),
  readMeasurement: request(
    z.object({ id }),
    z.custom<{ readonly record: MeasurementRecord; readonly document: MeasurementDocument }>(),
  ),
  renameMeasurement: request(
    z.object({ id, name: z.string().min(1).max(200) }),
    z.custom<MeasurementRecord>(),
  ),
  /** Saves a cost model, by its id or `name@version`, as a file that can be imported. */
  saveCostModel: request(z.object({ id: costModel }), z.custom<SaveResult>()),
  /** Measurements that came with the laboratory go into a session of their own. */
  importExample: request(
    z.object({ id: z.enum(MEASURED_EXAMPLE_IDS) }),
    z.custom<readonly MeasurementRecord[]>(),
  ),
  /** Fits a cost model to measurements and keeps it: `calibrate` with its defaults. Takes seconds. */
  calibrate: request(
    z.object({
      measurementIds: z.array(id).min(1).max(100),
      name: z.string().min(1).max(100),
      /** One line; null makes one up. */
      title: words.nullable(),
      /** Who measured, on which machine and kernel, and when. */
      machine: words.nullable(),
      start: costModel,
      grouping: z.enum(GROUPINGS),
    }),
    z.custom<FittedCostModel>(),
  ),
  /** What a model was fitted to and how well; null for one that was not fitted here. */
  readCalibration: request(z.object({ id: costModel }), z.custom<CalibrationDocument | null>()),
  /** A model beside every row of a measurement table. */
  predict: request(z.object({ measurementId: id, costModel }), z.custom<PredictDocument>()),
  /** The latest first; none where the host cannot tell where a file lies. */
  listRecentFiles: request(nothing, z.custom<readonly RecentFile[]>()),
  /** Opens one of them again: the window is told by `menuChosen`, as by the menu. */
  openRecentFile: request(z.object({ path: z.string() }), z.custom<null>()),

  /** The experiment being designed, kept as it is typed. */
  readDraft: request(nothing, z.custom<{ readonly text: string } | null>()),
  saveDraft: request(z.object({ text: experimentText }), z.custom<null>()),
} satisfies Record<string, RequestDescription>;

export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type RequestInput<Name extends RequestName> = z.input<Requests[Name]['input']>;
export type RequestOutput<Name extends RequestName> = z.output<Requests[Name]['output']>;
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
  'import-file',
  'save-session',
  'export-csv',
  'show-library',
  'show-design',
  'show-run',
  'show-compare',
  'show-explain',
  'show-validate',
  'show-calibrate',
  'show-race',
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
  /** Takes a file that was dropped on the window. @returns The `upload` by which it is opened. */
  bringFile(file: PageFile): Promise<Reply<string>>;
} & {
  /** Each returns the function that ends the subscription. */
  readonly [Name in LabEventName as `on${Capitalize<Name>}`]: (
    listener: (payload: LabEventPayload<Name>) => void,
  ) => () => void;
};
