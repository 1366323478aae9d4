import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StoredTrial } from '#contract';
import { simulate } from '#core';
import type { Trial } from '#core';
import { openLibrary } from '../index.ts';
import type { Library, RunProgress } from '../index.ts';
import { smallCostModel, smallLayout, smallTrials } from '../testing/small-plan.ts';
import { startSmallRun } from '../testing/start-small-run.ts';
import { createTemporaryFolder } from '../testing/temporary-folder.ts';
import { executeRun } from './execute-run.ts';
import type { RunExecution } from './execute-run.ts';
import { storedTrialFromResult } from './stored-trial.ts';

const workerUrl = new URL('./simulation.worker.ts', import.meta.url);
/** Would take minutes. */
const ENDLESS = { count: 1_000_000_000 };

let library: Library;

beforeEach(() => {
  library = openLibrary(':memory:');
});
afterEach(() => {
  library.close();
});

function execute(trials: readonly Trial[], changes: Partial<RunExecution> = {}) {
  const run = startSmallRun(library, trials.length);
  return executeRun({ library, run, trials, workerUrl, concurrency: 2, ...changes });
}

function simulateHere(trials: readonly Trial[]): StoredTrial[] {
  return trials.map((trial, position) =>
    storedTrialFromResult({ trial, position }, simulate(trial)),
  );
}

it('stores byte for byte what the same trials give in this thread, in the order of the plan', async () => {
  const device = {
    parallelism: 2,
    service: { distribution: 'exponential', meanNs: 5000 },
  } as const;
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        order: fc.integer({ min: 0, max: 9 }),
        blockBytes: fc.constantFrom(4096, 65_536, 262_144),
        access: fc.constantFrom('random' as const, 'sequential' as const),
        seed: fc.nat(),
        count: fc.integer({ min: 1, max: 300 }),
        queueDepth: fc.constantFrom(1, 4),
      }),
      async ({ order, seed, queueDepth, ...rest }) => {
        const workload = { ...rest, queueDepth, device: queueDepth > 1 ? device : null };
        const trials = smallTrials({
          layouts: { base: smallLayout({}), folios: smallLayout({ order }) },
          seed,
          workload,
        });

        const run = await execute(trials);

        expect(run.status).toBe('finished');
        expect([...library.trials(run.id)]).toEqual(simulateHere(trials));
      },
    ),
    { numRuns: 8 },
  );
});

it('stores trials whose layout cannot hold the workload with the reason', async () => {
  const trials = smallTrials({ workload: { blockBytes: 8_388_608 }, strategies: ['today'] });

  const run = await execute(trials);

  expect([run.status, ...library.trials(run.id)]).toEqual(['finished', ...simulateHere(trials)]);
});

it('tells of trials as done only after their commit, and of all of them at the end', async () => {
  const trials = smallTrials({ replicates: 40 });
  const told: RunProgress[] = [];
  const missing: number[] = [];
  const run = startSmallRun(library, trials.length);

  await executeRun({
    library,
    run,
    trials,
    workerUrl,
    onProgress: (progress) => {
      told.push(progress);
      missing.push(progress.trialsDone - library.trialIds(run.id).size);
    },
  });

  expect(missing.filter((count) => count > 0)).toEqual([]);
  expect(told.at(-1)).toMatchObject({ trialsDone: 80, trialsPlanned: 80, secondsLeft: 0 });
});

it('ends a cancelled run in the middle of a trial, and keeps what was finished before', async () => {
  const trials = [
    ...smallTrials({ strategies: ['today'] }),
    ...smallTrials({ strategies: ['folio-vec'], workload: ENDLESS }),
  ];
  const cancel = new AbortController();

  const run = await execute(trials, {
    concurrency: 1,
    signal: cancel.signal,
    onProgress: ({ trialsDone }) => {
      if (trialsDone === 1) cancel.abort();
    },
  });

  expect(run).toMatchObject({ status: 'cancelled', finishedTrials: 1, plannedTrials: 2 });
  expect([...library.trials(run.id)]).toEqual(simulateHere(trials.slice(0, 1)));
});

it('cancels a run that was cancelled before it began without simulating anything', async () => {
  const run = await execute(smallTrials({ workload: ENDLESS }), { signal: AbortSignal.abort() });

  expect(run).toMatchObject({ status: 'cancelled', finishedTrials: 0 });
});

