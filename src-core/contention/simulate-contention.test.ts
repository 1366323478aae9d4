import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NaiveContention } from '../testing/naive-contention.ts';
import { INTERRUPT_FUNCTION, samplesShare } from './contention-result.ts';
import { contentionProblem } from './contention-setup.ts';
import type { ContentionGroup, ContentionMachine, ContentionSetup } from './contention-setup.ts';
import type { ContentionStep, LockMode } from './program.ts';
import { simulateContention } from './simulate-contention.ts';

const FREE: ContentionMachine = {
  coresPerSocket: 4,
  lockOperation: { local: 0, otherCore: 0, otherSocket: 0 },
  wakeNs: 0,
  interrupt: { deliverNs: 0, handleNs: 0 },
};

function work(meanNs: number, charged = 'work'): ContentionStep {
  return { kind: 'work', function: charged, meanNs, spread: 'constant' };
}

function drawn(meanNs: number): ContentionStep {
  return { kind: 'work', function: 'work', meanNs, spread: 'exponential' };
}

function locked(mode: LockMode, ...steps: readonly ContentionStep[]): readonly ContentionStep[] {
  return [
    { kind: 'lock', mode, function: 'down' },
    ...steps,
    { kind: 'unlock', mode, function: 'up' },
  ];
}

const touch: ContentionStep = { kind: 'touch', function: 'touch', line: 'line' };

function group(
  threads: number,
  between: readonly ContentionStep[],
  operation: readonly ContentionStep[],
): ContentionGroup {
  return { name: `of ${threads}`, threads, between, operation };
}

function setup(
  groups: readonly ContentionGroup[],
  differences: Partial<ContentionSetup> = {},
): ContentionSetup {
  return {
    machine: FREE,
    groups,
    startWithinNs: 0,
    warmUpNs: 0,
    measuredNs: 1_000_000,
    seed: 1,
    ...differences,
  };
}

function relativeError(found: number, expected: number): number {
  return Math.abs(found / expected - 1);
}

/** Throughput where n threads think and then queue for one server, all times exponential. */
function closedQueuePerNs(threads: number, thinkNs: number, holdNs: number): number {
  let term = 1;
  let sum = 1;
  for (let waiting = 1; waiting <= threads; waiting += 1) {
    term *= ((threads - waiting + 1) * holdNs) / thinkNs;
    sum += term;
  }
  return (1 - 1 / sum) / holdNs;
}

