import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LabFolder } from './testing/lab-process.ts';
import { smallExperimentText } from './testing/small-experiment.ts';

const folder = new LabFolder();
const file = (name: string): string => folder.file(name);

beforeAll(async () => {
  const header = 'va_page,pfn,pages,order,leaf,flags\n';
  writeFileSync(file('small.yaml'), smallExperimentText());
  writeFileSync(file('overlap.csv'), `${header}0,5,4,0,pte,\n3,9,1,0,pte,\n`);
  writeFileSync(file('flag.csv'), `${header}0,5,4,0,pte,annon\n`);
  writeFileSync(file('empty.csv'), '');
  writeFileSync(file('binary.csv'), Buffer.from([0, 1, 2, 255]));
  writeFileSync(file('broken.yaml'), 'name: [1\n');
  writeFileSync(
    file('copied.csv'),
    'va_page,pfn,pages,order,leaf,flags\n0,64,2,2,pte,\n2,99,1,0,pte,\n3,67,1,2,pte,\n',
  );
  writeFileSync(file('unknown-key.yaml'), smallExperimentText().replace('seed:', 'sed:'));
  writeFileSync(
    file('no-such-layout.yaml'),
    smallExperimentText().replace('uniform: { size: 1MiB }', 'file: nowhere.csv'),
  );
  writeFileSync(file('model.json'), '{"schema": "folio-lab/cost-model@1", "id": 7}');
  writeFileSync(
    file('not-a-library.db'),
    'plain text, long enough to be looked at twice'.repeat(9),
  );
  mkdirSync(file('folder'));
  const { status } = await folder.run('run', file('small.yaml'), '--quiet');
  expect(status).toBe(0);
});
afterAll(() => folder[Symbol.dispose]());

const explain = (...words: readonly string[]): readonly string[] => [
  ...['explain', '--layout', 'thp2m', '--op', 'write', '--offset', '0', '--length', '128k'],
  ...['--strategy', 'today', ...words],
];
const run = (...words: readonly string[]): readonly string[] => ['run', 'small.yaml', ...words];

