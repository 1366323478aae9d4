import { expect, it } from 'vitest';
import { chartMarkdown } from './chart-markdown.ts';
import type { ChartTable } from './chart-table.ts';
import { NO_PROVENANCE } from './provenance.ts';

it('tells the figures behind a chart with their units, and where they come from', () => {
  const table = (): ChartTable => ({
    columns: [
      { name: 'series', title: 'Series', kind: 'text' },
      { name: 'percentile', title: 'Percentile', kind: 'percentile' },
      { name: 'latency_ns', title: 'Latency', kind: 'time' },
    ],
    rows: [
      ['today', 99.9, 1234],
      ['today', 100, null],
    ],
  });

  const text = chartMarkdown(
    { title: 'Percentiles', table },
    { ...NO_PROVENANCE, experiments: ['example'], seeds: [7] },
  );

  expect(text.split('\n')).toEqual([
    '## Percentiles',
    '',
    '| Series | Percentile | Latency |',
    '| ------ | ---------: | ------: |',
    '| today  |     99.9 % | 1.23 µs |',
    '| today  |        max |       – |',
    '',
    '_Folio Lab · example · seed 7_',
    '',
  ]);
});
