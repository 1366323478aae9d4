import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseFio } from '#contract';
import type { FioDocument, FioLatency } from '#contract';
import { percentileNs } from '../charts/distribution.ts';
import { distributionFromFio } from './fio-distribution.ts';
import { measuredSeriesOf, measurementOfSeries, tellingSeries } from './measured-series.ts';

const LATENCY: FioLatency = {
  minNs: 10,
  maxNs: 900,
  meanNs: 100,
  stddevNs: 50,
  percentiles: [],
  bins: [],
};

function fixture(name: string): FioDocument {
  const path = new URL(`../../src-main/lab/measured/fixtures/${name}`, import.meta.url);
  const read = parseFio(readFileSync(path, 'utf8'));
  if (!read.ok) throw new Error(JSON.stringify(read));
  return read.document;
}

it('draws the bins of JSON+ with the exact maximum', () => {
  const distribution = distributionFromFio(
    {
      ...LATENCY,
      bins: [
        [10, 3],
        [900, 1],
      ],
    },
    4,
  );

  expect(distribution).toMatchObject({ count: [3, 1], total: 4, maxNs: 900 });
  expect([0.5, 0.75, 1].map((share) => distribution && percentileNs(distribution, share))).toEqual([
    10, 10, 900,
  ]);
});

it('draws percentiles as steps that give them back', () => {
  const percentiles = [
    { percent: 50, ns: 80 },
    { percent: 90, ns: 200 },
    { percent: 99, ns: 400 },
  ];
  const distribution = distributionFromFio({ ...LATENCY, percentiles }, 1000);

  expect(distribution?.total).toBe(1000);
  expect(
    [0.5, 0.9, 0.99, 1].map((share) => distribution && percentileNs(distribution, share)),
  ).toEqual([80, 200, 400, 900]);
});

it('draws nothing of a latency without bins and percentiles', () => {
  expect(distributionFromFio(LATENCY, 10)).toBeNull();
});

it('names each latency of each job and direction, and says which file it is of', () => {
  const two = measuredSeriesOf({ id: 'm', name: 'two.json' }, fixture('fio-two-jobs.json'));
  const plus = measuredSeriesOf({ id: 'm', name: 'plus' }, fixture('fio-json-plus.json'));

  expect(new Set(two.map(({ id }) => id)).size).toBe(two.length);
  expect(two.every(({ name }) => name.startsWith('measured: two.json, '))).toBe(true);
  expect(new Set(two.map(({ name }) => name)).size).toBe(two.length);
  expect(plus.every(({ hasBins }) => hasBins)).toBe(true);
  expect(two.map(({ id }) => measurementOfSeries(id))).toEqual(two.map(() => 'm'));
});

it('shows total latencies at first, or completion latencies where there are no others', () => {
  const plus = measuredSeriesOf({ id: 'm', name: 'plus' }, fixture('fio-json-plus.json'));
  const found = tellingSeries(plus).map(({ latency }) => latency);

  expect(found.length).toBeGreaterThan(0);
  expect(new Set(found).size).toBe(1);
  expect(found[0]).toBe(plus.some(({ latency }) => latency === 'lat') ? 'lat' : 'clat');
});
