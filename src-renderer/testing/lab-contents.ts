import type {
  Catalogue,
  LabDescription,
  LayoutRow,
  RecentFile,
  RunDocument,
  RunRecord,
  SessionRecord,
  TrialDetail,
  ValidateDocument,
} from '#contract';
import { validateDocument } from '#contract';
import type { CalibrationContents } from './calibration-contents.ts';
import type { SampleMeasurement } from './sample-measurement.ts';

/** Trials of the sample runs to the last bucket, by their ids. */
export type SampleTrials = Readonly<Record<string, TrialDetail>>;

/** Everything a laboratory in memory holds to begin with. Plain data, so that it can be stored. */
export type LabContents = CalibrationContents & {
  readonly description: LabDescription;
  readonly catalogue: Catalogue;
  /** Texts of the ready-made experiments, by id. */
  readonly experiments: Readonly<Record<string, string>>;
  /** Rows of the layouts of the catalogue, by name. */
  readonly layouts: Readonly<Record<string, readonly LayoutRow[]>>;
  readonly sessions: readonly SessionRecord[];
  readonly runs: readonly RunRecord[];
  readonly recentFiles: readonly RecentFile[];
  readonly measurements?: readonly SampleMeasurement[];
  /** What comes when files are imported, in turn. */
  readonly arrivingMeasurements?: readonly SampleMeasurement[];
  /** What comes with the laboratory. */
  readonly exampleMeasurements?: readonly SampleMeasurement[];
  readonly validation: ValidateDocument;
  /** A finished run of each experiment, by its name: shown for every run of it. */
  readonly samples: Readonly<Record<string, RunDocument>>;
};

export const EMPTY_CONTENTS: LabContents = {
  description: {
    host: 'web',
    applicationVersion: '0.1.0',
    coreVersion: '1.0.0',
    libraryPath: '/home/user/.local/share/folio-lab/library.db',
    command: 'folio-lab',
    libraryWords: [],
    interruptedRunIds: [],
  },
  catalogue: { experiments: [], layouts: [], costModels: [] },
  experiments: {},
  layouts: {},
  sessions: [],
  runs: [],
  recentFiles: [],
  validation: validateDocument([]),
  samples: {},
};

/** The id of the nth thing of a kind: a UUID, the same every time, told apart by its first digits. */
export function sampleId(kind: 'session' | 'run', index: number): string {
  const hex = (value: number, length: number): string => value.toString(16).padStart(length, '0');
  const mixed = Math.imul(index, 0x9e3779b1) >>> 0;
  return `${hex(mixed, 8)}-0000-4000-${kind === 'session' ? 'a' : 'b'}000-${hex(index, 12)}`;
}

/** A session with what matters to a test, the rest filled in. */
export function sampleSession(fields: Partial<SessionRecord> = {}): SessionRecord {
  return {
    id: sampleId('session', 1),
    name: 'Session 1',
    notes: '',
    tags: [],
    createdAt: '2026-03-01T09:00:00.000Z',
    archivedAt: null,
    deletedAt: null,
    runCount: 0,
    ...fields,
  };
}

/** A finished run with what matters to a test, the rest filled in. */
export function sampleRun(fields: Partial<RunRecord> = {}): RunRecord {
  return {
    id: sampleId('run', 1),
    sessionId: sampleId('session', 1),
    experimentName: 'example',
    title: 'An example',
    status: 'finished',
    failure: null,
    seed: 1,
    experimentText: 'schema: folio-lab/experiment@1\nname: example\n',
    environment: {
      applicationVersion: '0.1.0',
      commit: '0123abcd',
      coreVersion: '1.0.0',
      recordVersion: 1,
      host: 'workstation',
      processor: 'AMD EPYC 7763',
      operatingSystem: 'Linux 6.18',
      runtime: 'Node 24',
    },
    startedAt: '2026-03-01T10:00:00.000Z',
    endedAt: '2026-03-01T10:00:04.200Z',
    plannedTrials: 12,
    finishedTrials: 12,
    parentRunId: null,
    notes: '',
    tags: [],
    isStarred: false,
    archivedAt: null,
    deletedAt: null,
    expectations: [],
    ...fields,
  };
}