describe('against what can be worked out', () => {
  it('[CONT-2] a thread by itself pays for local operations and waits for nobody', () => {
    const machine = { ...FREE, lockOperation: { local: 5, otherCore: 60, otherSocket: 200 } };
    const operation = [...locked('read', work(70)), ...locked('write', touch)];
    const { groups, functions } = simulateContention(
      setup([group(1, [work(10)], operation)], { machine }),
    );

    // 10 between; 5 + 70 + 5, then 5 + 5 + 5: 105 in all, so 9523 whole rounds in a millisecond.
    expect(groups[0]).toMatchObject({
      ...{ operations: 9523, operationsPerSecond: 9_523_000 },
      ...{ runningShare: 1, lockWaitShare: 0, idleShare: 0 },
    });
    expect(groups[0]?.latency.minNs).toBe(95);
    expect(groups[0]?.latency.maxNs).toBe(95);
    expect(functions.map((each) => [each.function, Math.round(each.share * 105)])).toEqual([
      ...[
        ['work', 80],
        ['down', 10],
        ['up', 10],
        ['touch', 5],
      ],
    ]);
  });

  it('[CONT-2] a line that all threads hammer passes from one to the next at its price', () => {
    const machine = { ...FREE, lockOperation: { local: 1, otherCore: 50, otherSocket: 50 } };
    const { groups } = simulateContention(setup([group(6, [], [touch, work(1)])], { machine }));

    expect(relativeError(groups[0]?.operations ?? 0, 1_000_000 / 50)).toBeLessThan(0.001);
    // Each waits for the five others, but for its own nanosecond of work.
    expect(groups[0]?.latency.percentileNs(0.5)).toBe(300);
  });

  it('[CONT-2] a line is nearer within a socket', () => {
    const lockOperation = { local: 1, otherCore: 10, otherSocket: 100 };
    const latencies = [1, 2].map((coresPerSocket) => {
      const machine = { ...FREE, coresPerSocket, lockOperation };
      const { groups } = simulateContention(setup([group(2, [], [touch, work(1)])], { machine }));
      return groups[0]?.latency.percentileNs(0.5);
    });

    expect(latencies).toEqual([200, 20]);
  });

  it.each([1, 2, 8, 64])('[CONT-3] %d writers queue as in a closed queue', (threads) => {
    const operation = locked('write', drawn(100));
    const { groups } = simulateContention(
      setup([group(threads, [drawn(1000)], operation)], { measuredNs: 50_000_000 }),
    );
    const perNs = closedQueuePerNs(threads, 1000, 100);

    expect(relativeError((groups[0]?.operations ?? 0) / 50_000_000, perNs)).toBeLessThan(0.01);
    // Little's law: all threads are either thinking or in the operation.
    expect(relativeError(groups[0]?.latency.meanNs ?? 0, threads / perNs - 1000)).toBeLessThan(
      0.02,
    );
  });

  it('[CONT-3] many writers who come rarely wait as in M/M/1', () => {
    const thinkNs = 256 * 200;
    const { groups } = simulateContention(
      setup([group(256, [drawn(thinkNs)], locked('write', drawn(100)))], {
        ...{ startWithinNs: thinkNs, warmUpNs: 500_000, measuredNs: 20_000_000 },
      }),
    );

    // Half the time is taken: 100 / (1 - 1/2). Of 256 threads a few are missing from those who think.
    expect(relativeError(groups[0]?.latency.meanNs ?? 0, 200)).toBeLessThan(0.05);
  });

  it('[CONT-2] many who touch a line rarely wait as in M/D/1', () => {
    const machine = { ...FREE, lockOperation: { local: 100, otherCore: 100, otherSocket: 100 } };
    const thinkNs = 256 * 200;
    const { groups } = simulateContention(
      setup([group(256, [drawn(thinkNs)], [touch])], {
        ...{ machine, startWithinNs: thinkNs, warmUpNs: 500_000, measuredNs: 20_000_000 },
      }),
    );

    // 100 of its own and half of it again in waiting: 1/2 · 100 / (2 (1 - 1/2)).
    expect(relativeError(groups[0]?.latency.meanNs ?? 0, 150)).toBeLessThan(0.05);
  });

  it('[CONT-3] readers do not wait for readers', () => {
    const { groups } = simulateContention(
      setup([group(16, [drawn(10)], locked('read', work(1000)))]),
    );

    expect(groups[0]?.lockWaitShare).toBe(0);
    expect(groups[0]?.latency.maxNs).toBe(1000);
  });

  it('[CONT-5] an interrupt waits for the rest of an interrupts-off section', () => {
    const pinner = group(
      1,
      [],
      [
        ...[{ kind: 'irq-off' } as const, work(300, 'pin'), { kind: 'irq-on' } as const],
        work(100, 'rest'),
      ],
    );
    const unmap: ContentionStep = { kind: 'interrupt-others', function: 'wait' };
    const { groups } = simulateContention(
      setup([pinner, group(1, [drawn(5000)], [unmap])], { measuredNs: 50_000_000 }),
    );

    // It comes at any time of the 400, and meets the section in 300 of them, with 150 to go.
    expect(relativeError(groups[1]?.latency.meanNs ?? 0, (300 * 150) / 400)).toBeLessThan(0.02);
    expect(groups[1]?.latency.maxNs).toBeLessThanOrEqual(300);
  });

  it('[CONT-6] the interrupted lose what they spend on the answer, and idle ones nothing', () => {
    const machine = { ...FREE, interrupt: { deliverNs: 7, handleNs: 20 } };
    const unmap: ContentionStep = { kind: 'interrupt-others', function: 'wait' };
    const idle: ContentionStep = { kind: 'idle', meanNs: 50, spread: 'constant' };
    const { functions, groups } = simulateContention(
      setup([group(1, [work(73)], [unmap]), group(1, [], [work(1000)]), group(1, [], [idle])], {
        machine,
      }),
    );

    expect(groups[0]?.latency.minNs).toBe(27);
    expect(groups[0]?.latency.maxNs).toBe(27);
    // Of each 100 ns 20 are lost, so 1000 of work take 1250, give or take one interrupt.
    expect(relativeError(groups[1]?.latency.meanNs ?? 0, 1250)).toBeLessThan(0.01);
    expect(groups[2]?.latency.maxNs).toBe(50);
    expect(functions.find((each) => each.function === INTERRUPT_FUNCTION)?.ns).toBe(200_000);
  });

  it('[CONT-4] a thread that slept goes on after it was woken, and holds the lock meanwhile', () => {
    const machine = { ...FREE, wakeNs: 30 };
    const { groups } = simulateContention(
      setup([group(2, [], [...locked('write', work(100)), work(1)])], { machine }),
    );

    // From the second round on both always find the lock taken: 30 to wake, 100 to hold, by turns.
    expect(groups[0]?.latency.percentileNs(0.5)).toBe(260);
    expect(relativeError(groups[0]?.operations ?? 0, 1_000_000 / 130)).toBeLessThan(0.001);
  });
});

