import { describe, expect, it } from 'vitest';
import { createLedger, eventTotal } from '../counting/events.ts';
import { ModelError } from '../errors.ts';
import { createCounter } from '../counting/counter.ts';
import { PRESETS } from '../strategy/presets.ts';
import { unitCosts } from '../testing/cost-models.ts';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { explainOn } from '../testing/explained.ts';
import { deviceWith, finished, jittering, meanNs, trialOn } from '../testing/trials.ts';
import { streamFor } from './io-stream.ts';
import { findOffsets, offsetAt } from './offset-space.ts';
import { simulate } from './simulate.ts';
import { LATENCY_PHASES } from './trial-result.ts';

/** Four blocks of four pages: of 1, 2, 3 and 4 folio runs. */
const blocks = layoutFromText('A0-3 B0-1 B4-5 C0 D0 E0-1 F0 G0 H0 I0', { A: 2, B: 3, E: 1 });
const fourPages = { blockBytes: 4 * 4096 };

describe('a trial', () => {
  it('[SIM-1] gives the same bytes again', () => {
    const differences = {
      workload: {
        ...fourPages,
        threads: 2,
        queueDepth: 4,
        device: deviceWith(5000, 2, 'exponential'),
      },
      costModel: jittering(unitCosts, 0.3),
    };

    expect(finished(trialOn(blocks, differences))).toEqual(finished(trialOn(blocks, differences)));
  });

  it('[SIM-3] of another seed or replicate draws other I/Os', () => {
    const ledgerOf = (differences: { seed?: number; replicate?: number }): Float64Array =>
      finished(trialOn(blocks, { ...differences, workload: fourPages })).ledger;

    expect(ledgerOf({ seed: 2 })).not.toEqual(ledgerOf({}));
    expect(ledgerOf({ replicate: 1 })).not.toEqual(ledgerOf({}));
    expect(ledgerOf({ replicate: 1 })).not.toEqual(ledgerOf({ replicate: 2 }));
  });

  it('[SIM-2] goes through the offsets in ascending order and starts over', () => {
    // v7.0 makes a vector of each run: 1 + 2 + 3 + 4, then 1 + 2.
    const { ledger } = finished(
      trialOn(blocks, { workload: { ...fourPages, access: 'sequential', count: 6 } }),
    );

    expect(eventTotal(ledger, 'bvec_new')).toBe(10 + 3);
  });

  it('[SIM-4] leaves out what runs before measuring', () => {
    // Three to warm up, then the fourth block and the first: 4 + 1 vectors.
    const result = finished(
      trialOn(blocks, {
        workload: { ...fourPages, access: 'sequential', warmUpCount: 3, count: 2 },
      }),
    );

    expect(eventTotal(result.ledger, 'bvec_new')).toBe(5);
    expect(result.samples).toBe(2);
    expect(LATENCY_PHASES.map((phase) => result.latency[phase].count)).toEqual(
      LATENCY_PHASES.map(() => 2),
    );
  });

  it('[SIM-3] measures all strategies on the same I/Os', () => {
    // Head pages cannot describe this memory.
    const ids = PRESETS.map(({ id }) => id).filter((id) => id !== 'folio-head');
    const seen = ids.map((id) => {
      const { figures } = finished(trialOn(blocks, { strategy: id, workload: fourPages }));
      return [figures.pagesPerIo, figures.folioRunsPerIo, figures.physicalRunsPerIo];
    });

    expect(seen).toEqual(ids.map(() => seen[0]));
    // About 2.5 runs, and no strategy decides how many.
    expect(seen[0]?.[1]).toBeGreaterThan(2.3);
    expect(seen[0]?.[1]).toBeLessThan(2.7);
  });

  it('[SIM-3] gives each phase jitter of its own', () => {
    const costModel = jittering(unitCosts, 0.4);
    const freeAdds = { ...costModel.prices, bvec_new: 0, contig_cmp: 0, pagemap: 0 };
    const here = finished(trialOn(blocks, { workload: fourPages, costModel }));
    const there = finished(
      trialOn(blocks, { workload: fourPages, costModel: { ...costModel, prices: freeAdds } }),
    );

    expect(there.latency.add).not.toEqual(here.latency.add);
    expect({ ...there.latency, add: null, total: null }).toEqual({
      ...here.latency,
      add: null,
      total: null,
    });
  });

  it('[SIM-4] counts exactly the I/Os it drew', () => {
    const trial = trialOn(blocks, {
      workload: { ...fourPages, operation: 'read', offsetBytes: 1536, warmUpCount: 100 },
      strategy: 'folio-batch',
    });
    const offsets = streamFor(trial, 'offsets');
    const space = findOffsets(blocks, trial.workload);
    const counter = createCounter(trial.strategy.policies);
    const expected = createLedger();
    const ledger = createLedger();
    for (let io = 0; io < 1100; io += 1) {
      const offset = offsetAt(space, offsets.nextIndex(space.size));
      if (io < 100) continue;
      counter.count(
        {
          layout: blocks,
          request: { api: 'direct-io', op: 'read', path: 'async', offset, length: 4 * 4096 },
        },
        ledger,
      );
      for (const [at, count] of ledger.entries()) expected[at] = (expected[at] ?? 0) + count;
    }

    expect(space.size).toBe(3);
    expect(finished(trial).ledger).toEqual(expected);
  });

  it('[SIM-9] has jitter in its times and in no count', () => {
    const still = finished(trialOn(blocks, { workload: { ...fourPages, count: 20_000 } }));
    const shaken = finished(
      trialOn(blocks, {
        workload: { ...fourPages, count: 20_000 },
        costModel: jittering(unitCosts, 0.3),
      }),
    );

    expect(shaken.ledger).toEqual(still.ledger);
    // The mean of the factor is 1: sigma 0.3 over 20,000 I/Os leaves an error of 0.2 %.
    for (const phase of ['walk', 'grab', 'release'] as const) {
      expect(Math.abs(meanNs(shaken, phase) / meanNs(still, phase) - 1)).toBeLessThan(0.01);
      expect(shaken.latency[phase].maxPs).toBeGreaterThan(still.latency[phase].maxPs);
    }
  });

  it('[TRC-1] takes longer with the tracer on', () => {
    const traced = { enterNs: 100, exitNs: 50, exitNsRange: [50, 50] as const, ownTimeScale: 1 };
    const costModel = { ...unitCosts, tracer: { before: traced, after: traced } };
    const workload = { ...fourPages, access: 'sequential', count: 1 } as const;
    const off = finished(trialOn(blocks, { workload, costModel }));
    const on = finished(trialOn(blocks, { workload, costModel, tracer: 'function-graph' }));

    // The first block: bio 1, GUP 3, table 3, four pins of 3, one vector.
    expect(meanNs(on, 'total') - meanNs(off, 'total')).toBeCloseTo(20 * 150 - 50, 6);
  });
});

