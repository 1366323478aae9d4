import { expect, it } from 'vitest';
import { compareDocuments } from './comparison.ts';
import { createFigureReader } from './figures.ts';
import { metricNamed } from './metrics.ts';
import { parallelFrom } from './parallel-input.ts';
import { FOUR_TRIALS, otherRun, sampleDocument } from '../../../testing/run-documents.ts';

const metrics = ['total.p50'].flatMap((name) => metricNamed(name) ?? []);

it('has an axis for what is compared, for each parameter by which cases differ, and for each figure', () => {
  const comparison = compareDocuments([sampleDocument(FOUR_TRIALS)], false);
  const { cases } = comparison;
  const selected = new Set([cases[3]?.id ?? '']);
  const figures = createFigureReader(comparison, 0);

  const { axes, lines } = parallelFrom(comparison, cases, selected, metrics, figures, 10);

  expect(axes).toEqual([
    { kind: 'parameter', title: 'Strategy', name: 'strategy', values: ['today', 'batch'] },
    { kind: 'parameter', title: 'Block size', name: 'block_size', values: ['4KiB', '128KiB'] },
    { kind: 'figure', title: 'total p50', name: 'total_p50_ns', quantity: 'time' },
  ]);
  expect(lines.map(({ name, isSelected, values }) => [name, isSelected, values])).toEqual([
    ['today · 4KiB', false, [0, 0, 100]],
    ['batch · 4KiB', false, [1, 0, 110]],
    ['today · 128KiB', false, [0, 1, 2000]],
    ['batch · 128KiB', true, [1, 1, 500]],
  ]);
});

it('has what tells runs apart as an axis, and a gap for what could not run', () => {
  const other = otherRun([{ costModel: 'epyc', reason: 'too small' }]);
  const comparison = compareDocuments([sampleDocument([{}]), other], false);
  const figures = createFigureReader(comparison, 0);

  const { cases } = comparison;
  const { axes, lines } = parallelFrom(comparison, cases, new Set(), metrics, figures, 10);

  expect(axes.map(({ title }) => title)).toEqual(['Run', 'Cost model', 'total p50']);
  expect(lines.map(({ values }) => values)).toEqual([
    [0, 0, 100],
    [1, 1, null],
  ]);
});
