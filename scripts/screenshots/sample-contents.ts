import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LEAF_LEVELS, PAGE_FLAGS } from '#core';
import type { Layout } from '#core';
import { runDocument } from '#contract';
import type { LayoutRow, RunDocument, StoredTrial } from '#contract';
import {
  findExperiment,
  layoutFromArgument,
  listCostModels,
  listExperiments,
  listLayouts,
  openLibrary,
  prepareExperiment,
  readEnvironment,
  runExperiment,
} from '../../src-main/lab/index.ts';
import type { Library } from '../../src-main/lab/index.ts';
import { EMPTY_CONTENTS } from '../../src-renderer/testing/lab-contents.ts';
import type { LabContents, SampleTrials } from '../../src-renderer/testing/lab-contents.ts';
import { trialDetail } from '../../src-main/hosts/requests/trial-detail.ts';

const APPLICATION_FOLDER = fileURLToPath(new URL('../../', import.meta.url));
const EXPERIMENTS_FOLDER = join(APPLICATION_FOLDER, 'experiments');
const WORKER_URL = new URL('../../src-main/lab/queue/simulation.worker.ts', import.meta.url);

/** Enough for a distribution with a tail, and little enough to be made in seconds. */
const SETTINGS = ['workload.count=3000', 'replicates=1'];

/** A layout as the bridge sends it. */
function layoutRows(layout: Layout): LayoutRow[] {
  return Array.from({ length: layout.length }, (_, index) => {
    const bits = layout.flags[index] ?? 0;
    const flags = PAGE_FLAGS.filter((_flag, bit) => (bits & (1 << bit)) !== 0).join('|');
    return [
      layout.vaPage[index] ?? 0,
      layout.pfn[index] ?? 0,
      layout.pages[index] ?? 0,
      layout.order[index] ?? 0,
      LEAF_LEVELS[layout.leaf[index] ?? 0] ?? 'pte',
      flags,
    ];
  });
}

async function readLayoutRows(id: string): Promise<readonly LayoutRow[]> {
  const found = await layoutFromArgument(EXPERIMENTS_FOLDER, id);
  if (!found.ok) throw new Error(found.message);
  return layoutRows(found.value);
}

type Sample = { readonly document: RunDocument; readonly trials: SampleTrials };

async function runSample(library: Library, experimentId: string): Promise<Sample> {
  const source = await findExperiment(EXPERIMENTS_FOLDER, experimentId);
  if (!source.ok) throw new Error(source.message);
  const prepared = await prepareExperiment({
    source: source.value,
    settings: SETTINGS,
    experimentsFolder: EXPERIMENTS_FOLDER,
  });
  if (!prepared.ok) throw new Error(prepared.problems.map(({ message }) => message).join('\n'));
  const session = library.findOrCreateSession('Samples');
  const run = await runExperiment({
    library,
    prepared: prepared.prepared,
    sessionId: session.id,
    environment: await readEnvironment(APPLICATION_FOLDER),
    workerUrl: WORKER_URL,
  });
  const trials: readonly StoredTrial[] = [...library.trials(run.id)];
  return {
    document: runDocument(session, run, trials),
    trials: Object.fromEntries(
      trials.flatMap((trial) => {
        const detail = trialDetail(trial);
        return detail === null ? [] : [[detail.trialId, detail]];
      }),
    ),
  };
}

/** The catalogue as it is, and one real run of each of its experiments; no sessions yet. */
export async function sampleContents(): Promise<{
  readonly contents: LabContents;
  readonly trials: SampleTrials;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'folio-lab-screenshots-'));
  const library = openLibrary(join(folder, 'library.db'));
  try {
    const [experiments, layouts, costModels] = await Promise.all([
      listExperiments(EXPERIMENTS_FOLDER),
      listLayouts(EXPERIMENTS_FOLDER),
      listCostModels(EXPERIMENTS_FOLDER),
    ]);
    const samples: Record<string, RunDocument> = {};
    let trials: SampleTrials = {};
    const texts: Record<string, string> = {};
    for (const { id } of experiments) {
      const found = await findExperiment(EXPERIMENTS_FOLDER, id);
      if (found.ok) texts[id] = found.value.text;
      const sample = await runSample(library, id);
      samples[id] = sample.document;
      trials = { ...trials, ...sample.trials };
    }
    const rows = await Promise.all(
      layouts.map(async ({ id }) => [id, await readLayoutRows(id)] as const),
    );
    const contents: LabContents = {
      ...EMPTY_CONTENTS,
      catalogue: {
        experiments: experiments.map(({ id, title, question }) => ({
          id,
          title,
          description: question,
        })),
        layouts: layouts.map(({ id, extents, mappedBytes }) => ({
          id,
          title: id,
          description: `${extents} extents, ${mappedBytes / 1_048_576} MiB`,
        })),
        costModels,
      },
      experiments: texts,
      layouts: Object.fromEntries(rows),
      samples,
    };
    return { contents, trials };
  } finally {
    library.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
