import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { costModelText, modelFromStored, parseCostModel, runDocumentSchema } from '#contract';
import { openLibrary, saveSessionFile } from '../../lab/index.ts';
import { smallCostModel, smallTrials } from '../../lab/testing/small-plan.ts';
import { storeSmallRun } from '../../lab/testing/store-small-run.ts';
import { LabFolder } from './testing/lab-process.ts';
import { smallExperimentText } from './testing/small-experiment.ts';

const fixtures = fileURLToPath(new URL('../../lab/measured/fixtures/', import.meta.url));

let folder = new LabFolder();
beforeEach(() => {
  folder[Symbol.dispose]();
  folder = new LabFolder();
});
afterAll(() => folder[Symbol.dispose]());

const LAYOUT = 'va_page,pfn,pages,order,leaf,flags\n512,1024,512,9,pmd,anon\n';

function bring(name: string): void {
  copyFileSync(`${fixtures}${name}`, folder.file(name));
}

const importSchema = z.strictObject({
  schema: z.literal('folio-lab/import@1'),
  session: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
  files: z.array(z.looseObject({ file: z.string(), kind: z.string() })),
});
const measurementsSchema = z.strictObject({
  schema: z.literal('folio-lab/measurements@1'),
  measurements: z.array(z.looseObject({ id: z.uuid(), name: z.string(), kind: z.string() })),
});

async function json(...words: readonly string[]): Promise<unknown> {
  const { status, stdout, stderr } = await folder.run(...words, '--json');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

async function measurements(...words: readonly string[]) {
  return measurementsSchema.parse(await json('measurements', ...words)).measurements;
}

describe('import', () => {
  it('brings files of several kinds into one session, and knows them again', async () => {
    for (const name of ['pin-register.csv', 'fio-two-jobs.json']) bring(name);
    writeFileSync(folder.file('thp.csv'), LAYOUT);
    const words = [
      'import',
      'pin-register.csv',
      'fio-two-jobs.json',
      'thp.csv',
      '--session',
      'EPYC',
    ];

    const first = importSchema.parse(await json(...words));
    const second = importSchema.parse(await json(...words));

    expect(first.session?.name).toBe('EPYC');
    expect(first.files).toMatchObject([
      { file: 'pin-register.csv', kind: 'span-table', outcome: 'added', name: 'pin-register' },
      { file: 'fio-two-jobs.json', kind: 'fio', outcome: 'added', name: 'fio-two-jobs' },
      { file: 'thp.csv', kind: 'layout', outcome: 'added', summary: '2 MiB in 1 extent' },
    ]);
    expect(second.files.map(({ outcome }) => outcome)).toEqual(['known', 'known', 'known']);
    expect(await measurements('--session', 'EPYC')).toHaveLength(3);
  });

  it('imports all files or none, and names every fault', async () => {
    bring('pin-register.csv');
    writeFileSync(folder.file('bad.csv'), LAYOUT.replace('1024', 'x'));
    writeFileSync(folder.file('letter.txt'), 'Dear reader');

    const { status, stdout, stderr } = await folder.run(
      'import',
      'pin-register.csv',
      'bad.csv',
      'letter.txt',
    );

    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^folio-lab: bad\.csv:2: column pfn is "x"; allowed: /),
      expect.stringMatching(/^folio-lab: letter\.txt: this cannot be imported; allowed: a layout/),
      '',
    ]);
    expect(await measurements()).toEqual([]);
  });

  it('says what it read, what it assumed, and how to see it', async () => {
    bring('fio-2.json');

    const { status, stdout } = await folder.run('import', 'fio-2.json', '--name', 'Old results');
    const [record] = await measurements();
    const shown = await folder.run('show', record?.id.slice(0, 8) ?? '');

    expect(status).toBe(0);
    expect(stdout).toMatch(/^fio-2\.json: fio results, 1 series of fio-2\.16, 100 I\/Os\n/);
    expect(stdout).toMatch(/"Old results" was added \(session "Command line"\); "folio-lab show /);
    expect(stdout).toContain('assumed\n- Figures that fio gives as nan');
    expect(shown.stdout).toMatch(/old +read +libaio +4k +8 +100 +10 000 +97250 +95000 +205000/);
  });

  it('shows tables and layouts, and gives all of them as JSON', async () => {
    bring('contention.csv');
    writeFileSync(folder.file('thp.csv'), LAYOUT);
    await folder.run('import', 'contention.csv', 'thp.csv');

    const shown = await Promise.all(
      (await measurements()).map(async ({ id, kind }) => ({
        kind,
        text: (await folder.run('show', id)).stdout,
        document: z
          .looseObject({ document: z.looseObject({ rows: z.array(z.unknown()) }) })
          .parse(await json('show', id)).document,
      })),
    );

    const table = shown.find(({ kind }) => kind === 'span-table');
    const layout = shown.find(({ kind }) => kind === 'layout');
    expect(table?.text).toMatch(/base4k +unfaulted +4 KiB +pin_register +first_touch +2484 +2864/);
    expect(table?.document.rows).toHaveLength(3);
    expect(layout?.text).toMatch(/512 +1024 +512 +9 +pmd +anon/);
    expect(layout?.document.rows).toEqual([[512, 1024, 512, 9, 'pmd', 'anon']]);
  });

  it('lends an imported layout to explain, by its name or id', async () => {
    writeFileSync(folder.file('thp.csv'), LAYOUT);
    writeFileSync(folder.file('fresh.csv'), LAYOUT.replace('1024', '2048'));
    await folder.run('import', 'thp.csv');
    const [{ id } = { id: '' }] = await measurements();
    const explain = (layout: string) =>
      folder.run(
        ...['explain', '--layout', layout, '--op', 'write', '--offset', '2MiB'],
        ...['--length', '64KiB', '--strategy', 'today'],
      );

    const fromFile = await explain('thp.csv');
    const byName = await explain('library:thp');
    const byId = await explain(`library:${id}`);
    const missing = await explain('library:moon');
    await folder.run('import', 'fresh.csv', '--name', 'thp');
    const ambiguous = await explain('library:thp');

    expect(fromFile.status).toBe(0);
    expect([byName.status, byId.status]).toEqual([0, 0]);
    expect(byName.stdout.replaceAll('library:thp', 'thp.csv')).toBe(fromFile.stdout);
    expect(missing.stderr).toMatch(/--layout: there is no imported layout moon; "folio-lab meas/);
    expect(ambiguous.stderr).toMatch(/--layout: 2 imported layouts are called thp; give the id of/);
    expect([missing.status, ambiguous.status]).toEqual([2, 2]);
  });

  it('deletes and restores a measurement, but archives none', async () => {
    bring('pin-register.csv');
    await folder.run('import', 'pin-register.csv');
    const [{ id } = { id: '' }] = await measurements();

    const archived = await folder.run('archive', id);
    const deleted = await folder.run('delete', id);
    const none = await measurements();
    const trash = await measurements('--trash');
    const restored = await folder.run('restore', id);
    await folder.run('delete', id);
    const gone = await folder.run('delete', id, '--for-good');

    expect(archived.status).toBe(2);
    expect(archived.stderr).toMatch(/measurement \w+ "pin-register" is given; allowed: runs and/);
    expect(deleted.stdout).toMatch(/^measurement \w+ "pin-register" is in the trash\n$/);
    expect([none.length, trash.length]).toEqual([0, 1]);
    expect(restored.stdout).toMatch(/is back from the trash\n$/);
    expect(gone.stdout).toMatch(/is gone for good\n$/);
  });

  it('refuses what a session file and other files cannot have together', async () => {
    bring('pin-register.csv');
    writeFileSync(folder.file('thp.csv'), LAYOUT);

    const named = await folder.run('import', 'pin-register.csv', 'thp.csv', '--name', 'both');
    const commanded = await folder.run('import', 'pin-register.csv', '--command', 'ls');

    expect([named.status, named.stderr]).toEqual([
      2,
      'folio-lab: --name: names one file; import one file, or leave the names to the files\n',
    ]);
    expect(commanded.status).toBe(0);
  });
});

