import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applySettings } from '#contract';
import type { RunDocument } from '#contract';
import { openLaboratory } from '../../src-main/hosts/requests/index.ts';
import type { FileExchange, Laboratory } from '../../src-main/hosts/requests/index.ts';
import { EMPTY_CONTENTS } from '../../src-renderer/testing/lab-contents.ts';
import type { LabContents, SampleTrials } from '../../src-renderer/testing/lab-contents.ts';
import { ask } from './parse-answer.ts';
import { sampleFiles } from './sample-files.ts';
import { sampleFit } from './sample-fit.ts';

const APPLICATION_FOLDER = fileURLToPath(new URL('../../', import.meta.url));
const LAB_FOLDER = new URL('../../src-main/lab/', import.meta.url);
const WORKERS = {
  simulation: new URL('queue/simulation.worker.ts', LAB_FOLDER),
  planning: new URL('planning/planning.worker.ts', LAB_FOLDER),
};

/** Enough for a distribution with a tail, and little enough to be made in seconds. */
const FEW_IOS = ['workload.count=3000'];
const FEW_TRIALS = ['replicates=1'];
/** Has few trials as it is, and replicates that intervals are shown of. */
const REPLICATED = 'lpc-2024-write-128k';

const cancelled = { kind: 'cancelled' } as const;
const NO_FILES: FileExchange = {
  // What is brought is a path here.
  open: (_kind, upload) =>
    Promise.resolve(
      upload === null ? null : { path: upload, fileName: basename(upload), isOriginal: true },
    ),
  recentFiles: () => [],
  openRecentFile: () => undefined,
  save: () => Promise.resolve(cancelled),
  saveFolder: () => Promise.resolve(cancelled),
};

async function recordOf<Value>(
  keys: readonly string[],
  valueOf: (key: string) => Promise<Value>,
): Promise<Readonly<Record<string, Value>>> {
  const entries: [string, Value][] = [];
  for (const key of keys) entries.push([key, await valueOf(key)]);
  return Object.fromEntries(entries);
}

/** The experiment, with fewer I/Os. */
function shortened(id: string, text: string): string {
  const settings = id === REPLICATED ? FEW_IOS : [...FEW_IOS, ...FEW_TRIALS];
  const applied = applySettings(text, settings);
  if (applied.ok) return applied.text;
  throw new Error(applied.problems.map(({ message }) => message).join('\n'));
}

/** Runs an experiment to its end. */
async function runToEnd(
  laboratory: Laboratory,
  text: string,
  sessionId: string,
): Promise<RunDocument> {
  const ended = new Promise<void>((resolve) => {
    const stop = laboratory.subscribe(({ name }) => {
      if (name !== 'runEnded') return;
      stop();
      resolve();
    });
  });
  const input = { text, sessionId, parentRunId: null };
  const { runId } = await ask(laboratory, 'startRun', input);
  await ended;
  return ask(laboratory, 'readRun', { id: runId });
}

async function readTrials(laboratory: Laboratory, document: RunDocument): Promise<SampleTrials> {
  const done = document.trials.filter(({ status }) => status === 'done');
  return recordOf(
    done.map(({ id }) => id),
    (trialId) => ask(laboratory, 'readTrial', { runId: document.run, trialId }),
  );
}

type Sample = { readonly contents: LabContents; readonly trials: SampleTrials };

async function readSample(laboratory: Laboratory): Promise<Sample> {
  const catalogue = await ask(laboratory, 'listCatalogue', null);
  const experiments = await recordOf(
    catalogue.experiments.map(({ id }) => id),
    async (id) => (await ask(laboratory, 'readExperiment', { id })).text,
  );
  const layouts = await recordOf(
    catalogue.layouts.map(({ id }) => id),
    (name) => ask(laboratory, 'readLayout', { name }),
  );
  const session = await ask(laboratory, 'createSession', { name: 'Samples' });
  const samples: Record<string, RunDocument> = {};
  let trials: SampleTrials = {};
  for (const [id, text] of Object.entries(experiments)) {
    const document = await runToEnd(laboratory, shortened(id, text), session.id);
    samples[document.experiment] = document;
    trials = { ...trials, ...(await readTrials(laboratory, document)) };
  }
  const fit = await sampleFit(laboratory);
  const arrivingMeasurements = await sampleFiles(laboratory);
  const { applicationVersion, coreVersion } = laboratory.description;
  const description = { ...EMPTY_CONTENTS.description, applicationVersion, coreVersion };
  const validation = await ask(laboratory, 'validate', null);
  const contents = {
    ...EMPTY_CONTENTS,
    ...{ description, catalogue, experiments, layouts, samples, validation, ...fit },
    arrivingMeasurements,
  };
  return { contents, trials };
}

/** The catalogue as it is, and one real run of each of its experiments; no sessions yet. */
export async function sampleContents(): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'folio-lab-screenshots-'));
  const laboratory = await openLaboratory({
    host: 'web',
    command: 'folio-lab',
    applicationFolder: APPLICATION_FOLDER,
    libraryPath: join(folder, 'library.db'),
    workers: WORKERS,
    files: NO_FILES,
    report: (error) => {
      throw error;
    },
  });
  try {
    return await readSample(laboratory);
  } finally {
    await laboratory.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