/** What is typed, and a part of the one sentence that answers it. */
const MISTAKES: readonly (readonly [words: readonly string[], answer: string])[] = [
  [[], 'no command'],
  [['explian'], 'Did you mean explain?'],
  [['frobnicate'], 'allowed: run, resume, explain'],
  [['explain'], "required option '--layout <layout>'"],
  [explain('--jsn'), 'Did you mean --json?'],
  [explain('extra'), 'too many arguments'],
  [explain('--layout'), 'argument missing'],
  [explain('--layout', 'thp3m'), 'did you mean thp2m?'],
  [explain('--layout', 'nowhere.csv'), 'nowhere.csv: there is no such file'],
  [explain('--layout', 'folder/'), 'this is a folder'],
  [explain('--layout', 'overlap.csv'), 'overlap.csv:3: va_page 3 overlaps'],
  [explain('--layout', 'flag.csv'), 'flag.csv:2:'],
  [explain('--layout', 'empty.csv'), 'empty.csv: the file is empty'],
  [explain('--layout', 'binary.csv'), 'binary.csv:1:'],
  [explain('--layout', 'uniform:2MiB,ordr=3'), 'did you mean order?'],
  [explain('--layout', 'uniform:2MiB,order=99'), 'from 0 to 18'],
  [explain('--op', 'wirte'), 'allowed: read, write'],
  [explain('--path', 'psync'), 'allowed: async, sync'],
  [explain('--api', 'mmap'), 'allowed: direct-io, gup-test, register'],
  [explain('--tracer', 'on'), 'allowed: off, function-graph'],
  [explain('--offset', '100'), 'not a multiple of the logical block size, 512 bytes'],
  [explain('--length', '1000'), 'not a multiple of the logical block size, 512 bytes'],
  [explain('--logical-block-size', '4k', '--offset', '512'), 'logical block size, 4096 bytes'],
  [explain('--logical-block-size', '1000'), 'a power of two'],
  [explain('--offset', '-512'), '--offset: found "-512"'],
  [explain('--offset', '1e99'), '--offset:'],
  [explain('--offset', '65M'), 'lies beyond the layout'],
  [explain('--length', '0'), '--length: found 0'],
  [explain('--length', '128KB'), 'unknown unit "KB"'],
  [explain('--length', '5GiB'), 'up to 4GiB'],
  [explain('--strategy', 'todya'), 'did you mean today?'],
  [explain('--param', 'kernel=v7.0'), 'strategy today has no parameter kernel'],
  [explain('--strategy', 'folio-batch', '--param', 'entries=0'), 'from 1 to 65536'],
  [explain('--policy', 'grib=per-run'), 'there is no policy grib'],
  [explain('--policy', 'grab=per-byte'), 'allowed: per-page, per-leaf, per-folio, per-run'],
  [explain('--policy', 'grab'), 'it takes key=value'],
  [explain('--policy', 'result=bio-vec'), 'grab=per-run'],
  [
    explain('--layout', 'copied.csv', '--length', '16k', '--strategy', 'folio-head'),
    '--layout: virtual page 2 stands where memory leaves or enters a folio in its middle',
  ],
  [explain('--cost-model', 'texbook'), 'did you mean textbook?'],
  [explain('--cost-model', 'nowhere.json'), 'there is no such file'],
  [explain('--cost-model', 'folder/'), 'this is a folder'],
  [explain('--pages-per-call', '3'), 'only with --api gup-test'],
  [explain('--api', 'gup-test', '--pages-per-call', 'x'), 'a whole number of at least 1'],
  [['race'], "missing required argument 'model'"],
  [['race', 'gup-dam'], 'model: found "gup-dam"; did you mean gup-dma?'],
  [['race', 'gup-dma', '--reference', 'put'], 'allowed: get, pin'],
  [['race', 'gup-dma', '--rules', 'v6.1'], 'did you mean v7.1?'],
  [['race', 'gup-dma', '--fix', 'bounce'], 'allowed: hold-off-unmap, bounce-writeback'],
  [['contend'], "missing required argument 'what'"],
  [['contend', 'pinner'], 'what: found "pinner"; did you mean pinners?'],
  [['contend', 'pinners', '--set', 'threads'], '--set: found "threads"; it takes key=value'],
  [['contend', 'pinners', '--set', 'thread=2'], '--set: found "thread"; did you mean threads?'],
  [['contend', 'pinners', '--set', 'toString=2'], '--set: found "toString"; allowed: threads,'],
  [['contend', 'munmap', '--set', 'folioOrder=9'], '--set: found "folioOrder"; allowed: threads,'],
  [['contend', 'pinners', '--set', 'threads=1.5'], 'allowed: a whole number from 1 to 256'],
  [['contend', 'pinners', '--set', 'folioOrder=19'], 'a whole number from 0 to 18'],
  [['contend', 'db2-2008', '--set', 'mapsPerPin=2'], 'found "2"; allowed: a number from 0 to 1'],
  [['contend', 'db2-2008', '--set', 'local=2ms'], '--set local: found "2ms"; allowed: a time'],
  [['contend', 'munmap', '--set', 'measuredNs=1h'], '1.5ms or 2s, from 1ms to 10s'],
  [['contend', 'munmap', '--set', 'seed=-1'], 'a whole number from 0 to 2^53 - 1'],
  [['contend', 'munmap', '--set', 'threads=256'], 'there are 257 threads; allowed are 1 to 256'],
  [['list'], "missing required argument 'what'"],
  [['list', 'strategys'], 'did you mean strategies?'],
  [['run'], "missing required argument 'file'"],
  [['run', 'lpc-2024-write-128'], 'did you mean lpc-2024-write-128k?'],
  [['run', 'nowhere.yaml'], 'nowhere.yaml: there is no such file'],
  [['run', 'folder/'], 'this is a folder'],
  [['run', 'broken.yaml'], 'broken.yaml:'],
  [['run', 'unknown-key.yaml'], 'unknown-key.yaml:5: sed: unknown key; did you mean seed?'],
  [['run', 'no-such-layout.yaml'], 'nowhere.csv: there is no such file'],
  [run('--seed', 'seven'), '--seed: found "seven"'],
  [run('--set', 'workload.count'), '--set: found "workload.count"'],
  [run('--set', 'workload.count=many'), 'workload.count: found "many"'],
  [run('--set', 'costModel=none'), 'there is no cost model none'],
  [run('--csv', 'small.yaml'), '--csv: the folder small.yaml cannot be written'],
  [run('--csv', '/proc/nowhere/tables'), '--csv: the folder /proc/nowhere/tables'],
  [run('--library', 'folder'), 'is a folder'],
  [run('--library', 'not-a-library.db'), 'is no library'],
  [run('--session', ''), 'needs a name'],
  [['show'], "missing required argument 'id'"],
  [['show', 'ffffffff'], 'there is no run or session ffffffff'],
  [['show', 'ffffffff', '--library', 'nowhere.db'], 'there is no library nowhere.db'],
  [['runs', '--session', 'nobody'], 'there is no session nobody'],
  [['export', 'ffffffff', '--csv', 'tables'], 'there is no run ffffffff'],
  [['export', 'ffffffff'], 'it takes --csv <folder>, --json <file> or both'],
  [['compare', 'ffffffff'], 'there is no run ffffffff'],
  [['compare', 'ffffffff', '--json', '--csv'], 'one is allowed'],
  [['archive', 'ffffffff'], 'there is no run or session'],
  [['delete', 'Command line', '--for-good'], 'trash'],
];

describe('bad input', () => {
  it.concurrent.each(MISTAKES)(
    '%j is answered with one sentence and status 2',
    async (words, answer) => {
      const { status, stdout, stderr } = await folder.run(...words);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain(answer);
      expect(stderr).toMatch(/^folio-lab: [^\n]+\n$/);
    },
  );

  it('a cost model with a mistake is refused with its line and key', async () => {
    const { status, stderr } = await folder.run(...explain('--cost-model', 'model.json'));
    expect(status).toBe(2);
    expect(stderr).toContain('model.json:1: id: found 7');
  });

  it('nothing is recorded for any of them', async () => {
    const { stdout } = await folder.run('runs', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ runs: [{ experimentName: 'small' }] });
  });

  it('a file that may not be read is named', async () => {
    writeFileSync(file('secret.yaml'), smallExperimentText());
    chmodSync(file('secret.yaml'), 0o000);
    const { status, stderr } = await folder.run('run', 'secret.yaml', '--quiet');
    // The superuser may read everything.
    if (process.getuid?.() === 0) expect(status).toBe(0);
    else expect({ status, stderr }).toMatchObject({ status: 2 });
  });
});
