import { expect, it } from 'vitest';
import { sampleId, sampleSession } from '../../../testing/lab-contents.ts';
import { sampleCostModel, sampleTable } from '../../../testing/sample-calibration.ts';
import type { FitForm } from '../../../stores/calibrate-store.ts';
import { measurementGroups, modelGroups, nameHint, nameProblem, waitReason } from './fit-form.ts';

const MODELS = ['textbook', 'mine@1', 'mine@3'].map((id) => sampleCostModel(id));
const FORM: FitForm = {
  ...{ measurementIds: ['a'], name: 'mine', title: '', machine: '' },
  start: 'textbook',
  grouping: 'tie',
};

it('offers measurements that prices can be fitted to, by session, and none from the trash', () => {
  const [reads, gone] = [
    sampleSession({ id: sampleId('session', 1), name: 'Reads' }),
    sampleSession({ id: sampleId('session', 2), deletedAt: '2026-03-02T09:00:00.000Z' }),
  ];
  const measurements = [
    sampleTable(1, { name: 'pins' }),
    sampleTable(2, { kind: 'gup-test', name: 'gup' }),
    sampleTable(3, { kind: 'fio' }),
    sampleTable(4, { deletedAt: '2026-03-02T09:00:00.000Z' }),
    sampleTable(5, { sessionId: gone.id }),
  ].map(({ record }) => record);

  const groups = measurementGroups(measurements, new Map([reads, gone].map((s) => [s.id, s])));

  expect(
    groups.map(({ title, measurements: own }) => [title, own.map(({ name }) => name)]),
  ).toEqual([['Reads', ['gup', 'pins']]]);
});

it('tells models of the library from built-in ones', () => {
  expect(
    modelGroups(MODELS).map(({ title, models }) => [title, models.map(({ id }) => id)]),
  ).toEqual([
    ['In the library', ['mine@1', 'mine@3']],
    ['Built in', ['textbook']],
  ]);
  expect(modelGroups(MODELS.slice(0, 1)).map(({ title }) => title)).toEqual(['Built in']);
});

it('says what is wrong with a name, and which version a known one becomes', () => {
  expect(
    ['', 'mine', 'my model', 'mine@2', 'a.json', 'textbook'].map((name) =>
      nameProblem(name, MODELS),
    ),
  ).toEqual([
    null,
    null,
    expect.stringContaining('Letters, digits'),
    expect.stringContaining('Letters, digits'),
    expect.stringContaining('Letters, digits'),
    'There is a built-in model textbook.',
  ]);
  expect(nameHint('mine', MODELS)).toBe('mine@3 is in the library; other prices become @4.');
  expect(nameHint('other', MODELS)).toBeNull();
});

it('waits for measurements and a name that can be had', () => {
  expect(waitReason(FORM, MODELS)).toBeNull();
  expect(waitReason({ ...FORM, measurementIds: [] }, MODELS)).toMatch(/^Choose measurements/);
  expect(waitReason({ ...FORM, name: ' ' }, MODELS)).toMatch(/^Give the new model a name/);
  expect(waitReason({ ...FORM, name: 'textbook' }, MODELS)).toMatch(/built-in/);
});