describe('a session file', () => {
  it('is merged with its runs, measurements and cost models, and only once', async () => {
    const other = openLibrary(folder.file('other.db'));
    const { stored } = other.addCostModel({ ...smallCostModel, id: 'my-epyc' }, null);
    const run = storeSmallRun(other, smallTrials({ costModel: modelFromStored(stored) }));
    const target = folder.file('shared.foliolab');
    await saveSessionFile({ library: other, sessionId: run.sessionId, target });
    other.close();

    const first = importSchema.parse(await json('import', 'shared.foliolab'));
    const second = importSchema.parse(await json('import', 'shared.foliolab'));
    const mixed = await folder.run('import', 'shared.foliolab', 'shared.foliolab');

    expect(first.files).toMatchObject([
      { kind: 'session-file', importedRuns: 1, skippedRuns: 0, importedCostModels: ['my-epyc@1'] },
    ]);
    expect(second.files).toMatchObject([
      { kind: 'session-file', importedRuns: 0, skippedRuns: 1, importedCostModels: [] },
    ]);
    expect(mixed.status).toBe(2);
    expect(mixed.stderr).toMatch(/shared\.foliolab is a session file; allowed: a session file by/);
  });

  it('says which version a cost model has here, and shows its runs under that name', async () => {
    const other = openLibrary(folder.file('other.db'));
    const { stored } = other.addCostModel({ ...smallCostModel, id: 'mine' }, null);
    const run = storeSmallRun(other, smallTrials({ costModel: modelFromStored(stored) }));
    const target = folder.file('shared.foliolab');
    await saveSessionFile({ library: other, sessionId: run.sessionId, target });
    other.close();
    const own = openLibrary(folder.library);
    const prices = { ...smallCostModel.prices, kmalloc: smallCostModel.prices.kmalloc + 1 };
    own.addCostModel({ ...smallCostModel, id: 'mine', prices }, null);
    own.close();

    const { status, stdout } = await folder.run('import', 'shared.foliolab');
    const again = importSchema.parse(await json('import', 'shared.foliolab'));
    const shown = await folder.run('show', run.id, '--json');

    expect(status).toBe(0);
    expect(stdout.trim().split('\n').slice(-3)).toEqual([
      'cost models that came along: mine@2',
      'mine@1 of the file is mine@2 here',
      'the experiments of runs stay as they were run, and name cost models as the file does',
    ]);
    expect(again.files).toMatchObject([
      { importedCostModels: [], renamedCostModels: [{ inFile: 'mine@1', here: 'mine@2' }] },
    ]);
    expect(shown.stdout).toContain('"mine@2"');
    expect(shown.stdout).not.toContain('"mine@1"');
  });

  it('is refused in a sentence when it is damaged', async () => {
    writeFileSync(folder.file('bad.foliolab'), 'SQLite format 3\0and then nothing');

    const { status, stderr } = await folder.run('import', 'bad.foliolab');

    expect(status).toBe(2);
    expect(stderr).toMatch(/^folio-lab: bad\.foliolab .*\n$/);
  });
});

