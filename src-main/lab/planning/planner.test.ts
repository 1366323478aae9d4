import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findExperiment, prepareExperiment } from '../index.ts';
import { openPlanner } from './planner.ts';
import type { Planner } from './planner.ts';

const experimentsFolder = fileURLToPath(new URL('../../../experiments', import.meta.url));

let planner: Planner;
let folder: string;

beforeEach(() => {
  planner = openPlanner(new URL('./planning.worker.ts', import.meta.url));
  folder = mkdtempSync(join(tmpdir(), 'folio-lab-test-'));
});
afterEach(async () => {
  await planner.close();
  rmSync(folder, { recursive: true, force: true });
});

function experimentText(name: string): string {
  return readFileSync(join(experimentsFolder, `${name}.yaml`), 'utf8');
}

function question(text: string, folders: readonly string[] = [experimentsFolder]) {
  return { experimentsFolder, folders, text, storedCostModels: [] };
}

it('plans the same trials as the same experiment in this thread', async () => {
  const text = experimentText('real-layouts');
  const source = await findExperiment(experimentsFolder, 'real-layouts');
  if (!source.ok) throw new Error(source.message);
  const here = await prepareExperiment({ source: source.value, experimentsFolder });

  const there = await planner.ask('prepare', question(text));

  expect(there.ok && there.prepared.trials.map(({ id }) => id)).toEqual(
    here.ok && here.prepared.trials.map(({ id }) => id),
  );
  expect(there).toEqual(here);
});

it('tells what an experiment takes', async () => {
  const check = await planner.ask('checkExperiment', question(experimentText('real-layouts')));

  expect(check.problems).toEqual([]);
  expect(check.trials).toBeGreaterThan(0);
  expect(check.ios).toBeGreaterThan(check.trials);
  expect(check.estimatedSeconds).toBeGreaterThan(0);
});

it('tells every mistake with its line and key, and plans nothing', async () => {
  const text = experimentText('real-layouts').replace('api: direct-io', 'api: direct-oi');

  const check = await planner.ask('checkExperiment', question(text));

  expect(check).toMatchObject({ trials: 0, ios: 0, estimatedSeconds: 0 });
  expect(check.problems).toMatchObject([{ file: 'experiment', key: 'workload.api' }]);
  expect(check.problems[0]?.line).toBeGreaterThan(1);
});

it('finds layout files in the folder that has them', async () => {
  const text = experimentText('real-layouts').replaceAll('layouts/', '');
  for (const name of text.matchAll(/[\w-]+\.csv/g)) {
    copyFileSync(join(experimentsFolder, 'layouts', name[0]), join(folder, name[0]));
  }

  const elsewhere = await planner.ask('checkExperiment', question(text));
  const besides = await planner.ask('checkExperiment', question(text, [experimentsFolder, folder]));

  expect(elsewhere.problems.length).toBeGreaterThan(0);
  expect(besides.problems).toEqual([]);
});

it('answers names of the catalogue and no paths', async () => {
  writeFileSync(join(folder, 'secret.yaml'), experimentText('real-layouts'));
  const ask = (name: string) => planner.ask('readExperiment', { experimentsFolder, name });

  expect((await ask('real-layouts')).ok).toBe(true);
  expect((await ask(join(folder, 'secret.yaml'))).ok).toBe(false);
  expect((await ask('../experiments/real-layouts')).ok).toBe(false);
  expect((await ask('secret.yaml')).ok).toBe(false);
  expect((await ask('no-such-experiment')).ok).toBe(false);
});

it('gives a layout as the rows of its file', async () => {
  const read = await planner.ask('readLayout', { experimentsFolder, name: 'thp2m' });
  const file = readFileSync(join(experimentsFolder, 'layouts/thp2m.csv'), 'utf8');

  const rows = file.trim().split('\n').slice(1);
  expect(read.ok && read.value.map((row) => row.join(','))).toEqual(rows);
});

it('lists everything that came with the laboratory', async () => {
  const catalogue = await planner.ask('readCatalogue', experimentsFolder);

  expect(catalogue.experiments.map(({ id }) => id)).toContain('real-layouts');
  expect(catalogue.layouts.map(({ id }) => id)).toContain('thp2m');
  expect(catalogue.costModels.map(({ id }) => id)).toContain('textbook');
});
