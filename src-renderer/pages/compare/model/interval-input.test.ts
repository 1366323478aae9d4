import { expect, it } from 'vitest';
import { seriesFrom } from './chart-input.ts';
import { compareDocuments } from './comparison.ts';
import { createFigureReader } from './figures.ts';
import { changeIntervalsFrom } from './interval-input.ts';
import { metricNamed, METRICS } from './metrics.ts';
import { FOUR_TRIALS, sampleDocument } from '../../../testing/run-documents.ts';

it('holds what is drawn against the baseline, which has no change itself', () => {
  const comparison = compareDocuments([sampleDocument(FOUR_TRIALS)], false);
  const figures = createFigureReader(comparison, 0);
  const series = seriesFrom(comparison, comparison.cases.slice(2), 10);
  const metric = metricNamed('total.p50') ?? METRICS.slice(0, 1)[0] ?? expect.unreachable();
  const certainty = { lower: -1600, upper: -1400, isIndistinguishable: false };

  const changes = changeIntervalsFrom(series, metric, figures, (one) => {
    const change = figures.changeOf(one, metric);
    return change === null ? null : { change, certainty, hasReplicates: true, unit: metric.unit };
  });

  expect(changes).toMatchObject([
    {
      name: 'batch',
      delta: -1500,
      interval: { lower: -1600, upper: -1400 },
      isIndistinguishable: false,
      baseline: 2000,
      replicates: 1,
    },
  ]);
});
