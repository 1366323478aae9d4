import { expect, it } from 'vitest';
import {
  distributionsFrom,
  memoryUsesFrom,
  phaseCostsFrom,
  seriesFrom,
  tradeoffPointsFrom,
} from './chart-input.ts';
import { compareDocuments } from './comparison.ts';
import { createFigureReader } from './figures.ts';
import { METRICS, metricNamed } from './metrics.ts';
import type { Metric } from './metrics.ts';
import { FOUR_TRIALS, sampleDetail, sampleDocument } from '../../../testing/run-documents.ts';

function metric(name: string): Metric {
  return metricNamed(name) ?? METRICS.slice(0, 1)[0] ?? expect.unreachable(name);
}
const comparison = compareDocuments([sampleDocument(FOUR_TRIALS)], false);
const figures = createFigureReader(comparison, 0);

it('draws a strategy in one colour and a group in one dash', () => {
  const styles = seriesFrom(comparison, comparison.cases, 10).map(({ name, style }) => [
    name,
    style.colour,
    style.dash,
  ]);

  expect(styles).toEqual([
    ['today · 4KiB', 0, 0],
    ['batch · 4KiB', 1, 0],
    ['today · 128KiB', 0, 1],
    ['batch · 128KiB', 1, 1],
  ]);
});

it('draws a distribution when all its replicates have been read, pooled', () => {
  const replicated = compareDocuments(
    [sampleDocument([{ replicate: 0 }, { replicate: 1 }, { strategy: 'batch', replicate: 0 }])],
    false,
  );
  const series = seriesFrom(replicated, replicated.cases, 10);
  const known = new Set(replicated.cases[0]?.trials.map(({ trial }) => trial.id));

  const drawn = distributionsFrom(series, 'total', (_, trialId) =>
    known.has(trialId) ? sampleDetail(trialId, 10) : undefined,
  );

  expect(drawn.map(({ name, distribution }) => [name, distribution.total])).toEqual([
    ['today', 20],
  ]);
});
it('takes medians of means for the cost of phases, and leaves out what could not run', () => {
  const run = sampleDocument([
    { replicate: 0, ns: 10 },
    { replicate: 1, ns: 30 },
    { strategy: 'batch', reason: 'too small' },
  ]);
  const own = compareDocuments([run], false);

  const costs = phaseCostsFrom(seriesFrom(own, own.cases, 10));

  expect(costs.map(({ name, meanNs }) => [name, meanNs.walk])).toEqual([['today', 20]]);
});

it('reads memory of one I/O by source', () => {
  const own = compareDocuments([sampleDocument([{ resultBytes: 1024, count: 50 }])], false);

  const [use] = memoryUsesFrom(seriesFrom(own, own.cases, 10));

  expect(use?.sources).toEqual([
    { source: 'result/kmalloc-1k', countPerIo: 1, bytesPerIo: 1024, peakBytes: 1024 },
  ]);
});

it('makes a point of every case, named by its group', () => {
  const axes = { x: metric('allocations.bytes'), y: metric('total.p50') };
  const selected = new Set([comparison.cases[1]?.id ?? '']);

  const points = tradeoffPointsFrom(comparison, comparison.cases, selected, axes, figures, 10);

  expect(
    points.map(({ subject, group, y, isSelected }) => [subject, group, y, isSelected]),
  ).toEqual([
    ['today', '4KiB', 100, false],
    ['batch', '4KiB', 110, true],
    ['today', '128KiB', 2000, false],
    ['batch', '128KiB', 500, false],
  ]);
});
