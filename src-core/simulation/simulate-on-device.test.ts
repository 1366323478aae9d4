import { describe, expect, it } from 'vitest';
import type { Trial } from '../experiment/experiment.ts';
import { FACTOR_INDEX_SHIFT, buildExponentialFactors } from '../factor-tables.ts';
import { Histogram } from '../statistics/index.ts';
import { unitCosts } from '../testing/cost-models.ts';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { explainOn } from '../testing/explained.ts';
import { replayQueue } from '../testing/naive-queue.ts';
import type { QueuedIo } from '../testing/naive-queue.ts';
import { deviceWith, finished, jittering, meanNs, trialOn } from '../testing/trials.ts';
import { IoCosts } from './io-costs.ts';
import { BATCH_SIZE, IoStream, streamFor } from './io-stream.ts';
import { findOffsets } from './offset-space.ts';
import { LATENCY_PHASES } from './trial-result.ts';

/** Four blocks of four pages: of 1, 2, 3 and 4 folio runs. */
const blocks = layoutFromText('A0-3 B0-1 B4-5 C0 D0 E0-1 F0 G0 H0 I0', { A: 2, B: 3, E: 1 });
const fourPages = { blockBytes: 4 * 4096 };

/** Times of a trial on an exponential device, by the naive queue and the same random numbers. */
function replayTrial(trial: Trial): { latency: unknown; spanNs: number } {
  const { workload, layout } = trial;
  const space = findOffsets(layout.layout, workload);
  const stream = new IoStream(trial, space, new IoCosts(trial, space));
  const ios: QueuedIo[] = [];
  const draw = (count: number, isMeasured: boolean): void => {
    for (let done = 0; done < count; done += BATCH_SIZE) {
      const length = Math.min(BATCH_SIZE, count - done);
      stream.draw(length);
      for (let at = 0; at < length; at += 1) {
        const phases = stream.phases.map((column) => column[at] ?? 0);
        const [complete = 0, release = 0] = phases.slice(6);
        const completeNs = complete + release;
        const totalNs = phases.reduce((sum, ns) => sum + ns, 0);
        ios.push({ submitNs: totalNs - completeNs, completeNs, isMeasured });
      }
    }
  };
  draw(workload.warmUpCount, false);
  draw(workload.count, true);
  const service = streamFor(trial, 'service');
  const factors = buildExponentialFactors();
  const mean = workload.device?.service.meanNs ?? 0;
  const serviceNs = ios.map(
    () => mean * (factors[service.nextUint32() >>> FACTOR_INDEX_SHIFT] ?? 0),
  );
  const shape = {
    threads: workload.threads,
    depth: workload.queueDepth,
    parallelism: workload.device?.parallelism ?? 1,
  };
  const measured = replayQueue(shape, serviceNs, ios).completions.filter(
    ({ isMeasured }) => isMeasured,
  );
  const histogramOf = (key: 'deviceNs' | 'waitNs' | 'totalNs'): unknown => {
    const histogram = new Histogram();
    for (const completion of measured) histogram.record(completion[key]);
    return histogram.encode();
  };
  return {
    latency: {
      device: histogramOf('deviceNs'),
      wait: histogramOf('waitNs'),
      total: histogramOf('totalNs'),
    },
    spanNs:
      Math.max(...measured.map(({ endNs }) => endNs)) -
      Math.min(...measured.map(({ startNs }) => startNs)),
  };
}

describe('a trial on a device', () => {
  it.each([
    [1, 1, 1],
    [1, 8, 3],
    [4, 1, 2],
    [3, 5, 4],
    [6, 2, 1],
  ])(
    '[SIM-6] [SIM-7] of %i threads, depth %i and parallelism %i runs as a naive queue does',
    (threads, queueDepth, parallelism) => {
      const trial = trialOn(blocks, {
        workload: {
          ...fourPages,
          threads,
          queueDepth,
          device: deviceWith(150, parallelism, 'exponential'),
          warmUpCount: 40,
          count: 600,
        },
        costModel: jittering(unitCosts, 1),
      });

      const { latency, spanNs } = finished(trial);

      const { device, wait, total } = latency;
      expect({ latency: { device, wait, total }, spanNs }).toEqual(replayTrial(trial));
    },
  );

  it('[SIM-7] has a total of all its phases, the device and the wait', () => {
    const result = finished(
      trialOn(blocks, {
        workload: {
          ...fourPages,
          threads: 2,
          queueDepth: 3,
          device: deviceWith(400, 2, 'exponential'),
        },
        costModel: jittering(unitCosts, 0.2),
      }),
    );

    const parts = LATENCY_PHASES.filter((phase) => phase !== 'total').map((phase) =>
      meanNs(result, phase),
    );
    // Each part is rounded to a picosecond.
    expect(parts.reduce((sum, ns) => sum + ns, 0)).toBeCloseTo(meanNs(result, 'total'), 2);
    expect((result.iops * result.spanNs) / 1e9).toBeCloseTo(1000, 6);
  });

  it('[SIM-7] serves at most as many I/Os as the device works on', () => {
    // 64 in flight, far more than needed to keep four places busy for 10 us each.
    const result = finished(
      trialOn(blocks, {
        workload: { ...fourPages, threads: 2, queueDepth: 32, device: deviceWith(10_000, 4) },
      }),
    );

    // 1000 I/Os in 250 rounds of 10 us, and the time before the first and after the last.
    const idleNs = result.spanNs - 250 * 10_000;
    expect(idleNs).toBeGreaterThan(0);
    expect(idleNs).toBeLessThan(1000);
  });

  it('[SIM-7] is always in flight with one I/O for each thread of depth one', () => {
    const result = finished(
      trialOn(blocks, {
        workload: {
          ...fourPages,
          threads: 4,
          count: 40_000,
          device: deviceWith(2000, 2, 'exponential'),
        },
      }),
    );

    // Little: I/Os a second times seconds each, less what the last I/Os of three threads leave open.
    const inFlight = (result.iops / 1e9) * meanNs(result, 'total');
    expect(inFlight).toBeLessThanOrEqual(4);
    expect(inFlight).toBeGreaterThan(3.99);
  });

  it.each([
    [1, 8],
    [2, 6],
    [4, 16],
  ])(
    '[SIM-7] of %i places keeps %i threads waiting as a closed queueing network does',
    (places, threads) => {
      const serviceNs = 10_000;
      const small = layoutFromText('A0');
      const thinkNs = explainOn(small, 'today').totalNs * 100;
      const costModel = {
        ...unitCosts,
        prices: { ...unitCosts.prices, argcheck: 1 + thinkNs * 0.99 },
      };
      const result = finished(
        trialOn(small, {
          workload: {
            threads,
            count: 200_000,
            warmUpCount: 2000,
            device: deviceWith(serviceNs, places, 'exponential'),
          },
          costModel,
        }),
      );

      // Machine repair: N threads think for Z, then queue at c servers of exponential time S. The
      // number at the device has p(n) = p(n - 1) · (N - n + 1) · S / (Z · min(n, c)), whatever the
      // distribution of Z; throughput is the mean number thinking over Z.
      let weight = 1;
      let sum = 1;
      let thinking = threads;
      for (let n = 1; n <= threads; n += 1) {
        weight *= ((threads - n + 1) * serviceNs) / (thinkNs * Math.min(n, places));
        sum += weight;
        thinking += weight * (threads - n);
      }
      const expected = (thinking / sum / thinkNs) * 1e9;
      expect(Math.abs(result.iops / expected - 1)).toBeLessThan(0.01);
    },
  );
});
