import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { costModelText, parseCostModel } from '#contract';
import type { ImportedFile, RequestInput } from '#contract';
import { smallCostModel } from '../../src-main/lab/testing/small-plan.ts';
import { experimentText, openTestLaboratory, until } from './test-laboratory.ts';
import type { TestLaboratory } from './test-laboratory.ts';

let lab: TestLaboratory;

beforeEach(async () => {
  lab = await openTestLaboratory();
});
afterEach(async () => {
  await lab.close();
  expect(lab.reported).toEqual([]);
});

const TABLE = 'layout,mode,bytes,metric,p50_ns,colour\nbase4k,hot,4096,pin_span,160,red\n';

/** Imports a file of this content. */
async function importContent(
  name: string,
  content: string,
  request: Partial<RequestInput<'importFile'>> = {},
): Promise<ImportedFile | null> {
  lab.user.chosenPath = join(lab.folder, name);
  writeFileSync(lab.user.chosenPath, content);
  return lab.get('importFile', {
    ...{ upload: null, sessionId: null, name: null, command: null },
    ...request,
  });
}

async function importTable(content = TABLE) {
  const imported = await importContent('spans.csv', content);
  if (imported?.kind !== 'measurement') throw new Error(JSON.stringify(imported));
  return imported;
}

it('imports a measured file, tells the windows, and gives it back', async () => {
  const imported = await importTable();

  const { record } = imported;
  expect(imported).toMatchObject({
    outcome: 'added',
    assumptions: [{ line: 1, text: 'Columns that were not read: colour.' }],
    warnings: [],
    record: { name: 'spans', fileName: 'spans.csv', kind: 'span-table', bytes: TABLE.length },
  });
  expect(await lab.get('listMeasurements', null)).toEqual([record]);
  expect(await lab.get('readMeasurement', { id: record.id })).toMatchObject({
    record,
    document: { kind: 'span-table', rows: [{ layout: 'base4k', p50Ns: 160 }] },
  });
  await until(() => lab.events.some(({ name }) => name === 'libraryChanged'));
  const [session] = await lab.get('listSessions', null);
  expect(session).toMatchObject({ id: record.sessionId, name: 'Imported files' });
});

it('puts files into the session it is told, under the name it is told, each once', async () => {
  const { id: sessionId } = await lab.get('createSession', { name: 'Monday' });
  const request = { sessionId, name: 'quiet machine' };

  const first = await importContent('spans.csv', TABLE, request);
  const second = await importContent('copy.csv', TABLE, { sessionId });

  expect(first).toMatchObject({ outcome: 'added', record: { sessionId, name: 'quiet machine' } });
  expect(second).toMatchObject({ outcome: 'known', record: { name: 'quiet machine' } });
});

it('answers a file that cannot be imported with every fault of it, and stores nothing', async () => {
  const refused = await importContent('spans.csv', TABLE.replace('160', 'fast'));
  const unknown = await importContent('letter.txt', 'Dear reader');

  expect(refused).toEqual({
    kind: 'refused',
    fileName: 'spans.csv',
    problems: [
      'spans.csv:2: column p50_ns is "fast"; allowed: a number from 0 to 2^53 - 1 in decimal digits.',
    ],
  });
  expect(unknown).toMatchObject({ kind: 'refused', fileName: 'letter.txt' });
  expect(await lab.get('listMeasurements', null)).toEqual([]);
  expect(await lab.get('listSessions', null)).toEqual([]);
});

it('says so when the session is gone, and when the user chooses no file', async () => {
  const request = { upload: null, name: null, command: null };
  lab.user.chosenPath = null;

  expect(await lab.get('importFile', { ...request, sessionId: null })).toBeNull();
  expect(
    await lab.ask('importFile', { ...request, sessionId: '00000000-0000-4000-8000-000000000000' }),
  ).toMatchObject({ ok: false, code: 'not-found' });
});

it('renames, annotates and throws away what was measured', async () => {
  const { id } = (await importTable()).record;
  const one = { kind: 'measurement', id } as const;

  await lab.get('renameMeasurement', { id, name: 'Monday' });
  await lab.get('setNotes', { ...one, notes: 'quiet' });
  await lab.get('trash', one);
  const [trashed] = await lab.get('listMeasurements', null);
  await lab.get('restore', one);
  const [restored] = await lab.get('listMeasurements', null);
  await lab.get('trash', one);
  await lab.get('purge', one);

  expect(trashed).toMatchObject({ name: 'Monday', notes: 'quiet' });
  expect(trashed?.deletedAt).not.toBeNull();
  expect(restored?.deletedAt).toBeNull();
  expect(await lab.ask('readMeasurement', { id })).toMatchObject({ ok: false, code: 'not-found' });
});

it('takes a session file by its content, and shows it before it is merged', async () => {
  await importTable();
  const [session] = await lab.get('listSessions', null);
  lab.user.chosenPath = join(lab.folder, 'shared.foliolab');
  await lab.get('saveSessionFile', { sessionId: session?.id ?? '' });

  const opened = await lab.get('importFile', {
    ...{ upload: null, sessionId: null, name: null, command: null },
  });

  expect(opened).toMatchObject({
    kind: 'session-file',
    preview: { fileName: 'shared.foliolab', measurements: [{ name: 'spans' }] },
  });
  const ticket = opened?.kind === 'session-file' ? opened.preview.ticket : '';
  expect(await lab.get('importSessionFile', { ticket })).toMatchObject({
    importedMeasurements: 0,
    skippedMeasurements: 1,
  });
});

it('prices runs with an imported cost model, which the catalogue has from then on', async () => {
  const text = costModelText({ ...smallCostModel, id: 'my-epyc' });
  const before = await lab.get('listCatalogue', null);

  const imported = await importContent('model.json', text);
  const again = await importContent('model.json', text);
  const builtIn = await importContent('model.json', text, { name: 'textbook' });
  const after = await lab.get('listCatalogue', null);

  expect(imported).toEqual({ kind: 'cost-model', id: 'my-epyc@1', isNew: true });
  expect(again).toEqual({ kind: 'cost-model', id: 'my-epyc@1', isNew: false });
  expect(builtIn).toMatchObject({
    kind: 'refused',
    problems: [expect.stringContaining('there is a built-in cost model textbook')],
  });
  expect(after.costModels.map(({ id }) => id)).toEqual([
    ...before.costModels.map(({ id }) => id),
    'my-epyc@1',
  ]);

  const experiment = experimentText().replace('costModel: textbook', 'costModel: my-epyc');
  expect((await lab.get('checkExperiment', { text: experiment })).problems).toEqual([]);
  const { id: sessionId } = await lab.get('createSession', { name: 'Runs' });
  const { runId } = await lab.get('startRun', { text: experiment, sessionId, parentRunId: null });
  await until(() => lab.events.some(({ name }) => name === 'runEnded'));
  const { trials } = await lab.get('readRun', { id: runId });
  expect(new Set(trials.map(({ costModel }) => costModel))).toEqual(new Set(['my-epyc@1']));

  lab.user.chosenPath = join(lab.folder, 'saved.json');
  await lab.get('saveCostModel', { id: 'my-epyc@1' });
  const saved = parseCostModel(readFileSync(lab.user.chosenPath, 'utf8'), 'saved.json');
  expect(saved).toEqual({ ok: true, costModel: { ...smallCostModel, id: 'my-epyc' } });
  expect(await lab.ask('saveCostModel', { id: 'my-epyc@9' })).toMatchObject({
    ok: false,
    code: 'not-found',
  });
});
