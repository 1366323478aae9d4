import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runDocumentSchema } from '#contract';
import { LabFolder } from '../../src-main/hosts/cli/testing/lab-process.ts';
import type { Ending } from '../../src-main/hosts/cli/testing/lab-process.ts';
import { smallExperimentText } from '../../src-main/hosts/cli/testing/small-experiment.ts';
import { openLibrary } from '../../src-main/lab/index.ts';

let folder: LabFolder;
beforeEach(() => {
  folder = new LabFolder();
});
afterEach(() => folder[Symbol.dispose]());

const TRIALS = 40;
/** A figure that no simulation finds. */
const MARK = 1.5;

/** Starts a run of some seconds and kills its process when trials of it are committed. */
async function killedRun(): Promise<{ readonly id: string; readonly committed: number }> {
  writeFileSync(
    folder.file('long.yaml'),
    smallExperimentText({ count: 300_000, replicates: TRIALS / 4 }),
  );
  const child = folder.start(['run', 'long.yaml', '--quiet']);
  const ended = once(child, 'exit');
  let committed = 0;
  while (committed === 0 && child.exitCode === null) {
    await delay(50);
    const library = openLibrary(folder.library);
    committed = library.runs()[0]?.finishedTrials ?? 0;
    library.close();
  }
  child.kill('SIGKILL');
  await ended;
  const library = openLibrary(folder.library);
  const [run] = library.runs();
  library.close();
  expect(run?.status).toBe('interrupted');
  return { id: run?.id ?? '', committed: run?.finishedTrials ?? 0 };
}

/** Marks what is committed of a run, so that it can be told from what is simulated. */
function markTrials(runId: string): void {
  const database = new Database(folder.library);
  // The library itself lets nobody do this.
  database.exec('DROP TRIGGER trials_do_not_change');
  database.prepare('UPDATE trials SET iops = ? WHERE run_id = ?').run(MARK, runId);
  database.close();
}

function trialsOf({ stdout }: Ending) {
  return runDocumentSchema.parse(JSON.parse(stdout)).trials;
}

it('runs the rest of a run whose process was killed, and what was committed not again', async () => {
  const { id, committed } = await killedRun();
  markTrials(id);

  const resumed = await folder.run('resume', id.slice(0, 8), '--json');

  expect(resumed.status).toBe(0);
  const found = `${committed} ${committed === 1 ? 'trial' : 'trials'} of ${TRIALS}`;
  expect(resumed.stderr).toContain(`has ${found}, which are taken over`);
  const trials = trialsOf(resumed);
  expect(trials).toHaveLength(TRIALS);
  expect(trials.filter(({ iops }) => iops === MARK)).toHaveLength(committed);
  const shown = await folder.run('show', runDocumentSchema.parse(JSON.parse(resumed.stdout)).run);
  expect(shown.stdout).toContain(`resumes run ${id.slice(0, 8)}\n`);
}, 120_000);

it('resumes nothing of a finished run, and says so', async () => {
  writeFileSync(folder.file('small.yaml'), smallExperimentText());
  const made = await folder.run('run', 'small.yaml', '--json', '--quiet');
  const { run } = runDocumentSchema.parse(JSON.parse(made.stdout));

  const refused = await folder.run('resume', run);
  const unknown = await folder.run('resume', 'ffffffff');

  expect([refused.status, refused.stderr]).toEqual([
    2,
    `folio-lab: run ${run.slice(0, 8)} is finished: there is nothing left to resume\n`,
  ]);
  expect([unknown.status, unknown.stdout]).toEqual([2, '']);
});
