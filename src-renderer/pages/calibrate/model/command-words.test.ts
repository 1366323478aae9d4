import { expect, it } from 'vitest';
import {
  sampleCalibration,
  sampleCostModel,
  sampleTable,
} from '../../../testing/sample-calibration.ts';
import type { FitForm } from '../../../stores/calibrate-store.ts';
import { wordsOfCalibration, wordsOfForm, wordsOfPrediction } from './command-words.ts';

it('names the files of the chosen measurements, and only what is not usual', () => {
  const { record } = sampleTable(1, { fileName: 'pins.csv' });
  const form: FitForm = {
    ...{ measurementIds: [record.id, 'gone'], name: ' mine ', title: '', machine: '' },
    start: 'textbook',
    grouping: 'tie',
  };

  expect(wordsOfForm(form, [record])).toEqual(['calibrate', 'pins.csv', '--name', 'mine']);
  expect(
    wordsOfForm(
      { ...form, title: 'My server', machine: 'Linux 6.18', start: 'mine@1', grouping: 'none' },
      [record],
    ).slice(4),
  ).toEqual([
    ...['--title', 'My server', '--machine', 'Linux 6.18'],
    ...['--start', 'mine@1', '--grouping', 'none'],
  ]);
});

it('fits the same again: to the files, from the model and as coarsely as it was', () => {
  const document = sampleCalibration();

  expect(wordsOfCalibration(document, sampleCostModel('mine@1', 'Fitted to pins.csv'))).toEqual([
    ...['calibrate', 'pins.csv', '--name', 'mine'],
  ]);
  expect(
    wordsOfCalibration(
      { ...document, startedFrom: 'epyc-6.18', tolerance: 0.225 },
      sampleCostModel('mine@1', 'My server'),
    ).slice(4),
  ).toEqual(['--title', 'My server', '--start', 'epyc-6.18', '--grouping', 'tie-more']);
});

it('puts a model beside a table', () => {
  expect(wordsOfPrediction('mine@1', 'pins.csv').join(' ')).toBe(
    'predict --cost-model mine@1 --rows pins.csv',
  );
});
