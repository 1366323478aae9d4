import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { calibrationDocumentSchema, parseCostModel } from '#contract';
import { LabFolder, PROJECT_FOLDER } from './testing/lab-process.ts';

const folder = new LabFolder();
afterAll(() => folder[Symbol.dispose]());

const MEASUREMENTS = join(PROJECT_FOLDER, 'experiments/measurements/linux-6.18-epyc');
const PIN_REGISTER = join(MEASUREMENTS, 'pin-register.csv');

/** Rows of a real table that say `hot`, up to 1 MiB, of some layouts. */
function writeTable(name: string, layouts: readonly string[]): string {
  const [header = '', ...lines] = readFileSync(PIN_REGISTER, 'utf8').trim().split('\n');
  const chosen = lines.filter((line) => {
    const [, layout = '', mode, bytes] = line.split(',');
    return layouts.includes(layout) && mode === 'hot' && Number(bytes) <= 1_048_576;
  });
  const path = folder.file(name);
  writeFileSync(path, [header, ...chosen, ''].join('\n'));
  return path;
}

describe('calibrate', () => {
  const table = writeTable('seen.csv', ['base4k', 'mthp64k', 'mthp128k', 'thp2m', 'thp2m_pte']);
  const held = writeTable('held.csv', ['mthp16k', 'hugetlb2m', 'base4k_shuf']);

  it('fits a model, keeps it as a version, and what it says can be told again', async () => {
    const out = folder.file('model.json');
    const words = ['calibrate', table, '--name', 'mine', '--samples', '3', '--out', out, '--json'];
    const first = await folder.run(...words);
    const again = await folder.run(...words);
    expect([first.status, again.status]).toEqual([0, 0]);
    expect(first.stderr).toBe('stored as mine@1\n');
    expect(again.stderr).toBe('the library has these prices: mine@1\n');
    const { stored, model, ...document } = JSON.parse(first.stdout) as Record<string, unknown>;
    expect(stored).toEqual({ id: 'mine', version: 1 });
    expect(calibrationDocumentSchema.safeParse(document).success).toBe(true);
    expect(parseCostModel(readFileSync(out, 'utf8'), out)).toMatchObject({
      ok: true,
      costModel: { id: 'mine', prices: (model as { prices: unknown }).prices },
    });
  });

  it('says that rows it was fitted to are not predicted', async () => {
    const words = ['predict', '--cost-model', 'mine@1', '--rows'];
    const [fitted, unseen] = await Promise.all([
      folder.run(...words, table),
      folder.run(...words, held),
    ]);
    expect(fitted.stderr).toBe('mine@1 was fitted to seen.csv: these are no predictions\n');
    expect(unseen.stderr).toBe('');
  });

  it('tells rows that were kept aside, by the name of the model', async () => {
    const { status, stdout } = await folder.run(
      ...['predict', '--cost-model', 'mine@1', '--rows', held, '--json'],
    );
    expect(status).toBe(0);
    const { schema, costModel, rows } = JSON.parse(stdout) as {
      schema: string;
      costModel: string;
      rows: readonly { metric: string; errorPercent: number | null; reason: string | null }[];
    };
    expect([schema, costModel]).toEqual(['folio-lab/predict@1', 'mine@1']);
    const told = rows.filter(({ metric }) => metric === 'pin_span');
    const mean =
      told.reduce((sum, { errorPercent }) => sum + Math.abs(errorPercent ?? 100), 0) / told.length;
    expect(told.length).toBeGreaterThan(50);
    expect(mean).toBeLessThan(5);
    expect(rows.filter(({ errorPercent }) => errorPercent === null)).toEqual(
      rows.filter(({ metric, reason }) => metric !== 'pin_span' && reason !== null),
    );
  });

  it('is a cost model as any other', async () => {
    const listed = await folder.run('list', 'cost-models');
    const words = ['--layout', 'uniform:2MiB,order=5', '--op', 'write', '--offset', '0'];
    const explained = await folder.run(
      ...['explain', ...words, '--length', '128KiB', '--strategy', 'today', '--cost-model', 'mine'],
    );
    expect(listed.stdout).toContain('mine@1');
    expect([explained.status, explained.stdout.includes('mine@1')]).toEqual([0, true]);
  });

  it('prints prices, intervals, errors, scale factors and the worst rows', async () => {
    const { stdout } = await folder.run('calibrate', table, '--name', 'text', '--no-store');
    for (const words of ['grab_call', '95 %', 'layout left out', 'Scale factors', 'Worst rows']) {
      expect(stdout).toContain(words);
    }
  });

  it('refuses what the rows do not determine, and what it cannot read, with status 2', async () => {
    const few = folder.file('few.csv');
    writeFileSync(few, 'layout,mode,bytes,metric,p50_ns\nbase4k,hot,4096,pin_span,260\n');
    const broken = folder.file('broken.csv');
    writeFileSync(broken, 'layout,mode,bytes,metric,p50_ns\nbase4k,hot,x,pin_span,260\n');
    const endings = await Promise.all([
      folder.run('calibrate', few, '--name', 'few'),
      folder.run('calibrate', broken, '--name', 'broken'),
      folder.run('calibrate', table, '--name', 'no spaces'),
      folder.run('predict', '--cost-model', 'nobody', '--rows', table),
      folder.run('calibrate', table, '--name', 'textbook'),
    ]);
    expect(endings.map(({ status }) => status)).toEqual([2, 2, 2, 2, 2]);
    expect(endings[0].stderr).toContain('the fit is under-determined: 1 different row on');
    expect(endings[1].stderr).toMatch(/broken\.csv:2: .*bytes/);
    expect(endings[2].stderr).toContain('--name: found "no spaces"; allowed: letters');
    expect(endings[3].stderr).toContain('--cost-model: there is no cost model nobody');
    expect(endings[4].stderr).toContain('--name: textbook is a built-in cost model');
    const listed = await folder.run('list', 'cost-models');
    expect(listed.stdout).not.toContain('few');
  });

  it('tells two files of one name apart, and refuses the same bytes twice', async () => {
    const [header = '', ...lines] = readFileSync(table, 'utf8').trim().split('\n');
    const half = lines.length / 2;
    for (const [name, rows] of [
      ['one', lines.slice(0, half)],
      ['two', lines.slice(half)],
      ['copy', lines.slice(half)],
    ] as const) {
      mkdirSync(folder.file(name));
      writeFileSync(folder.file(`${name}/pins.csv`), [header, ...rows, ''].join('\n'));
    }
    const words = ['--name', 'halves', '--samples', '0', '--no-store', '--json'];

    const both = await folder.run('calibrate', 'one/pins.csv', 'two/pins.csv', ...words);
    const twice = await folder.run('calibrate', 'two/pins.csv', 'copy/pins.csv', ...words);

    expect(both.status).toBe(0);
    const { files, scales } = calibrationDocumentSchema.loose().parse(JSON.parse(both.stdout));
    expect(files.map(({ name, sha256 }) => name === `pins.csv ${sha256.slice(0, 8)}`)).toEqual([
      true,
      true,
    ]);
    expect(new Set(scales.map(({ run }) => run.split(' ')[1])).size).toBe(2);
    expect(twice).toMatchObject({
      status: 2,
      stdout: '',
      stderr:
        'folio-lab: the same bytes are there twice, as pins.csv and as pins.csv; allowed: each measurement once\n',
    });
  });

  it('says before it fits that there is no place for --out', async () => {
    const words = ['calibrate', table, '--name', 'placed', '--out'];

    const endings = await Promise.all([
      folder.run(...words, 'missing/model.json'),
      folder.run(...words, folder.path),
      folder.run(...words, '/dev/null'),
      folder.run(...words, 'models/'),
      folder.run(...words, 'm'.repeat(300)),
      folder.run(...words, `${table}/model.json`),
    ]);

    expect(endings.map(({ status, stdout }) => [status, stdout])).toEqual(
      endings.map(() => [2, '']),
    );
    expect(endings.map(({ stderr }) => stderr)).toEqual([
      'folio-lab: --out: there is no folder missing; allowed: a file in one that is there\n',
      `folio-lab: --out: ${folder.path} is a folder; allowed: the name of a file\n`,
      'folio-lab: --out: /dev/null is no ordinary file; allowed: the name of a file\n',
      'folio-lab: --out: found "models/"; allowed: the name of a file\n',
      expect.stringMatching(/^folio-lab: --out: m+ cannot be written: ENAMETOOLONG[^\n]*\n$/),
      `folio-lab: --out: there is no folder ${table}; allowed: a file in one that is there\n`,
    ]);
    const listed = await folder.run('list', 'cost-models');
    expect(listed.stdout).not.toContain('placed');
  });

  it('notes what a model is far off for, and speaks of no probe where there was none', async () => {
    const path = folder.file('gup.txt');
    const result = (get: number): string => `PIN_FAST_BENCHMARK: Time: get:${get} put:10 us`;
    const lines = ['$ gup_test -a -m 4 -T -r 3', result(10), result(40), result(0)];
    writeFileSync(path, [...lines, ''].join('\n'));
    const words = ['calibrate', path, '--name', 'far', '--grouping', 'tie-more', '--no-store'];

    const { status, stdout, stderr } = await folder.run(...words);

    expect(status).toBe(0);
    expect(stderr).toMatch(/^the mean error is above 20 % for PIN_FAST_BENCHMARK get \d+\.\d %\n$/);
    expect(stdout).not.toMatch(/probe/i);
    expect(stdout).toContain('1 row: the get time is 0 us');
    const json = await folder.run(...words, '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ probeNs: 0 });
  });
});
