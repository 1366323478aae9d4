import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALLOCATION_SOURCES } from '../counting/allocations.ts';
import type { Device, Workload } from '../experiment/workload.ts';
import { FACTOR_INDEX_SHIFT, buildExponentialFactors } from '../factor-tables.ts';
import { seedStream } from '../random.ts';
import { replayQueue } from '../testing/naive-queue.ts';
import type { QueueRun, QueuedIo } from '../testing/naive-queue.ts';
import { deviceWith, workloadWith } from '../testing/trials.ts';
import { DeviceQueue } from './device-queue.ts';
import type { Completion } from './device-queue.ts';

const BIO = ALLOCATION_SOURCES.indexOf('bio/biovec-64');
const RESULT = ALLOCATION_SOURCES.indexOf('result/kmalloc-1k');
/** One slot that holds 1024 bytes of a bio, and a result that is gone before the device begins. */
const PEAKS = Float64Array.from(ALLOCATION_SOURCES, (_name, source) =>
  source === BIO || source === RESULT ? 1024 : 0,
);

/** Puts I/Os through a queue as a simulation does. */
function runQueue(workload: Partial<Workload>, device: Device, ios: readonly QueuedIo[]): QueueRun {
  const queue = new DeviceQueue(workloadWith(workload), device, seedStream('service'));
  const completions: Completion[] = [];
  const reap = (thread: number): void => {
    queue.reap(thread, PEAKS);
    completions.push({ ...queue.completion });
  };
  for (const { submitNs, completeNs, isMeasured = true } of ios) {
    let thread = queue.nextThread();
    while (queue.isFull(thread)) {
      reap(thread);
      thread = queue.nextThread();
    }
    queue.submit(thread, 0, submitNs, completeNs, isMeasured, PEAKS);
  }
  for (let thread = queue.nextToDrain(); thread >= 0; thread = queue.nextToDrain()) reap(thread);
  return {
    completions,
    mostHeld: (queue.heldPeak[BIO] ?? 0) / 1024,
    mostSubmitting: queue.mostSubmitting,
  };
}

/** The figures of a completion that a timetable has: submitted, waited, served, done. */
function timetable({ completions }: QueueRun): number[][] {
  return completions.map(({ startNs, waitNs, deviceNs, endNs }) => [
    startNs,
    waitNs,
    deviceNs,
    endNs,
  ]);
}

const equalIos = (count: number, submitNs: number, completeNs: number): QueuedIo[] =>
  Array.from({ length: count }, () => ({ submitNs, completeNs }));

describe('one thread', () => {
  it('[SIM-6] with one place waits for each I/O before the next', () => {
    // 10 to submit, 100 at the device, 5 to complete.
    const run = runQueue({ queueDepth: 1 }, deviceWith(100), equalIos(3, 10, 5));

    expect(timetable(run)).toEqual([
      [0, 0, 100, 115],
      [115, 0, 100, 230],
      [230, 0, 100, 345],
    ]);
  });

  it('[SIM-6] [SIM-7] with two places submits twice, and the device takes one at a time', () => {
    // Submitted at 0 and 10; the device serves until 110 and 210. The third is submitted when the
    // first was reaped, at 115, reaches the device at 125 and waits there for the second.
    const run = runQueue({ queueDepth: 2 }, deviceWith(100), equalIos(3, 10, 5));

    expect(timetable(run)).toEqual([
      [0, 0, 100, 115],
      [10, 90, 100, 215],
      [115, 85, 100, 315],
    ]);
  });

  it('[SIM-7] waits for nothing at a device of two places', () => {
    const run = runQueue({ queueDepth: 2 }, deviceWith(100, 2), equalIos(2, 10, 5));

    // Done at 110 and 120; the second is reaped when the first has been completed, at 115.
    expect(timetable(run)).toEqual([
      [0, 0, 100, 115],
      [10, 0, 100, 125],
    ]);
  });

  it('[SIM-7] counts as waiting what passes until the thread reaps', () => {
    // Submission takes longer than the device: both are done before the third is on its way.
    const run = runQueue({ queueDepth: 3 }, deviceWith(100, 3), equalIos(3, 1000, 5));

    // Done at 1100, 2100 and 3100; the thread is busy until 3000.
    expect(timetable(run)).toEqual([
      [0, 1900, 100, 3005],
      [1000, 905, 100, 3010],
      [2000, 0, 100, 3105],
    ]);
  });
});

