import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENTS, LATENCY_PHASES } from '#core';
import { FIGURES } from '../figures.ts';
import { latencySummary } from '../latency.ts';
import { experimentFile, simulatedTrials } from '../testing/simulated-trials.ts';
import { readMetric, unitOfMetric, valueOfMetric } from './metric.ts';

function metric(text: string) {
  const reading = readMetric(text);
  if (!reading.ok) throw new Error(reading.message);
  return reading.metric;
}

/** Values of metrics on the trial of one strategy: 128 KiB on 128 KiB folios, tracer off. */
function valuesOf(strategy: string, metrics: readonly string[]): number[] {
  const trial = simulatedTrials(experimentFile()).find(
    ({ parameters }) =>
      parameters.strategy.name === strategy &&
      parameters.layoutName === 'large' &&
      parameters.workload.blockBytes === 131_072 &&
      parameters.tracer === 'off',
  );
  if (trial?.result.status !== 'done') throw new Error('the trial did not run');
  const { result, parameters } = trial;
  return metrics.map((text) => valueOfMetric(metric(text), result, parameters.strategy));
}

describe('the name of a metric', () => {
  it('is a latency, an event, a figure, an allocation or a rate', () => {
    const names = [
      ...LATENCY_PHASES.map((phase) => `${phase}.p99`),
      ...EVENTS.map((event) => `events.${event}`),
      ...FIGURES.map(({ name }) => `figures.${name}`),
      'walk+grab+add.mean',
      'allocations.count',
      'allocations.result.bytes',
      'allocations.bio.peakBytes',
      'iops',
      'cpuNsPerIo',
      'tracedCalls',
    ];

    expect(names.filter((name) => !readMetric(name).ok)).toEqual([]);
  });

  it('is refused in one sentence otherwise', () => {
    const messages = [
      'total.p98',
      'walk+wait',
      'wark.mean',
      'walk+grab.p99',
      'walk+walk.mean',
      'events.lock_ops',
      'figures.pages',
      'allocations.page.bytes',
    ].map((name) => {
      const reading = readMetric(name);
      return reading.ok ? 'accepted' : reading.message.split('; ')[0];
    });

    expect(messages).toEqual([
      'found "total.p98"',
      'found "walk+wait"',
      'unknown phase "wark"',
      'found p99 of several phases',
      'phase walk is named twice',
      'unknown event "lock_ops"',
      'unknown figure "pages"',
      'found allocations.page.bytes',
    ]);
  });

  it('can be any text at all', () => {
    assert(
      property(string(), (text) => {
        const reading = readMetric(text);
        expect(reading.ok || reading.message.length > 0).toBe(true);
      }),
    );
  });
});

describe('the value of a metric', () => {
  it('is that of one I/O, but for what is held at a moment', () => {
    expect(
      valuesOf('pages', [
        'events.lock_op',
        'events.kmalloc',
        'figures.pagesPerIo',
        'allocations.count',
        'allocations.bio.bytes',
        'allocations.bio.peakBytes',
        'allocations.result.bytes',
      ]),
    ).toEqual([160, 0, 32, 1, 1024, 1024, 0]);
  });

  it('[TRC-3] counts 135 traced calls page by page, 9 with folio ranges, whether or not it is traced', () => {
    expect(valuesOf('pages', ['tracedCalls'])).toEqual([135]);
    expect(valuesOf('batch', ['tracedCalls'])).toEqual([9]);
  });

  it('adds the means of several phases up', () => {
    const [walk = 0, grab = 0, both] = valuesOf('pages', [
      'walk.mean',
      'grab.mean',
      'walk+grab.mean',
    ]);

    expect(both).toBe(walk + grab);
    expect(walk).toBeGreaterThan(0);
  });

  it('has the unit of the metric', () => {
    expect(
      [
        'total.p50',
        'cpuNsPerIo',
        'figures.stackBytesMost',
        'allocations.bytes',
        'events.put',
        'iops',
      ]
        .map(metric)
        .map(unitOfMetric),
    ).toEqual(['ns', 'ns', 'bytes', 'bytes', 'count', 'count']);
  });

  it('of a distribution that holds nothing is zero', () => {
    const empty = {
      indices: new Uint32Array(0),
      counts: new Float64Array(0),
      count: 0,
      sumPs: 0,
      minPs: 0,
      maxPs: 0,
    };

    expect(latencySummary(empty)).toEqual({ p50: 0, p90: 0, p99: 0, p999: 0, max: 0, mean: 0 });
  });
});
