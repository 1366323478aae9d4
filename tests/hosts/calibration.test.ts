import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { calibrationDocumentSchema } from '#contract';
import type { RequestInput } from '#contract';
import {
  APPLICATION_FOLDER,
  experimentText,
  openTestLaboratory,
  until,
} from './test-laboratory.ts';
import type { TestLaboratory } from './test-laboratory.ts';

let lab: TestLaboratory;

beforeEach(async () => {
  lab = await openTestLaboratory();
});
afterEach(async () => {
  await lab.close();
  expect(lab.reported).toEqual([]);
});

const EXAMPLE = join(APPLICATION_FOLDER, 'experiments/measurements/linux-6.18-epyc');

/** Some rows of the built-in table of registrations: a fit to all of them takes long. */
function tableOf(isWanted: (line: string) => boolean): string {
  const [heading = '', ...lines] = readFileSync(join(EXAMPLE, 'pin-register.csv'), 'utf8')
    .trim()
    .split('\n');
  return [heading, ...lines.filter(isWanted), ''].join('\n');
}

const isPin = (line: string): boolean => line.includes(',pin_span,');

async function importTable(text = tableOf(isPin)): Promise<string> {
  lab.user.chosenPath = join(lab.folder, 'pins.csv');
  writeFileSync(lab.user.chosenPath, text);
  const request = { upload: null, sessionId: null, name: null, command: null };
  const imported = await lab.get('importFile', request);
  if (imported?.kind !== 'measurement') throw new Error(JSON.stringify(imported));
  return imported.record.id;
}

type Request = RequestInput<'calibrate'>;

function requestFor(measurementId: string, changes: Partial<Request> = {}): Request {
  return {
    measurementIds: [measurementId],
    ...{ name: 'mine', title: null, machine: null, start: 'textbook', grouping: 'tie' },
    ...changes,
  };
}

it('fits a cost model to a measurement, keeps it, and lets runs be priced with it', async () => {
  const id = await importTable();

  const fitted = await lab.get('calibrate', requestFor(id, { title: 'My server' }));

  expect(fitted).toMatchObject({ reference: { id: 'mine', version: 1 }, isNew: true });
  expect(fitted.document.files).toMatchObject([{ name: 'pins.csv' }]);
  expect(fitted.document.residuals.length).toBeGreaterThan(100);
  expect(calibrationDocumentSchema.parse(fitted.document)).toEqual(fitted.document);
  expect(await lab.get('readCalibration', { id: 'mine@1' })).toEqual(fitted.document);
  expect(await lab.get('readCalibration', { id: 'mine' })).toEqual(fitted.document);
  const { costModels } = await lab.get('listCatalogue', null);
  expect(costModels.at(-1)).toMatchObject({ id: 'mine@1', title: 'My server' });
  const text = experimentText().replace(/^costModel: .*$/m, 'costModel: mine@1');
  expect((await lab.get('checkExperiment', { text })).problems).toEqual([]);
  await until(() => lab.events.some(({ name }) => name === 'libraryChanged'));
});

it('keeps prices that it has already once, and others as another version', async () => {
  const id = await importTable();
  await lab.get('calibrate', requestFor(id));

  const again = await lab.get('calibrate', requestFor(id));
  const hot = await importTable(tableOf((line) => isPin(line) && line.includes(',hot,')));
  const other = await lab.get('calibrate', requestFor(hot));

  expect([again.reference.version, again.isNew]).toEqual([1, false]);
  expect([other.reference.version, other.isNew]).toEqual([2, true]);
});

it('answers the design while it fits', async () => {
  const id = await importTable();
  const order: string[] = [];

  const fit = lab.get('calibrate', requestFor(id)).then(() => order.push('fit'));
  const check = lab
    .get('checkExperiment', { text: experimentText() })
    .then(() => order.push('check'));
  await Promise.all([fit, check]);

  expect(order).toEqual(['check', 'fit']);
});

it('takes two files of one name, and no file twice that lies in two sessions', async () => {
  const one = await importTable(tableOf((line) => isPin(line) && line.includes(',hot,')));
  const two = await importTable(tableOf((line) => isPin(line) && line.includes(',walk,')));
  const { id: sessionId } = await lab.get('createSession', { name: 'Elsewhere' });
  const request = { upload: null, sessionId, name: null, command: null };
  const imported = await lab.get('importFile', request);
  const copy = imported?.kind === 'measurement' ? imported.record.id : '';

  const fitted = await lab.get('calibrate', requestFor(one, { measurementIds: [one, two, one] }));
  const twice = await lab.ask('calibrate', requestFor(one, { measurementIds: [one, two, copy] }));

  expect(fitted.document.files.map(({ name }) => name)).toEqual([
    expect.stringMatching(/^pins\.csv [0-9a-f]{8}$/),
    expect.stringMatching(/^pins\.csv [0-9a-f]{8}$/),
  ]);
  expect(twice).toEqual({
    ok: false,
    code: 'bad-input',
    message:
      'The same bytes are there twice, as pins.csv and as pins.csv; allowed: each measurement once.',
  });
});