describe('several threads', () => {
  it('[SIM-6] leave an I/O to whichever is free first', () => {
    // Submissions of 10, 100, 10 and 10: thread 0 is done with its second at 20, before thread 1.
    const ios = [10, 100, 10, 10].map((submitNs) => ({ submitNs, completeNs: 0 }));
    const run = runQueue({ threads: 2, queueDepth: 4 }, deviceWith(1, 9), ios);

    expect(timetable(run).map(([start]) => start)).toEqual([0, 10, 20, 0]);
  });

  it('[SIM-7] reach the device in the order in which their submission began', () => {
    // Thread 0 submits from 0 to 100, thread 1 from 0 to 10: thread 0 began first and is served first.
    const ios = [100, 10].map((submitNs) => ({ submitNs, completeNs: 0 }));
    const run = runQueue({ threads: 2 }, deviceWith(50), ios);

    expect(timetable(run)).toEqual([
      [0, 0, 50, 150],
      [0, 140, 50, 200],
    ]);
  });

  it('[SIM-6] [SIM-7] submit while another reaps', () => {
    // Both I/Os are done at 110. Thread 0 reaps first and is busy with that until 1110, so thread 1,
    // whose completion takes no time, submits next.
    const ios = [
      { submitNs: 10, completeNs: 1000 },
      { submitNs: 10, completeNs: 0 },
      { submitNs: 10, completeNs: 0 },
      { submitNs: 10, completeNs: 0 },
    ];
    const run = runQueue({ threads: 2 }, deviceWith(100, 2), ios);

    expect(timetable(run).map(([start]) => start)).toEqual([0, 0, 110, 220]);
  });

  it('[SIM-8] are inside a submission together', () => {
    const ios = [100, 50, 30].map((submitNs) => ({ submitNs, completeNs: 0 }));

    expect(runQueue({ threads: 3 }, deviceWith(10, 3), ios).mostSubmitting).toBe(3);
    expect(runQueue({ threads: 1, queueDepth: 3 }, deviceWith(10, 3), ios).mostSubmitting).toBe(1);
  });
});

describe('memory of I/Os in flight', () => {
  it('[SIM-8] is that of full queues while the device is the slowest', () => {
    const run = runQueue({ threads: 3, queueDepth: 4 }, deviceWith(1e6), equalIos(100, 10, 5));

    expect(run.mostHeld).toBe(3 * 4);
  });

  it('[SIM-8] is no more than what is submitted', () => {
    const run = runQueue({ threads: 3, queueDepth: 4 }, deviceWith(1e6), equalIos(5, 10, 5));

    expect(run.mostHeld).toBe(5);
  });

  it('[SIM-8] knows nothing of a result, which is freed before', () => {
    const queue = new DeviceQueue(workloadWith(), deviceWith(10), seedStream('service'));
    queue.submit(0, 0, 10, 5, true, PEAKS);

    expect(queue.heldPeak[RESULT]).toBe(0);
    expect(queue.heldPeak[BIO]).toBe(1024);
  });
});

const queues = fc.record({
  threads: fc.integer({ min: 1, max: 5 }),
  depth: fc.integer({ min: 1, max: 6 }),
  parallelism: fc.integer({ min: 1, max: 5 }),
  meanNs: fc.constantFrom(20, 300, 5000),
});
/** No two sums of these are equal, so that nothing happens at the same moment but the first submissions. */
const busyTimes = fc.array(
  fc.record({
    submitNs: fc.integer({ min: 1, max: 400 }).map((ns) => ns * Math.SQRT2),
    completeNs: fc.integer({ min: 1, max: 100 }).map((ns) => ns * Math.E),
  }),
  { minLength: 1, maxLength: 60 },
);

describe('against a naive replay', () => {
  it('[SIM-6] [SIM-7] [SIM-8] every moment, the most memory and the most submissions are the same', () => {
    const factors = buildExponentialFactors();
    fc.assert(
      fc.property(queues, busyTimes, ({ threads, depth, parallelism, meanNs }, ios) => {
        const random = seedStream('service');
        const serviceNs = ios.map(
          () => meanNs * (factors[random.nextUint32() >>> FACTOR_INDEX_SHIFT] ?? 0),
        );

        const run = runQueue(
          { threads, queueDepth: depth },
          deviceWith(meanNs, parallelism, 'exponential'),
          ios,
        );

        const naive = replayQueue({ threads, depth, parallelism }, serviceNs, ios);
        expect(run).toEqual(naive);
      }),
      { numRuns: 1000 },
    );
  });

  it('[SIM-7] the time in flight adds up to what was in flight at every moment', () => {
    // Little: the integral of the number in flight over time is the sum of the times in flight.
    const run = runQueue(
      { threads: 3, queueDepth: 5 },
      deviceWith(700, 2, 'exponential'),
      equalIos(400, 90, 30),
    );
    const changes = run.completions
      .flatMap(({ startNs, endNs }) => [
        { at: startNs, by: 1 },
        { at: endNs, by: -1 },
      ])
      .sort((a, b) => a.at - b.at);
    let area = 0;
    let inFlight = 0;
    let last = 0;
    for (const { at, by } of changes) {
      area += inFlight * (at - last);
      last = at;
      inFlight += by;
      expect(inFlight).toBeLessThanOrEqual(3 * 5);
    }
    const total = run.completions.reduce((sum, { totalNs }) => sum + totalNs, 0);

    expect(area / total).toBeCloseTo(1, 12);
  });
});

describe('service times', () => {
  it.each([
    ['constant', deviceWith(100), 0],
    ['exponential', deviceWith(100, 1, 'exponential'), 1],
    [
      'log-normal',
      { parallelism: 1, service: { distribution: 'log-normal', meanNs: 100, sigma: 0.5 } },
      Math.sqrt(Math.exp(0.25) - 1),
    ],
  ] as const)('[SIM-7] that are %s have their mean and spread', (_name, device, variation) => {
    const { completions } = runQueue({}, device, equalIos(50_000, 1, 1));
    const times = completions.map(({ deviceNs }) => deviceNs);
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
    const variance = times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / times.length;

    // Standard error of the mean: 100 / √50,000 = 0.45.
    expect(Math.abs(mean - 100)).toBeLessThan(2);
    expect(Math.abs(Math.sqrt(variance) / mean - variation)).toBeLessThan(0.02);
  });
});
