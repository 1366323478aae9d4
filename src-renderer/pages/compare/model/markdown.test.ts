import { expect, it } from 'vitest';
import { compareDocuments } from './comparison.ts';
import { createFigureReader } from './figures.ts';
import { markdownFromComparison } from './markdown.ts';
import { metricNamed } from './metrics.ts';
import { FOUR_TRIALS, sampleDocument } from '../../../testing/run-documents.ts';

it('writes a table for each metric, a row for each group and a column for each strategy', () => {
  const comparison = compareDocuments([sampleDocument(FOUR_TRIALS)], false);
  const figures = createFigureReader(comparison, 0);

  const text = markdownFromComparison({
    comparison,
    cases: comparison.cases,
    metrics: ['total.p50', 'events.kmalloc'].flatMap((name) => metricNamed(name) ?? []),
    baseline: 0,
    figures,
    readChange: (one, metric) => {
      const change = figures.changeOf(one, metric);
      return change === null
        ? null
        : { change, certainty: null, hasReplicates: false, unit: metric.unit };
    },
    warnings: ['One replicate | nothing.'],
    origin: 'Folio Lab · example',
  });

  expect(text.split('\n')).toEqual([
    '# example',
    '',
    'An example: direct-io write, layout base-4k, cost model textbook, tracer',
    'off, 1,000 I/Os a trial. Times are estimates by the cost model; counts are',
    'exact.',
    '',
    'Baseline: today. Medians over replicates; in brackets the change against',
    'the baseline. `~`: within chance, judged by a 95 % bootstrap interval over',
    'replicates. `?`: one replicate, no interval.',
    '',
    '- One replicate \\| nothing.',
    '',
    '## total p50',
    '',
    '| Block size |  today |            batch |',
    '| ---------- | -----: | ---------------: |',
    '| 4KiB       | 100 ns | 110 ns (+10 % ?) |',
    '| 128KiB     |   2 µs | 500 ns (−75 % ?) |',
    '',
    '## kmalloc',
    '',
    '| Block size | today | batch |',
    '| ---------- | ----: | ----: |',
    '| 4KiB       |     0 | 0 (=) |',
    '| 128KiB     |     0 | 0 (=) |',
    '',
    '_Folio Lab · example_',
    '',
  ]);
});