const times = fc.integer({ min: 0, max: 12 });
const someWork = times.chain((ns) => fc.constantFrom(work(ns, 'a'), work(ns, 'b')));
type Steps = readonly ContentionStep[];
const anyStep: fc.Arbitrary<Steps> = fc.oneof(
  fc.array(someWork, { minLength: 1, maxLength: 2 }),
  fc.constantFrom('x', 'y').map((line): Steps => {
    return [{ kind: 'touch', function: `touch ${line}`, line }];
  }),
  times.map((meanNs): Steps => [{ kind: 'idle', meanNs, spread: 'constant' }]),
  fc
    .tuple(fc.constantFrom<LockMode>('read', 'read', 'write'), someWork, fc.boolean())
    .map(([mode, inside, touches]) => locked(mode, inside, ...(touches ? [touch] : []))),
  fc
    .tuple(someWork, fc.boolean())
    .map(([inside, touches]): Steps => [
      { kind: 'irq-off' },
      ...[inside, ...(touches ? [touch] : [])],
      { kind: 'irq-on' },
    ]),
  fc.constant<Steps>([{ kind: 'interrupt-others', function: 'wait' }]),
  fc
    .tuple(fc.constantFrom(0, 1), someWork)
    .map(([probability, inside]): Steps => [
      { kind: 'sometimes', probability, steps: [inside, inside] },
    ]),
);
const anyGroup: fc.Arbitrary<ContentionGroup> = fc
  .record({
    threads: fc.integer({ min: 1, max: 3 }),
    between: fc.array(anyStep, { maxLength: 2 }),
    operation: fc.array(anyStep, { minLength: 1, maxLength: 4 }),
    pause: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ threads, between, operation, pause }) =>
    group(threads, [work(pause, 'pause'), ...between.flat()], operation.flat()),
  );
const anySetup: fc.Arbitrary<ContentionSetup> = fc
  .record({
    groups: fc.array(anyGroup, { minLength: 1, maxLength: 3 }),
    coresPerSocket: fc.integer({ min: 1, max: 3 }),
    lockOperation: fc.record({
      local: fc.integer({ min: 1, max: 3 }),
      otherCore: fc.integer({ min: 1, max: 9 }),
      otherSocket: fc.integer({ min: 1, max: 15 }),
    }),
    wakeNs: times,
    interrupt: fc.record({ deliverNs: times, handleNs: times }),
    warmUpNs: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ groups, warmUpNs, ...machine }) =>
    setup(groups, { machine, warmUpNs, measuredNs: 1000 }),
  );

describe('against itself', () => {
  it('[CONT-1] agrees with a simulation that looks at every nanosecond', () => {
    fc.assert(
      fc.property(anySetup, (drawnSetup) => {
        const result = simulateContention(drawnSetup);
        const naive = new NaiveContention(drawnSetup);

        expect(
          result.groups.map(({ latency, lockWaitShare, idleShare, threads, operations }) => [
            operations,
            operations === 0 ? 0 : Math.round(latency.meanNs * operations),
            operations === 0 ? 0 : latency.maxNs,
            Math.round(lockWaitShare * threads * 1000),
            Math.round(idleShare * threads * 1000),
          ]),
        ).toEqual(
          naive.groups.map(({ latencies, asleep, idle, operations }) => [
            operations,
            latencies.reduce((sum, ns) => sum + ns, 0),
            Math.max(0, ...latencies),
            asleep,
            idle,
          ]),
        );
        const spent = result.functions.filter(({ ns }) => ns > 0);
        expect(new Map(spent.map((each) => [each.function, each.ns]))).toEqual(naive.functionNs);
      }),
      { numRuns: 300 },
    );
  });

  it('[CONT-8] has every thread at one thing at any time', () => {
    fc.assert(
      fc.property(anySetup, fc.nat(), fc.nat(500), (drawnSetup, seed, startWithinNs) => {
        const { functions, groups } = simulateContention({ ...drawnSetup, seed, startWithinNs });
        const running = groups.reduce((sum, each) => sum + each.runningShare * each.threads, 0);

        for (const each of groups) {
          const { idleShare, lockWaitShare, runningShare } = each;
          expect(idleShare + lockWaitShare + runningShare).toBeCloseTo(1, 9);
        }
        expect(functions.reduce((sum, { ns }) => sum + ns, 0)).toBeCloseTo(running * 1000, 6);
      }),
    );
  });

  it('[CONT-1] gives the same result for the same seed, and another for another', () => {
    const contended = (seed: number) =>
      simulateContention(
        setup([group(8, [drawn(100)], locked('write', drawn(50)))], { seed, startWithinNs: 500 }),
      );

    expect(contended(1)).toEqual(contended(1));
    expect(contended(1)).not.toEqual(contended(2));
  });

  it('[CONT-9] takes steps with their probability and counts what is counted', () => {
    const steps: readonly ContentionStep[] = [{ kind: 'count', counter: 'taken' }];
    const result = simulateContention(
      setup([
        group(
          1,
          [],
          [
            ...[work(10), { kind: 'sometimes', probability: 0.25, steps } as const],
            { kind: 'sometimes', probability: 0, steps: [{ kind: 'count', counter: 'never' }] },
          ],
        ),
      ]),
    );

    expect(result.counters['never']).toBe(0);
    expect(relativeError(result.counters['taken'] ?? 0, 25_000)).toBeLessThan(0.03);
    expect(samplesShare(result, ['work', 'nothing'])).toBe(1);
  });
});

