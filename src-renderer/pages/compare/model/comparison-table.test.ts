import { expect, it } from 'vitest';
import { visibleTable } from '../../../components/data-table/columns.ts';
import { compareDocuments } from './comparison.ts';
import { tableOf, tableWithChanges } from './comparison-table.ts';
import { measureCertainty } from './differences.ts';
import { createFigureReader } from './figures.ts';
import { metricNamed } from './metrics.ts';
import { trialColumns } from './trial-columns.ts';
import { sampleDocument } from '../../../testing/run-documents.ts';

const replicates = [0, 1, 2];
const comparison = compareDocuments(
  [
    sampleDocument([
      ...replicates.map((replicate) => ({ replicate, ns: 100 })),
      ...replicates.map((replicate) => ({ strategy: 'batch', replicate, ns: 40 })),
    ]),
  ],
  false,
);
const figures = createFigureReader(comparison, 0);
const wanted = ['subject', 'blockSize', 'total.p50', 'total.p50.change'];
const columns = trialColumns(comparison, figures, 'percent').filter(({ id }) =>
  wanted.includes(id),
);
const table = visibleTable(columns, comparison.cases, ({ id }) => id);

it('heads a column by its unit, and a share as one', () => {
  expect(tableOf(table)).toEqual({
    columns: [
      { name: 'subject' },
      { name: 'block_size' },
      { name: 'total_p50_ns' },
      { name: 'total_p50_ns_change_share' },
    ],
    rows: [
      ['today', 4096, 100, null],
      ['batch', 4096, 40, -0.6],
    ],
  });
});

it('has what the cells say of changes in columns of their own, none for the baseline', () => {
  const withChanges = tableWithChanges(table, comparison.cases, (one, metric) => {
    const change = figures.changeOf(one, metric);
    const pair = figures.samplesOf(one, metric);
    if (change === null || pair === null) return null;
    const certainty = measureCertainty(pair.baseline, pair.candidate);
    return { change, certainty, hasReplicates: true, unit: metric.unit };
  });

  expect(withChanges.columns.map(({ name }) => name).slice(2, 7)).toEqual([
    metricNamed('total.p50')?.csvName,
    'change_total_p50_ns',
    'change_lower_total_p50_ns',
    'change_upper_total_p50_ns',
    'within_chance_total_p50_ns',
  ]);
  expect(withChanges.rows.map((row) => row.slice(2, 7))).toEqual([
    [100, null, null, null, null],
    [40, -60, -60, -60, 'no'],
  ]);
});
