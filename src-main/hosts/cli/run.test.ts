import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runDocumentSchema } from '#contract';
import type { RunDocument } from '#contract';
import { openLibrary } from '../../lab/index.ts';
import { endOf, LabFolder } from './testing/lab-process.ts';
import type { Ending } from './testing/lab-process.ts';
import { smallExperimentText } from './testing/small-experiment.ts';

const folder = new LabFolder();
beforeAll(() => {
  writeFileSync(folder.file('small.yaml'), smallExperimentText());
  writeFileSync(folder.file('wrong.yaml'), smallExperimentText({ expectedLocks: 17 }));
  writeFileSync(folder.file('long.yaml'), smallExperimentText({ count: 400_000, replicates: 500 }));
});
afterAll(() => folder[Symbol.dispose]());

function documentOf({ stdout }: Ending): RunDocument {
  return runDocumentSchema.parse(JSON.parse(stdout));
}

describe('run', () => {
  it('prints a table, what was expected and found, and how to see it again', async () => {
    const { status, stdout, stderr } = await folder.run('run', 'small.yaml', '--session', 'Tables');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^small: Small but whole\nrun [0-9a-f]{8} finished: 8 trials/);
    expect(stdout).toMatch(/base +today +\d+ +\d+ +\d+ +16 +0 +0 +0\n/);
    expect(stdout).toMatch(/ +folio-vec visit=each +\d+ +\d+ +\S+ %? +\d+ +16 +1 +96 +0\n/);
    expect(stdout).toMatch(/✓ four pages take their locked operations one by one\n +found: 16/);
    expect(stdout).toContain(`Kept in session "Tables" of ${folder.library}`);
    expect(stdout).toMatch(/folio-lab show [0-9a-f]{8}\n$/);
    expect(stderr).toMatch(/^small: 8 trials, /);
  });

  it('prints one JSON document and nothing else, and reports nothing when quiet', async () => {
    const ending = await folder.run('run', 'small.yaml', '--json', '--quiet');
    expect({ status: ending.status, stderr: ending.stderr }).toEqual({ status: 0, stderr: '' });
    const found = documentOf(ending);
    expect(found).toMatchObject({ session: 'Command line', status: 'finished', seed: 3 });
    expect(found.trials).toHaveLength(8);
  });

  it('prints several runs as one list', async () => {
    const { status, stdout } = await folder.run('run', 'small.yaml', 'small.yaml', '--json');
    expect(status).toBe(0);
    expect(z.array(runDocumentSchema).parse(JSON.parse(stdout))).toHaveLength(2);
  });

  it('gives the same results for the same seed, and others for another', async () => {
    const runs = await Promise.all(
      [
        ['--seed', '5'],
        ['--seed', '5'],
        ['--seed', '6'],
      ].map((words) => folder.run('run', 'small.yaml', '--json', ...words)),
    );
    const [first, second, other] = runs.map((ending) => documentOf(ending).trials);
    expect(second).toEqual(first);
    expect(other?.map(({ latency }) => latency)).not.toEqual(first?.map(({ latency }) => latency));
  });

  it('changes values of the file', async () => {
    const ending = await folder.run(
      ...['run', 'small.yaml', '--json', '--set', 'workload.count=50', '--set', 'replicates=1'],
    );
    const { trials } = documentOf(ending);
    expect(trials.map(({ samples }) => samples)).toEqual([50, 50, 50, 50]);
  });

  it('writes the four tables', async () => {
    const { status, stderr } = await folder.run('run', 'small.yaml', '--csv', 'made/tables');
    expect(status).toBe(0);
    expect(stderr).toContain('trials.csv');
    const rows = readFileSync(folder.file('made/tables/trials.csv'), 'utf8').trim().split('\n');
    expect(rows).toHaveLength(9);
    for (const table of ['latency', 'events', 'allocations']) {
      expect(readFileSync(folder.file(`made/tables/${table}.csv`), 'utf8')).toMatch(/^trial_id,/);
    }
  });

  it('ends with 3 when something expected does not hold, and says what was found', async () => {
    const { status, stdout } = await folder.run('run', 'wrong.yaml');
    expect(status).toBe(3);
    expect(stdout).toMatch(/✗ four pages .*\n +found: 16/);
  });

  it('runs nothing when one of several files is bad', async () => {
    const fresh = folder.file('fresh.db');
    const words = ['run', 'small.yaml', 'nowhere.yaml', '--library', fresh];
    expect((await folder.run(...words)).status).toBe(2);
    expect((await folder.run('runs', '--library', fresh)).stderr).toContain('there is no library');
  });

  it('is cancelled by Ctrl-C: what was committed stays, and the run says so', async () => {
    const path = folder.file('cancelled.db');
    const child = folder.start(['run', 'long.yaml', '--json', '--library', path]);
    const ended = endOf(child);
    const library = openLibrary(path);
    while ((library.runs()[0]?.finishedTrials ?? 0) === 0 && child.exitCode === null)
      await delay(20);
    child.kill('SIGINT');
    const ending = await ended;
    const [run] = library.runs();
    library.close();
    expect(ending.status).toBe(130);
    expect(run).toMatchObject({ status: 'cancelled', plannedTrials: 2000 });
    expect(run?.finishedTrials).toBeGreaterThan(0);
    const { status, trials } = documentOf(ending);
    expect({ status, trials: trials.length }).toEqual({
      status: 'cancelled',
      trials: run?.finishedTrials,
    });
  });
});