it('says why rows determine no prices, and keeps nothing', async () => {
  const few = await importTable(tableOf((line) => isPin(line) && line.includes('thp2m,hot')));
  const none = await importTable(tableOf((line) => line.includes(',register,')));

  const replies = [
    await lab.ask('calibrate', requestFor(few, { grouping: 'none' })),
    await lab.ask('calibrate', requestFor(none)),
    await lab.ask('calibrate', requestFor(few, { name: 'textbook' })),
    await lab.ask('calibrate', requestFor(few, { name: 'my model' })),
    await lab.ask('calibrate', requestFor(few, { start: 'notes.json' })),
  ];

  expect(replies).toMatchObject(
    [
      { ok: false, code: 'bad-input', message: /^The rows cannot tell .* apart.*\.$/ },
      {
        ok: false,
        code: 'bad-input',
        message: /^There is no row that a cost model can be fitted to/,
      },
      { ok: false, code: 'bad-input', message: /^There is a built-in cost model textbook;/ },
      {
        ok: false,
        code: 'bad-input',
        message: /^A cost model cannot be called "my model"; allowed:/,
      },
      { ok: false, code: 'not-found', message: /^There is no cost model notes\.json/ },
    ].map((each) => ({ ...each, message: expect.stringMatching(each.message) as unknown })),
  );
  expect((await lab.get('listCatalogue', null)).costModels.map(({ id }) => id)).not.toContain(
    'mine@1',
  );
});

it('fits to no measurement that is gone or in the trash', async () => {
  const id = await importTable();
  await lab.get('trash', { kind: 'measurement', id });

  expect(await lab.ask('calibrate', requestFor(id))).toMatchObject({
    code: 'conflict',
    message: 'Measurement pins is in the trash; restore it first.',
  });
  await lab.get('purge', { kind: 'measurement', id });
  expect(await lab.ask('calibrate', requestFor(id))).toMatchObject({ code: 'not-found' });
});

it('has no calibration of a model that was not fitted', async () => {
  expect(await lab.get('readCalibration', { id: 'textbook' })).toBeNull();
  expect(await lab.get('readCalibration', { id: '../textbook.json' })).toBeNull();
});

it('puts a model beside every row of a table, in its order', async () => {
  const id = await importTable();

  const { rows, costModel, file } = await lab.get('predict', {
    measurementId: id,
    costModel: 'textbook',
  });

  const { document } = await lab.get('readMeasurement', { id });
  const measured = document.kind === 'span-table' ? document.rows : [];
  expect([costModel, file]).toEqual(['textbook', 'pins.csv']);
  expect(rows.map(({ line, measuredNs }) => [line, measuredNs])).toEqual(
    measured.map(({ line, p50Ns }) => [line, p50Ns]),
  );
  expect(rows.every(({ modelledNs, probeNs }) => (modelledNs ?? 0) > (probeNs ?? 0))).toBe(true);
});

it('takes the measurements that came with it into a session of their own, once', async () => {
  const records = await lab.get('importExample', { id: 'linux-6.18-epyc' });
  await lab.get('importExample', { id: 'linux-6.18-epyc' });

  const files = records.map(({ fileName }) => fileName);
  expect(files).toEqual(
    expect.arrayContaining(['contention.csv', 'direct-io.csv', 'pin-register.csv']),
  );
  expect(await lab.get('listMeasurements', null)).toHaveLength(records.length);
  const sessions = await lab.get('listSessions', null);
  expect(sessions.map(({ name }) => name)).toEqual(['linux-6.18-epyc']);
});

it('saves no cost model that is named by a path', async () => {
  const path = join(lab.folder, 'model.json');
  lab.user.chosenPath = path;

  expect(await lab.get('saveCostModel', { id: 'textbook' })).toEqual({ kind: 'saved', path });
  for (const id of [path, 'package.json', '../textbook']) {
    expect(await lab.ask('saveCostModel', { id })).toMatchObject({ ok: false, code: 'not-found' });
  }
});
