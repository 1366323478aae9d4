import { describe, expect, it } from 'vitest';
import { PHASES } from '../counting/events.ts';
import { seedStream } from '../random.ts';
import { unitCosts } from '../testing/cost-models.ts';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { jittering, trialOn } from '../testing/trials.ts';
import type { TrialDifferences } from '../testing/trials.ts';
import { IoCosts } from './io-costs.ts';
import { BATCH_SIZE, IoStream, streamFor } from './io-stream.ts';
import { findOffsets } from './offset-space.ts';

/** Ten offsets of one page; every second one costs more. */
const layout = layoutFromText('A0 B0 A2 B2 A4 B4 A6 B6 A8 B8', { B: 4 });

function streamOn(differences: TrialDifferences = {}): { stream: IoStream; costs: IoCosts } {
  const trial = trialOn(layout, differences);
  const space = findOffsets(layout, trial.workload);
  const costs = new IoCosts(trial, space);
  return { stream: new IoStream(trial, space, costs), costs };
}

/** Pages of the next I/Os, in order. */
function drawPages(differences: TrialDifferences, ...lengths: readonly number[]): number[] {
  const { stream, costs } = streamOn(differences);
  return lengths.flatMap((length) => {
    stream.draw(length);
    return [...stream.slots.slice(0, length)].map((slot) => costs.offsetOf(slot) / 4096);
  });
}

describe('IoStream', () => {
  it('[SIM-2] goes through the offsets in order and starts over', () => {
    expect(drawPages({ workload: { access: 'sequential' } }, 7, 6)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2,
    ]);
  });

  it('[SIM-2] draws each offset as often as any other', () => {
    const pages = drawPages({}, ...Array.from({ length: 400 }, () => 250));
    const seen = new Array<number>(10).fill(0);
    for (const page of pages) seen[page] = (seen[page] ?? 0) + 1;

    // 100,000 draws over 10 offsets. Chi-square with 9 degrees of freedom exceeds 27.9 once in 1000.
    const chiSquare = seen.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(27.9);
  });

  it('[SIM-3] draws offsets from a stream of seed, replicate, layout and workload', () => {
    const trial = trialOn(layout, { seed: 5, replicate: 2 });
    const offsets = streamFor(trial, 'offsets');
    const expected = Array.from({ length: 20 }, () => offsets.nextIndex(10));

    expect(drawPages({ seed: 5, replicate: 2 }, 20)).toEqual(expected);
    expect(drawPages({ seed: 5, replicate: 2, strategy: 'folio-vec' }, 20)).toEqual(expected);
    expect(drawPages({ seed: 5, replicate: 1 }, 20)).not.toEqual(expected);
    expect(drawPages({ seed: 6, replicate: 2 }, 20)).not.toEqual(expected);
    expect(drawPages({ seed: 5, replicate: 2, workload: { count: 7 } }, 20)).not.toEqual(expected);
  });

  it('[SIM-3] tells layouts apart by their content', () => {
    const here = streamFor(trialOn(layout), 'offsets');
    const there = streamFor(trialOn(layoutFromText('A0-9')), 'offsets');

    expect(here.nextUint32()).not.toBe(there.nextUint32());
  });

  it('[SIM-3] has a stream for each phase', () => {
    const trial = trialOn(layout);
    const names = ['offsets', 'service', ...PHASES] as const;
    const first = names.map((name) => streamFor(trial, name).nextUint32());

    expect(new Set(first).size).toBe(10);
    expect(first[0]).not.toBe(seedStream('offsets').nextUint32());
  });

  it('[SIM-9] [SIM-3] multiplies the price of each phase by a factor of its own', () => {
    // A read into an array that is allocated costs something in all eight phases.
    const { stream, costs } = streamOn({
      costModel: jittering(unitCosts, 0.5),
      strategy: 'folio-vec',
      workload: { operation: 'read' },
    });
    stream.draw(BATCH_SIZE);
    const factors = PHASES.map((_phase, at) =>
      [...stream.slots].map(
        (slot, io) => (stream.phases[at]?.[io] ?? 0) / (costs.prices[slot * 8 + at] ?? 0),
      ),
    );

    for (const column of factors) {
      expect(Math.min(...column)).toBeGreaterThan(0);
      expect(new Set(column).size).toBeGreaterThan(200);
    }
    expect(new Set(factors.map(String)).size).toBe(8);
  });

  it('[SIM-9] draws for a phase that costs nothing, so that streams stay in step', () => {
    const costModel = jittering(unitCosts, 0.5);
    const free = {
      ...costModel,
      prices: { ...costModel.prices, pte_read: 0, argcheck: 5 },
    };
    const draw = (model: typeof costModel): readonly Float64Array[] => {
      const { stream } = streamOn({ costModel: model });
      stream.draw(10);
      stream.draw(10);
      return stream.phases;
    };

    const walk = PHASES.indexOf('walk');
    expect(draw(free).filter((_phase, at) => at !== walk)).toEqual(
      draw(costModel).filter((_phase, at) => at !== walk),
    );
  });

  it('[SIM-9] changes nothing without jitter', () => {
    const { stream, costs } = streamOn();
    stream.draw(3);
    const slot = stream.slots[1] ?? 0;

    expect(stream.phases.map((column) => column[1])).toEqual([
      ...costs.prices.slice(slot * 8, slot * 8 + 8),
    ]);
  });
});
