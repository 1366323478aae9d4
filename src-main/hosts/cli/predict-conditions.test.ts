import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LabFolder, PROJECT_FOLDER } from './testing/lab-process.ts';

const folder = new LabFolder();
afterAll(() => folder[Symbol.dispose]());

const TABLE = join(PROJECT_FOLDER, 'experiments/measurements/linux-6.18-epyc/contention.csv');
const MODELS = join(PROJECT_FOLDER, 'experiments/cost-models');

type Row = Readonly<Record<string, unknown>>;

/** The rows of one run on small buffers of base pages, and those without a buffer. */
function writeTable(): string {
  const [header = '', ...lines] = readFileSync(TABLE, 'utf8').trim().split('\n');
  const chosen = lines.filter((line) => {
    const [run, , layout, bytes] = line.split(',');
    return run === '5' && ((layout === 'base4k' && bytes === '65536') || layout === 'none');
  });
  const path = folder.file('conditions.csv');
  writeFileSync(path, [header, ...chosen, ''].join('\n'));
  return path;
}

/** A model with terms of whole calls, whatever the built-in ones have. */
function writeModel(): string {
  const file = JSON.parse(readFileSync(join(MODELS, 'textbook.json'), 'utf8')) as Row;
  const spanTerms = {
    ...{ sys_enter: 0, sys_exit: 0, worker: 0, worker_entry: 0, register_call: 250 },
    ...{ unmap_alone: 6600, protect_alone: 4300, fault_alone: 1150, interrupt: 10_500 },
    line_transfer: 20,
  };
  const path = folder.file('terms.json');
  writeFileSync(path, JSON.stringify({ ...file, id: 'terms', spanTerms }));
  return path;
}

describe('predict --conditions', () => {
  const table = writeTable();
  const words = ['predict', '--cost-model', writeModel(), '--rows', table];

  it('tells rows of threads beside each other, faults and forks, with what they rest on', async () => {
    const { status, stdout } = await folder.run(...words, '--conditions', '--json');
    const { schema, rows } = JSON.parse(stdout) as { schema: string; rows: readonly Row[] };
    const untold = rows.filter(({ modelledNs }) => modelledNs === null);

    expect([status, schema]).toEqual([0, 'folio-lab/predict@1']);
    expect(rows.length).toBeGreaterThan(20);
    expect(new Set(rows.map(({ basis }) => basis))).toEqual(new Set(['predicted', null]));
    expect(untold.map(({ variant, metric }) => [variant, metric])).toEqual([
      ['mprotect', 'other_operation'],
    ]);
  });

  it('is a table by test and variant, with the mean errors of each, for people', async () => {
    const { status, stdout } = await folder.run(...words, '--conditions');

    expect(status).toBe(0);
    expect(stdout).toMatch(/^line +test +variant +metric +layout +bytes .*basis$/m);
    expect(stdout).toMatch(
      /^beside mmap_munmap other_operation predicted: 1 row, mean absolute error of terms [\d.]+ %$/m,
    );
    expect(stdout).toContain('1 row without prediction: half of the calls give rights back');
  });

  it('is asked for: without it these rows have a reason, and no row has a basis', async () => {
    const { stdout } = await folder.run(...words, '--json');
    const { rows } = JSON.parse(stdout) as { rows: readonly Row[] };

    expect(rows.every(({ modelledNs }) => modelledNs === null)).toBe(true);
    expect(rows.some((row) => 'basis' in row || 'test' in row)).toBe(false);
  });

  it('needs a model that was fitted to whole calls', async () => {
    const { status, stdout } = await folder.run(
      ...['predict', '--cost-model', 'textbook', '--rows', table, '--conditions'],
    );

    expect(status).toBe(0);
    expect(stdout).toContain('cost model textbook was fitted to no table of whole calls');
  });
});