describe('a cost model of the library', () => {
  it('is found by every command under its name and its version', async () => {
    const model = { ...smallCostModel, id: 'my-epyc', title: 'My machine' };
    writeFileSync(folder.file('model.json'), costModelText(model));
    const dearer = { ...model, prices: { ...model.prices, kmalloc: 999 } };
    writeFileSync(folder.file('dearer.json'), costModelText(dearer));
    await folder.run('import', 'model.json');

    const second = await folder.run('import', 'dearer.json');
    const again = await folder.run('import', 'dearer.json');
    const listed = await folder.run('list', 'cost-models');
    const words = ['explain', '--layout', 'uniform:1MiB', '--op', 'write', '--offset', '0'];
    const explained = [...words, '--length', '64KiB', '--strategy', 'today', '--cost-model'];
    const latest = await folder.run(...explained, 'my-epyc');
    const version = await folder.run(...explained, 'my-epyc@1');
    const missing = await folder.run(...explained, 'my-epyc@3');

    expect(second.stdout).toBe('dearer.json: cost model my-epyc@2 was added\n');
    expect(again.stdout).toMatch(/my-epyc@2 was there already, with the same figures\n$/);
    expect(listed.stdout).toMatch(/^my-epyc@2 +My machine$/m);
    expect([latest.status, version.status]).toEqual([0, 0]);
    expect(latest.stdout).not.toBe(version.stdout);
    expect(latest.stdout).toContain('my-epyc@2');
    expect(missing.status).toBe(2);
    expect(missing.stderr).toMatch(/--cost-model: there is no cost model my-epyc@3; did you mean/);
  });

  it('prices runs, which say its version, and is exported as a file that reads the same', async () => {
    const model = { ...smallCostModel, id: 'my-epyc' };
    writeFileSync(folder.file('model.json'), costModelText(model));
    writeFileSync(
      folder.file('small.yaml'),
      `${smallExperimentText().replace('strategy: today', 'strategy: today, costModel: my-epyc')}costModel: my-epyc\n`,
    );
    await folder.run('import', 'model.json');

    const run = runDocumentSchema.parse(await json('run', 'small.yaml', '--quiet'));
    const exported = await folder.run('export', '--cost-model', 'my-epyc@1', '--json', 'out.json');

    expect(new Set(run.trials.map(({ costModel }) => costModel))).toEqual(new Set(['my-epyc@1']));
    expect(run.expectations).toMatchObject([{ holds: true }]);
    expect(exported).toMatchObject({ status: 0, stdout: 'out.json\n' });
    const text = readFileSync(folder.file('out.json'), 'utf8');
    expect(parseCostModel(text, 'out.json')).toEqual({ ok: true, costModel: model });
  });

  it('does not take the name of a built-in one', async () => {
    writeFileSync(folder.file('model.json'), costModelText({ ...smallCostModel, id: 'textbook' }));

    const refused = await folder.run('import', 'model.json');
    const renamed = await folder.run('import', 'model.json', '--name', 'mine');
    const wrong = await folder.run('import', 'model.json', '--name', 'mine@7');

    expect(refused.stderr).toMatch(/there is a built-in cost model textbook; --name gives/);
    expect(renamed.stdout).toBe('model.json: cost model mine@1 was added\n');
    expect([refused.status, wrong.status]).toEqual([2, 2]);
  });
});
