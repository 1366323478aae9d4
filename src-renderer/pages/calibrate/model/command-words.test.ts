import { expect, it } from 'vitest';
import {
  sampleCalibration,
  sampleCostModel,
  sampleTable,
} from '../../../testing/sample-calibration.ts';
import type { FitForm } from '../../../stores/calibrate-store.ts';
import { wordsOfCalibration, wordsOfForm, wordsOfPrediction } from './command-words.ts';

it('names the chosen measurements, and only what is not usual', () => {
  const form: FitForm = {
    ...{ measurementIds: ['id-1', 'id-2'], name: ' mine ', title: '', machine: '' },
    start: 'textbook',
    grouping: 'tie',
  };

  expect(wordsOfForm(form).join(' ')).toBe('calibrate id-1 id-2 --name mine');
  expect(
    wordsOfForm({
      ...form,
      ...{ title: 'My server', machine: 'Linux 6.18', start: 'mine@1', grouping: 'none' },
    }).slice(5),
  ).toEqual([
    ...['--title', 'My server', '--machine', 'Linux 6.18'],
    ...['--start', 'mine@1', '--grouping', 'none'],
  ]);
});

it('fits the same again: to the same bytes, from the same model and as coarsely', () => {
  const document = sampleCalibration();
  const [{ sha256 } = { sha256: '' }] = document.files;
  const trashed = sampleTable(1, { sha256, deletedAt: '2026-03-02T09:00:00.000Z' }).record;
  const kept = sampleTable(2, { sha256 }).record;
  const model = sampleCostModel('mine@1', 'Fitted to pins.csv');

  expect(wordsOfCalibration(document, model, [trashed, kept])).toEqual([
    ...['calibrate', kept.id, '--name', 'mine'],
  ]);
  expect(
    wordsOfCalibration(
      { ...document, startedFrom: 'epyc-6.18', tolerance: 0.225 },
      { ...model, title: 'My server' },
      [trashed],
    ),
  ).toEqual([
    ...['calibrate', 'pins.csv', '--name', 'mine', '--title', 'My server'],
    ...['--start', 'epyc-6.18', '--grouping', 'tie-more'],
  ]);
});

it('puts a model beside a table', () => {
  expect(wordsOfPrediction('mine@1', 'id-1').join(' ')).toBe(
    'predict --cost-model mine@1 --rows id-1',
  );
});
