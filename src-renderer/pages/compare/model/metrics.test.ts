import { expect, it } from 'vitest';
import { readMetric, resultTables, unitOfMetric } from '#contract';
import { DEFAULT_METRIC_NAMES, metricNamed, METRICS } from './metrics.ts';
import { sampleTrial } from '../../../testing/run-documents.ts';

it('names its metrics as the command line does, with the same units', () => {
  for (const { name, unit } of METRICS) {
    const reading = readMetric(name);
    expect(reading.ok ? unitOfMetric(reading.metric) : name).toBe(unit);
  }
});

it('heads the columns of a file as the exported tables do', () => {
  const known = new Set(resultTables[0]?.columns.map(({ name }) => name));
  const isOfMemory = (name: string): boolean => name.startsWith('allocations.');

  const unknown = METRICS.filter(({ name, csvName }) => !isOfMemory(name) && !known.has(csvName));

  expect(unknown.map(({ csvName }) => csvName)).toEqual([]);
});

it('has a name and a heading of its own for every metric', () => {
  const count = METRICS.length;

  expect([
    new Set(METRICS.map(({ name }) => name)).size,
    new Set(METRICS.map(({ title }) => title)).size,
    new Set(METRICS.map(({ csvName }) => csvName)).size,
  ]).toEqual([count, count, count]);
});

it('reads figures of one I/O off a trial, and none off one that could not run', () => {
  const names = [...DEFAULT_METRIC_NAMES, 'events.kmalloc', 'allocations.peakBytes', 'iops'];
  const trial = sampleTrial({ ns: 200, kmalloc: 1, resultBytes: 1024 });
  const stopped = sampleTrial({ reason: 'too small' });

  expect(names.map((name) => metricNamed(name)?.valueOf(trial))).toEqual([
    200, 200, 200, 0, 1, 1024, 1, 1024, 5e6,
  ]);
  expect(METRICS.every(({ valueOf }) => valueOf(stopped) === null)).toBe(true);
});
