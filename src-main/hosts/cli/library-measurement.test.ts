import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { LabFolder, PROJECT_FOLDER } from './testing/lab-process.ts';

const folder = new LabFolder();
afterAll(() => folder[Symbol.dispose]());

const EXAMPLE = join(PROJECT_FOLDER, 'experiments/measurements/linux-6.18-epyc/pin-register.csv');
const listSchema = z.object({ measurements: z.array(z.object({ id: z.uuid() })) });
const table = folder.file('pins.csv');
const words = ['--name', 'mine', '--samples', '0', '--no-store', '--json'];
let id = '';

beforeAll(async () => {
  const [heading = '', ...lines] = readFileSync(EXAMPLE, 'utf8').trim().split('\n');
  const pins = lines.filter((line) => /,hot,(4096|65536|1048576),.*,pin_span,/.test(line));
  writeFileSync(table, [heading, ...pins, ''].join('\n'));
  await folder.run('import', table);
  const { stdout } = await folder.run('measurements', '--json');
  id = listSchema.parse(JSON.parse(stdout)).measurements[0]?.id ?? '';
});

it('fits to a measurement of the library as to the file it came from', async () => {
  const ofFile = await folder.run('calibrate', table, ...words, '--grouping', 'tie-more');
  const ofLibrary = await folder.run('calibrate', id, ...words, '--grouping', 'tie-more');
  const ofBeginning = await folder.run(
    ...['calibrate', id.slice(0, 8), ...words, '--grouping', 'tie-more'],
  );

  expect(ofFile).toMatchObject({ status: 0, stderr: '' });
  expect(ofLibrary).toEqual(ofFile);
  expect(ofBeginning).toEqual(ofFile);
});

it('predicts the rows of a measurement of the library as those of its file', async () => {
  const predict = ['predict', '--cost-model', 'textbook', '--json', '--rows'];

  const ofFile = await folder.run(...predict, table);
  const ofLibrary = await folder.run(...predict, id);

  expect(ofFile.status).toBe(0);
  expect(ofLibrary).toEqual(ofFile);
});

it('takes a file before a measurement, and says so where there is neither', async () => {
  const named = folder.file(id.slice(0, 8));
  writeFileSync(named, 'layout,mode,bytes,metric,p50_ns\nbase4k,hot,4096,pin_span,260\n');

  const file = await folder.run('calibrate', id.slice(0, 8), ...words);
  const nothing = await folder.run('calibrate', '0'.repeat(8), ...words);

  expect(file).toMatchObject({ status: 2, stdout: '' });
  expect(file.stderr).toContain('the fit is under-determined: 1 different row on');
  expect(nothing).toMatchObject({ status: 2, stdout: '' });
  expect(nothing.stderr).toContain('00000000');
});

it('fits to no measurement of another kind', async () => {
  writeFileSync(
    folder.file('heap.csv'),
    'va_page,pfn,pages,order,leaf,flags\n0,4096,16,4,pte,anon\n',
  );
  await folder.run('import', folder.file('heap.csv'));
  const { stdout } = await folder.run('measurements', '--json');
  const layout = listSchema.parse(JSON.parse(stdout)).measurements.find((each) => each.id !== id);

  const fitted = await folder.run('calibrate', layout?.id ?? '', ...words);
  const predicted = await folder.run(
    ...['predict', '--cost-model', 'textbook', '--rows', layout?.id ?? ''],
  );

  expect([fitted.status, predicted.status]).toEqual([2, 2]);
  expect(fitted.stderr).toContain('no prices can be fitted to this; allowed: measurement tables');
  expect(predicted.stderr).toContain('is no measurement table');
});
