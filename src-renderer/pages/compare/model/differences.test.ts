import { expect, it } from 'vitest';
import { bootstrapDifference, seedStream } from '#core';
import { compareDocuments } from './comparison.ts';
import type { Case } from './comparison.ts';
import { changeBetween, measureCertainty, medianOfSample, sampleOf } from './differences.ts';
import type { Sample } from './differences.ts';
import { metricNamed } from './metrics.ts';
import type { Metric } from './metrics.ts';
import { sampleDocument } from '../../../testing/run-documents.ts';
import type { TrialFields } from '../../../testing/run-documents.ts';

function metric(name: string): Metric {
  const found = metricNamed(name);
  if (found === undefined) throw new Error(`no metric ${name}`);
  return found;
}
function casesOf(trials: readonly TrialFields[]): readonly Case[] {
  return compareDocuments([sampleDocument(trials)], false).cases;
}
function samplesOf(trials: readonly TrialFields[]): readonly Sample[] {
  return casesOf(trials).flatMap((one) => sampleOf(one, metric('total.p50')) ?? []);
}
const replicates = (strategy: string, figures: readonly number[]): readonly TrialFields[] =>
  figures.map((ns, replicate) => ({ strategy, ns, replicate }));

it('measures the replicates of a case by their median', () => {
  const [sample] = samplesOf(replicates('today', [10, 30, 20]));

  expect(sample && [sample.figures, medianOfSample(sample)]).toEqual([[10, 30, 20], 20]);
});

it('has no sample where no replicate could run', () => {
  const [one] = casesOf([{ reason: 'the layout is too small' }]);

  expect(one && sampleOf(one, metric('total.p50'))).toBeNull();
});

it('tells a change as a difference and a share, and of nothing as a difference alone', () => {
  expect([changeBetween(200, 150), changeBetween(0, 3)]).toEqual([
    { delta: -50, share: -0.25 },
    { delta: 3, share: null },
  ]);
});

it('[STAT-2] has the interval the command line has: paired, from the same stream', () => {
  const before = [100, 120, 140, 90];
  const after = [80, 97, 121, 70];
  const [baseline, candidate] = samplesOf([
    ...replicates('today', before),
    ...replicates('batch', after),
  ]);

  const certainty = baseline && candidate && measureCertainty(baseline, candidate);

  const random = seedStream('compare', ...before, ...after);
  const options = { resamples: 2000, confidence: 0.95 };
  const interval = bootstrapDifference(before, after, random, 'same-seeds', options);
  expect(certainty).toEqual({
    lower: interval.lower,
    upper: interval.upper,
    isIndistinguishable: false,
  });
});

it('[STAT-3] finds no difference where the replicates show none, and cannot say of one', () => {
  const [noisy, noisier] = samplesOf([
    ...replicates('today', [100, 110, 90]),
    ...replicates('batch', [101, 108, 91]),
  ]);
  const [one, other] = samplesOf([...replicates('today', [1]), ...replicates('batch', [2])]);

  expect([
    noisy && noisier && measureCertainty(noisy, noisier)?.isIndistinguishable,
    one && other && measureCertainty(one, other),
  ]).toEqual([true, null]);
});

it('takes counts that are the same in every replicate for what they are', () => {
  const [baseline, candidate] = samplesOf([
    ...replicates('today', [5, 5]),
    ...replicates('batch', [4, 4]),
  ]);

  expect(baseline && candidate && measureCertainty(baseline, candidate)).toEqual({
    lower: -1,
    upper: -1,
    isIndistinguishable: false,
  });
});
