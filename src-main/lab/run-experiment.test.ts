import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { problemText } from '#contract';
import type { RunRecord } from '#contract';
import {
  findExperiment,
  openLibrary,
  prepareExperiment,
  readEnvironment,
  runExperiment,
} from './index.ts';
import type { ExperimentRequest, ExperimentRun, Library, PreparedExperiment } from './index.ts';
import { createExperimentsFolder, SMALL_EXPERIMENT } from './testing/experiments-folder.ts';

const workerUrl = new URL('./queue/simulation.worker.ts', import.meta.url);
const applicationFolder = new URL('../../', import.meta.url).pathname;

let folder: ReturnType<typeof createExperimentsFolder>;
let library: Library;

beforeEach(() => {
  folder = createExperimentsFolder();
  library = openLibrary(':memory:');
});
afterEach(() => {
  library.close();
  folder.remove();
});

async function prepare(changes: Partial<ExperimentRequest> = {}) {
  const found = await findExperiment(folder.path, 'small');
  if (!found.ok) throw new Error(found.message);
  return prepareExperiment({ source: found.value, experimentsFolder: folder.path, ...changes });
}

async function prepared(changes: Partial<ExperimentRequest> = {}): Promise<PreparedExperiment> {
  const result = await prepare(changes);
  if (!result.ok) throw new Error(result.problems.map(problemText).join('\n'));
  return result.prepared;
}

async function problemsOf(changes: Partial<ExperimentRequest>): Promise<string[]> {
  const result = await prepare(changes);
  return result.ok ? [] : result.problems.map(problemText);
}

async function run(changes: Partial<ExperimentRun> = {}): Promise<RunRecord> {
  return runExperiment({
    library,
    prepared: await prepared(),
    sessionId: library.findOrCreateSession('tests').id,
    environment: await readEnvironment(applicationFolder),
    workerUrl,
    ...changes,
  });
}

function withText(text: string): Partial<ExperimentRequest> {
  return { source: { text, fileName: 'changed.yaml', folder: folder.path } };
}

it('runs an experiment into the library and checks what it expects', async () => {
  const ended = await run();

  expect(ended).toMatchObject({
    experimentName: 'small',
    title: 'A small experiment',
    seed: 7,
    status: 'finished',
    plannedTrials: 8,
    finishedTrials: 8,
    experimentText: SMALL_EXPERIMENT,
    expectations: [{ holds: true }, { holds: false }],
  });
  const trials = [...library.trials(ended.id)].map(({ parameters }) => parameters);
  expect(trials.map(({ layoutName, strategy }) => `${layoutName} ${strategy.name}`)).toEqual([
    'captured before',
    'captured before',
    'captured after',
    'captured after',
    'folios before',
    'folios before',
    'folios after',
    'folios after',
  ]);
});

it('says when the run is in the library, before its first trial', async () => {
  const started: RunRecord[] = [];

  const ended = await run({
    onStart: (record) => {
      started.push(record);
    },
  });

  expect(started).toMatchObject([{ id: ended.id, status: 'running', finishedTrials: 0 }]);
});

it('stores the text with its settings, and the seed that replaced that of the file', async () => {
  const changed = await prepared({ settings: ['replicates=1', 'seed=8'], seed: 9 });

  const ended = await run({ prepared: changed });

  expect(ended).toMatchObject({ seed: 9, plannedTrials: 4 });
  expect(ended.experimentText).toContain('replicates: 1\n');
  const again = await prepared(withText(ended.experimentText));
  expect(again.trials.map(({ id }) => id)).toEqual(changed.trials.map(({ id }) => id));
});

it('takes over the trials that another run has, and simulates only the others', async () => {
  const first = await run();
  const wider = await prepared({ settings: ['replicates=3'] });

  const second = await run({ prepared: wider, resumed: first, sessionId: first.sessionId });

  expect(second).toMatchObject({ parentRunId: first.id, status: 'finished', finishedTrials: 12 });
  const known = library.trialIds(first.id);
  const takenOver = [...library.trials(second.id)].filter(({ parameters }) =>
    known.has(parameters.id),
  );
  const originals = new Map(
    [...library.trials(first.id)].map((each) => [each.parameters.id, each]),
  );
  expect(takenOver.map(({ result }) => result)).toEqual(
    takenOver.map(({ parameters }) => originals.get(parameters.id)?.result),
  );
  expect([...library.trials(second.id)].map(({ parameters }) => parameters.id)).toEqual(
    wider.trials.map(({ id }) => id),
  );
});

it('resumes a cancelled run from what was committed', async () => {
  const cancelled = await run({ signal: AbortSignal.abort() });
  const resumed = await run({ resumed: cancelled });

  expect([cancelled.status, resumed.status]).toEqual(['cancelled', 'finished']);
  expect(resumed.finishedTrials).toBe(8);
});

it('refuses a setting with its reason', async () => {
  expect(await problemsOf({ settings: ['replicates'] })).toEqual([
    expect.stringMatching(/^--set: found "replicates"; allowed: path=value/),
  ]);
});

it('refuses a mistake in the text with its line', async () => {
  const text = SMALL_EXPERIMENT.replace('replicates: 2', 'replicatse: 2');

  expect(await problemsOf(withText(text))).toEqual([
    expect.stringMatching(/^changed.yaml:6: .*replicatse.*did you mean replicates/),
  ]);
});

it('refuses a layout file that is not there, and one with a bad row', async () => {
  const bad = 'va_page,pfn,pages,order,leaf,flags\n0,0,1,0,pte,anon\n0,9,1,0,pte,anon\n';
  writeFileSync(join(folder.path, 'layouts', 'bad.csv'), bad);
  const texts = ['missing', 'bad'].map((name) =>
    SMALL_EXPERIMENT.replace('captured.csv', `${name}.csv`),
  );

  const problems = await Promise.all(texts.map((text) => problemsOf(withText(text))));

  expect(problems).toEqual([
    [
      expect.stringMatching(
        /^changed.yaml: layouts\[0\].file: .*missing.csv: there is no such file/,
      ),
    ],
    [expect.stringMatching(/^changed.yaml: layouts\[0\].file: .*bad.csv:3: va_page 0 overlaps/)],
  ]);
});

it('refuses a cost model that is not there', async () => {
  expect(await problemsOf({ settings: ['costModel=for-test'] })).toEqual([
    expect.stringMatching(
      /^.*small.yaml: costModel: there is no cost model for-test; did you mean for-tests\?/,
    ),
  ]);
});

it('names every experiment there is when one is not', async () => {
  expect(await findExperiment(folder.path, 'smal')).toEqual({
    ok: false,
    message: 'there is no experiment smal; did you mean small? allowed: small, or a YAML file',
  });
  expect(await findExperiment(folder.path, 'no/such.yaml')).toEqual({
    ok: false,
    message: 'no/such.yaml: there is no such file',
  });
  expect(await findExperiment(folder.path, `${folder.path}/layouts`)).toEqual({
    ok: false,
    message: `${folder.path}/layouts: this is a folder, not a file`,
  });
});
