import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runDocumentSchema } from '#contract';
import { LabFolder } from './testing/lab-process.ts';
import { smallExperimentText } from './testing/small-experiment.ts';

const folder = new LabFolder();
let first = '';
let second = '';

async function makeRun(...words: readonly string[]): Promise<string> {
  const { stdout } = await folder.run(
    'run',
    'small.yaml',
    '--json',
    '--session',
    'Notes',
    ...words,
  );
  return runDocumentSchema.parse(JSON.parse(stdout)).run;
}

beforeAll(async () => {
  writeFileSync(folder.file('small.yaml'), smallExperimentText());
  first = await makeRun();
  second = await makeRun('--seed', '4');
});
afterAll(() => folder[Symbol.dispose]());

const runRecord = z.object({
  id: z.uuid(),
  experimentName: z.string(),
  status: z.string(),
  expectations: z.array(z.object({ text: z.string(), holds: z.boolean(), found: z.string() })),
});
const runsDocument = z.strictObject({
  schema: z.literal('folio-lab/runs@1'),
  runs: z.array(runRecord),
});
const sessionRecord = z.object({ id: z.uuid(), name: z.string(), runCount: z.int() });

async function json(...words: readonly string[]): Promise<unknown> {
  const { status, stdout, stderr } = await folder.run(...words, '--json');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

async function text(...words: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await folder.run(...words);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

async function listedRuns(...words: readonly string[]): Promise<readonly string[]> {
  return runsDocument.parse(await json('runs', ...words)).runs.map(({ id }) => id);
}

describe('the library from the command line', () => {
  it('lists sessions and runs, the newest first', async () => {
    const sessions = z
      .strictObject({ schema: z.literal('folio-lab/sessions@1'), sessions: z.array(sessionRecord) })
      .parse(await json('sessions'));
    expect(sessions.sessions).toMatchObject([{ name: 'Notes', runCount: 2 }]);
    expect(await listedRuns()).toEqual([second, first]);
    expect(await listedRuns('--session', 'Notes')).toEqual([second, first]);
    expect(await text('runs')).toMatch(/small +finished +8 +✓ 1 +4 /);
    expect(await text('sessions')).toMatch(/Notes +2 /);
  });

  it('shows a run by the beginning of its id, and a session by its name', async () => {
    const shown = runDocumentSchema.parse(await json('show', first.slice(0, 6)));
    expect(shown).toMatchObject({ run: first, status: 'finished' });
    expect(await text('show', first)).toContain('Expected: 1 of 1 hold');
    const session = z
      .strictObject({
        schema: z.literal('folio-lab/session@1'),
        session: sessionRecord,
        runs: z.array(runRecord),
        measurements: z.tuple([]),
      })
      .parse(await json('show', 'Notes'));
    expect(session.runs.map(({ id }) => id)).toEqual([second, first]);
    expect(await text('show', 'Notes')).toContain('"Notes"');
  });

  it('compares runs and strategies, in every form', async () => {
    const compared = z
      .object({ schema: z.literal('folio-lab/compare@1'), kind: z.string(), baseline: z.string() })
      .parse(await json('compare', first, second, '--baseline', second));
    expect(compared).toMatchObject({ kind: 'runs', baseline: second });
    expect(await text('compare', first, second)).toContain('differs in seed: 3');
    const strategies = ['compare', first, '--baseline', 'folio-vec visit=each'];
    expect(await text(...strategies, '--metric', 'events.kmalloc', '--markdown')).toContain(
      '## events.kmalloc',
    );
    expect(await text(...strategies, '--csv')).toMatch(/^layout,metric,unit,subject,median,/);
  });

  it('exports tables and a document, and prints where they are', async () => {
    const printed = await text('export', first, second, '--csv', 'tables');
    expect(printed.trim().split('\n')).toHaveLength(4);
    const trials = readFileSync(folder.file('tables/trials.csv'), 'utf8').trim().split('\n');
    expect(trials).toHaveLength(17);
    expect(await text('export', first, '--json', 'run.json')).toBe('run.json\n');
    const written: unknown = JSON.parse(readFileSync(folder.file('run.json'), 'utf8'));
    expect(runDocumentSchema.parse(written).run).toBe(first);
  });

  it('puts runs and sessions away and brings them back', async () => {
    const third = await makeRun('--seed', '5');
    expect(await text('archive', third)).toContain('is archived');
    expect(await listedRuns()).toEqual([second, first]);
    expect(await listedRuns('--archived')).toEqual([third]);
    expect(await text('restore', third)).toContain('back from the archive');
    expect(await text('delete', third)).toContain('in the trash');
    expect(await listedRuns('--trash')).toEqual([third]);
    expect(await text('restore', third)).toContain('back from the trash');
    expect(await listedRuns()).toEqual([third, second, first]);
    await text('delete', third);
    expect(await text('delete', third, '--for-good')).toContain('gone for good');
    expect(await listedRuns('--trash')).toEqual([]);
    await text('archive', 'Notes');
    expect(await listedRuns()).toEqual([]);
    await text('restore', 'Notes');
    expect(await listedRuns()).toEqual([second, first]);
  });

  it('reads nothing where there is no library, and makes none', async () => {
    const other = new LabFolder();
    const { status, stdout } = await other.run('runs', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ schema: 'folio-lab/runs@1', runs: [] });
    expect((await other.run('sessions', '--library', other.library)).status).toBe(2);
    other[Symbol.dispose]();
  });
});