describe('refuses', () => {
  it.each<[string, ContentionSetup, RegExp]>([
    ['nobody', setup([]), /^there are 0 threads; allowed are 1 to 256$/],
    ['too many', setup([group(257, [], [work(1)])]), /^there are 257 threads/],
    ['half a thread', setup([group(1.5, [], [work(1)])]), /has 1.5 threads/],
    ['no time', setup([group(1, [], [work(1)])], { measuredNs: 0 }), /^measuredNs 0 leaves/],
    [
      'no socket',
      setup([group(1, [], [work(1)])], { machine: { ...FREE, coresPerSocket: 0 } }),
      /^coresPerSocket 0/,
    ],
    [
      'a negative price',
      setup([group(1, [], [work(1)])], { machine: { ...FREE, wakeNs: -1 } }),
      /^wakeNs -1 is no time/,
    ],
    [
      'rounds that take no time',
      setup([group(1, [], [touch])]),
      /: no step takes time in every round$/,
    ],
    ['a bad duration', setup([group(1, [], [work(1), work(NaN)])]), /: NaN is no time/],
    [
      'a lock taken twice',
      setup([group(1, [], locked('read', ...locked('read', work(1)), work(1)))]),
      /: mmap_lock is taken twice$/,
    ],
    [
      'a lock kept',
      setup([group(1, [], [work(1), ...locked('read').slice(0, 1)])]),
      /: mmap_lock is still held/,
    ],
    [
      'a lock not held',
      setup([group(1, [], [work(1), ...locked('read').slice(1)])]),
      /: mmap_lock is released but not held \(read\)$/,
    ],
    [
      'a lock with interrupts off',
      setup([group(1, [], [work(1), { kind: 'irq-off' }, ...locked('read'), { kind: 'irq-on' }])]),
      /: mmap_lock is taken with interrupts off$/,
    ],
    [
      'interrupts off for good',
      setup([group(1, [], [work(1), { kind: 'irq-off' }])]),
      /: interrupts are still off/,
    ],
    [
      'interrupts on twice',
      setup([group(1, [], [work(1), { kind: 'irq-on' }])]),
      /: irq-on twice in a row$/,
    ],
    [
      'waiting with interrupts off',
      setup([
        group(
          1,
          [],
          [
            work(1),
            { kind: 'irq-off' },
            { kind: 'interrupt-others', function: 'x' },
            { kind: 'irq-on' },
          ],
        ),
      ]),
      /: others are interrupted with interrupts off$/,
    ],
    [
      'a probability of 2',
      setup([group(1, [], [work(1), { kind: 'sometimes', probability: 2, steps: [] }])]),
      /: 2 is not a probability/,
    ],
    [
      'half a round',
      setup([
        group(
          1,
          [],
          [work(1), { kind: 'sometimes', probability: 1, steps: [{ kind: 'irq-off' }] }],
        ),
      ]),
      /: steps taken sometimes leave/,
    ],
    [
      'no lines',
      setup([group(1, [], [work(1), { ...touch, among: 0 }])]),
      /: 0 is not a number of cache lines/,
    ],
  ])('[CONT-9] %s', (_, refused, message) => {
    expect(contentionProblem(refused)).toMatch(message);
    expect(() => simulateContention(refused)).toThrow(message);
  });
});