describe('a trial without a device', () => {
  it('[SIM-5] completes each I/O at once, and threads share the span', () => {
    const result = finished(
      trialOn(blocks, { workload: { ...fourPages, access: 'sequential', count: 8, threads: 4 } }),
    );
    const totals = [0, 4, 8, 12].map(
      (firstPage) => explainOn(blocks, 'today', { firstPage, pages: 4 }).totalNs,
    );
    const busyNs = 2 * totals.reduce((sum, ns) => sum + ns, 0);

    expect(meanNs(result, 'device') + meanNs(result, 'wait')).toBe(0);
    expect(result.spanNs).toBe(busyNs / 4);
    expect(result.cpuNsPerIo).toBeCloseTo(busyNs / 8, 9);
    expect((result.iops * result.spanNs) / 1e9).toBeCloseTo(8, 9);
    // Without jitter an I/O costs what an explanation says.
    expect(result.latency.total).toMatchObject({
      count: 8,
      minPs: 1000 * Math.min(...totals),
      maxPs: 1000 * Math.max(...totals),
    });
  });
});

describe('a trial that cannot run', () => {
  it('[SIM-2] is not applicable when no mapped range holds an I/O', () => {
    const trial = trialOn(layoutFromText('A0-2 . B0-1'), { workload: { blockBytes: 16_384 } });

    expect(simulate(trial)).toEqual({
      status: 'not-applicable',
      reason:
        'layout drawn: no mapped range holds an aligned I/O of 16384 bytes; the longest has 12288 bytes',
    });
  });

  it('[STATE-1] is not applicable where I/Os fail', () => {
    const trial = trialOn(layoutFromText('A0-9', {}, ['special']));

    expect(simulate(trial)).toMatchObject({
      status: 'not-applicable',
      reason: expect.stringMatching(/^layout drawn: virtual page 0 has a special entry/) as string,
    });
  });

  it('[WL-3] was not checked when its workload contradicts itself', () => {
    const trial = trialOn(blocks, { workload: { queueDepth: 2 } });

    expect(() => simulate(trial)).toThrow(ModelError);
    expect(() => simulate(trial)).toThrow(/^queueDepth: 2 I\/Os in flight need a device/);
  });
});
