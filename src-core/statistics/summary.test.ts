import { describe, expect, it } from 'vitest';
import { Histogram } from './histogram.ts';
import { summariseHistogram } from './summary.ts';

describe('summariseHistogram', () => {
  it('[STAT-1] gives count, extremes, percentiles and mean', () => {
    const histogram = new Histogram();
    for (let value = 1; value <= 1000; value++) {
      histogram.record(value / 1000);
    }

    expect(summariseHistogram(histogram)).toEqual({
      count: 1000,
      minNs: 0.001,
      p50Ns: 0.5,
      p90Ns: 0.9,
      p99Ns: 0.99,
      p999Ns: 0.999,
      maxNs: 1,
      meanNs: 0.5005,
    });
  });

  it('[STAT-1] gives no figure for an empty histogram', () => {
    const { count, ...times } = summariseHistogram(new Histogram());

    expect(count).toBe(0);
    expect(Object.values(times).every(Number.isNaN)).toBe(true);
  });
});
