import { expect, it } from 'vitest';
import { compareDocuments } from './comparison.ts';
import { createFigureReader } from './figures.ts';
import { metricNamed } from './metrics.ts';
import { mostTellingGroup, narrowedBy, valuesOf } from './selection.ts';
import { FOUR_TRIALS, sampleDocument } from '../../../testing/run-documents.ts';

const comparison = compareDocuments(
  [sampleDocument([...FOUR_TRIALS, { strategy: 'today', blockSize: 16_384 }])],
  false,
);

it('keeps what has one of the wanted values of every parameter', () => {
  const facets = { blockSize: [4096, 16_384], strategy: ['today'], layout: [] };

  const left = narrowedBy(comparison.cases, facets);

  expect(left.map(({ parameters }) => [parameters.strategy, parameters.blockSize])).toEqual([
    ['today', 4096],
    ['today', 16_384],
  ]);
});

it('lists sizes by size and words as they came', () => {
  expect([valuesOf(comparison.cases, 'blockSize'), valuesOf(comparison.cases, 'strategy')]).toEqual(
    [
      [4096, 16_384, 131_072],
      ['today', 'batch'],
    ],
  );
});

it('begins with the group in which most changes', () => {
  const metric = metricNamed('total.p50');
  const figures = createFigureReader(comparison, 0);

  const ids = metric && mostTellingGroup(comparison, figures, metric);

  expect(ids).toEqual(
    comparison.cases
      .filter(({ parameters }) => parameters.blockSize === 131_072)
      .map(({ id }) => id),
  );
});