it('fails with the trial and the reason when the core refuses a trial, and keeps the others', async () => {
  const good = smallTrials({ strategies: ['today'] });
  // Never planned like this: a price that makes every duration no number.
  const prices = { ...smallCostModel.prices, pte_read: Number.NaN };
  const bad = smallTrials({ strategies: ['folio-vec'], costModel: { ...smallCostModel, prices } });

  const run = await execute([...good, ...bad], { concurrency: 1 });

  expect(run).toMatchObject({
    status: 'failed',
    finishedTrials: 1,
    failure:
      'Trial 2 of 2 (folio-vec visit=each on base): NaN ns cannot be recorded: it is no duration.',
  });
});

it('fails when a worker thread ends by itself', async () => {
  const run = await execute(smallTrials(), {
    workerUrl: new URL('./testing/exiting.worker.ts', import.meta.url),
  });

  expect(run).toMatchObject({
    status: 'failed',
    failure:
      'Trial 1 of 2 (per-page kernel=v6.11 on base): a worker thread ended with exit code 7.',
  });
});

it('fails when a worker thread crashes', async () => {
  const run = await execute(smallTrials(), {
    workerUrl: new URL('./testing/throwing.worker.ts', import.meta.url),
  });

  expect(run.status).toBe('failed');
  expect(run.failure).toContain('the thread is out of order');
});

it('fails when a worker answers with something that is no result', async () => {
  const run = await execute(smallTrials(), {
    workerUrl: new URL('./testing/mumbling.worker.ts', import.meta.url),
  });

  expect(run.status).toBe('failed');
  expect(run.failure).toContain('the worker sent no trial result');
});

it('fails when there is no worker file', async () => {
  const run = await execute(smallTrials(), {
    workerUrl: new URL('./testing/no-such.worker.ts', import.meta.url),
  });

  expect(run.status).toBe('failed');
  expect(run.failure).toContain('no-such.worker.ts');
});

it('fails when the library refuses a trial, with the reason of the library', async () => {
  const trials = smallTrials();
  const run = startSmallRun(library, trials.length);
  // Another trial has the place of the first one in the plan.
  library.appendTrials(run.id, simulateHere(smallTrials({ strategies: ['today'] })));

  const ended = await executeRun({ library, run, trials, workerUrl });

  expect(ended).toMatchObject({ status: 'failed', finishedTrials: 1 });
  expect(ended.failure).toMatch(/^Run .* in place 0, already\.$/);
});

it('does not simulate again what the run has already', async () => {
  const [first, second] = smallTrials();
  const endless = smallTrials({ workload: ENDLESS, strategies: ['today'] });
  const trials = [first, ...endless, second].filter((trial) => trial !== undefined);
  const run = startSmallRun(library, trials.length);
  // Stands for a trial that nobody could simulate in the time of this test.
  const [result] = simulateHere(smallTrials({ strategies: ['today'] }));
  const stored = endless.flatMap((trial) =>
    result === undefined ? [] : [storedTrialFromResult({ trial, position: 1 }, result.result)],
  );
  library.appendTrials(run.id, stored);

  const ended = await executeRun({ library, run, trials, workerUrl });

  expect(ended).toMatchObject({ status: 'finished', finishedTrials: 3 });
  expect([...library.trials(run.id)].map(({ parameters }) => parameters.id)).toEqual(
    trials.map(({ id }) => id),
  );
});

it('leaves every committed trial when the process is killed, and the run is interrupted', async () => {
  const folder = createTemporaryFolder();
  const path = join(folder.path, 'library.db');
  const script = fileURLToPath(new URL('./testing/run-until-killed.ts', import.meta.url));
  const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let told = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    told = Math.max(told, Number(line));
    if (told > 10) child.kill('SIGKILL');
  }
  await exited;

  const reopened = openLibrary(path);

  const [run] = reopened.interruptedRuns;
  expect(run).toMatchObject({ status: 'interrupted', plannedTrials: 20_000 });
  const ids = [...reopened.trials(run?.id ?? '')].map(({ parameters }) => parameters.id);
  expect(ids.length).toBeGreaterThanOrEqual(told);
  expect(ids.length).toBe(run?.finishedTrials);
  reopened.close();
  folder.remove();
});
