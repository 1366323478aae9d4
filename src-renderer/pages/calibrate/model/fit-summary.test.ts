import { expect, it } from 'vitest';
import { sampleCalibration, sampleResidual } from '../../../testing/sample-calibration.ts';
import { accuracyMarkdown } from './accuracy-markdown.ts';
import { factorScale } from './factor-scale.ts';
import { factsOf, meanError, percentText, warningOf } from './fit-summary.ts';

const DOCUMENT = sampleCalibration({
  residuals: [
    sampleResidual({ errorPercent: -8 }),
    sampleResidual({ line: 3, layout: 'thp2m', errorPercent: 2, leftOutErrorPercent: null }),
  ],
  accuracy: [
    {
      part: 'pin_span hot',
      rows: 2,
      mapePercent: 5,
      unscaledMapePercent: 6,
      leftOutMapePercent: null,
      leftOutRows: 0,
    },
  ],
});

it('takes the mean of the sizes of errors, of those that are known', () => {
  expect(meanError([-8, 2, null])).toBe(5);
  expect(meanError([null])).toBeNull();
  expect([percentText(5), percentText(null)]).toEqual(['5.00 %', '–']);
});

it('sums a calibration up in a line of figures', () => {
  expect(factsOf(DOCUMENT).map(({ title, text }) => [title, text])).toEqual([
    ['Rows fitted', '2 of 10'],
    ['Layouts', '2'],
    ['Runs', '1'],
    ['Prices told apart', '0'],
    ['MAPE', '5.00 %'],
    ['Layout left out', '6.00 %'],
    ['Worst row', '−8 %'],
  ]);
  expect(factsOf({ ...DOCUMENT, worst: null }).at(-1)?.text).toBe('–');
});

it('warns of kinds of rows that the model is far off for, the worst first', () => {
  const [part] = DOCUMENT.accuracy;
  if (part === undefined) throw new Error('no accuracy');
  const accuracy = [
    { ...part, part: 'good', mapePercent: 20 },
    { ...part, part: 'bad', mapePercent: 20.5 },
    { ...part, part: 'worse', mapePercent: 31 },
  ];

  expect(warningOf(DOCUMENT)).toBeNull();
  expect(warningOf({ ...DOCUMENT, accuracy })).toBe(
    'The mean error is above 20 % for worse (31.00 %), bad (20.50 %).',
  );
});

it('is copied as Markdown that a mail keeps', () => {
  const lines = accuracyMarkdown('mine@1', DOCUMENT).split('\n');

  expect(lines[0]).toMatch(/^Cost model mine@1, fitted by Folio Lab: rows fitted 2 of 10,/);
  expect(lines).toContain('| pin_span hot |      2 | 5.00 % |          6.00 % |               – |');
});

it('puts factors on a logarithmic scale that holds their intervals and the starting price', () => {
  const scale = factorScale([
    { prices: [], multiplier: 10, interval: [4, 100] },
    { prices: [], multiplier: 0, interval: [0, 0.02] },
  ]);
  const places = [0, 0.01, 1, 10, 100].map(scale.positionOf);

  expect(places[0]).toBe(places[1]);
  expect(places.toSorted((a, b) => a - b)).toEqual(places);
  expect(places.every((place) => place > 0 && place < 1)).toBe(true);
  expect((places[2] ?? 0) - (places[1] ?? 0)).toBeCloseTo((places[4] ?? 0) - (places[2] ?? 0));
});
