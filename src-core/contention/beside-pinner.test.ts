import { describe, expect, it } from 'vitest';
import { pinnersTogether, unmapBesidePinner } from './beside-pinner.ts';
import type { Pinner } from './beside-pinner.ts';
import type { ContentionMachine, ContentionSetup } from './contention-setup.ts';
import type { ContentionStep } from './program.ts';
import { simulateContention } from './simulate-contention.ts';

/**
 * A virtual machine with Linux 6.18 on an AMD EPYC (Zen 5): p50 of whole calls, 1 MiB, `io_uring`
 * register beside another thread, in the last of three runs. A locked operation takes 4.9 ns there, a page 57.7 to pin with three of them;
 * releasing takes 5.1 us for base pages and 0.45 for one large folio, what follows the walk 0.65.
 */
const WATCH = { measuredNs: 20_000_000, seed: 1 };
const BASE_PAGES: Pinner = {
  ...{ pages: 256, callNs: 100, pageNs: 57.7, restNs: 650, betweenNs: 5100 },
};
const PMD_MAPPED: Pinner = { ...BASE_PAGES, pageNs: 0, betweenNs: 450 };
/** With the lock's two operations of its own: 6.7 us, as measured alone. */
const UNMAPPER = { beforeNs: 4690, afterNs: 2000 };

function machineWith(differences: Partial<ContentionMachine> = {}): ContentionMachine {
  return {
    coresPerSocket: 2,
    lockOperation: { local: 4.9, otherCore: 25, otherSocket: 25 },
    wakeNs: 3000,
    interrupt: { deliverNs: 0, handleNs: 11_400 },
    ...differences,
  };
}

function medians(setup: ContentionSetup): Record<string, number> {
  const { groups } = simulateContention(setup);
  return Object.fromEntries(
    groups.map(({ name, latency }) => [name, latency.percentileNs(0.5) / 1000]),
  );
}

/** The same setup with exponential times in one function. */
function scatter(setup: ContentionSetup, charged: string): ContentionSetup {
  const scattered = (steps: readonly ContentionStep[]): ContentionStep[] =>
    steps.map((step) =>
      step.kind === 'work' && step.function === charged ? { ...step, spread: 'exponential' } : step,
    );
  const groups = setup.groups.map(({ between, operation, ...group }) => ({
    ...group,
    between: scattered(between),
    operation: scattered(operation),
  }));
  return { ...setup, groups };
}

function expectWithin(found: number | undefined, measured: number, share: number): void {
  expect(Math.abs((found ?? NaN) / measured - 1)).toBeLessThan(share);
}

describe('munmap beside a pinner', () => {
  it('[CONT-6] takes an interrupt longer beside a short pin: fitted to 18.1 us', () => {
    const alone = medians(unmapBesidePinner(machineWith(), UNMAPPER, null, WATCH));
    const beside = medians(unmapBesidePinner(machineWith(), UNMAPPER, PMD_MAPPED, WATCH));

    expectWithin(alone['unmap'], 6.7, 0.01);
    expectWithin(beside['unmap'], 18.1, 0.01);
  });

  it('[CONT-6] takes the answer from the pinner: fitted to its 26.3 us, so all of it is handling', () => {
    const beside = medians(unmapBesidePinner(machineWith(), UNMAPPER, BASE_PAGES, WATCH));

    expectWithin(beside['pin'], 26.3, 0.03);
  });

  it('[CONT-11] waits for the walk of base pages: as measured, 32 us, when both run in step', () => {
    const beside = medians(unmapBesidePinner(machineWith(), UNMAPPER, BASE_PAGES, WATCH));

    expectWithin(beside['unmap'], 32.0, 0.03);
  });

  it('[CONT-11] waits for 26 to 28 us when the times scatter, and not at all out of step', () => {
    const setup = unmapBesidePinner(machineWith(), UNMAPPER, BASE_PAGES, WATCH);
    const scattered = ['unmap_region', 'release'].map(
      (charged) => medians(scatter(setup, charged))['unmap'] ?? NaN,
    );
    const slower = { ...BASE_PAGES, betweenNs: 7000 };
    const outOfStep = medians(unmapBesidePinner(machineWith(), UNMAPPER, slower, WATCH));

    for (const median of scattered) expectWithin(median, 27, 0.05);
    expectWithin(outOfStep['unmap'], 18.1, 0.01);
  });

  it('[CONT-5] would not, did the walk leave interrupts on', () => {
    const setup = unmapBesidePinner(machineWith(), UNMAPPER, BASE_PAGES, WATCH);
    const groups = setup.groups.map(({ operation, ...group }) => ({
      ...group,
      operation: operation.filter(({ kind }) => kind !== 'irq-off' && kind !== 'irq-on'),
    }));

    expectWithin(medians({ ...setup, groups })['unmap'], 18.1, 0.01);
  });
});

describe('what a thread does between', () => {
  it('[CONT-13] scatters where that is said, and then munmap waits as when all times scatter', () => {
    const scattered: Pinner = { ...BASE_PAGES, betweenSpread: 'exponential' };
    const beside = medians(unmapBesidePinner(machineWith(), UNMAPPER, scattered, WATCH));

    expectWithin(beside['unmap'], 27, 0.05);
  });

  it('[CONT-13] interrupts nobody: with pauses as long as its calls the pinner is disturbed less', () => {
    const pinsBeside = (betweenNs: number): number => {
      const unmapper = { ...UNMAPPER, betweenNs };
      const { groups } = simulateContention(
        unmapBesidePinner(machineWith(), unmapper, BASE_PAGES, WATCH),
      );
      return groups.find(({ name }) => name === 'pin')?.operations ?? NaN;
    };

    expect(pinsBeside(50_000)).toBeGreaterThan(1.2 * pinsBeside(0));
  });
});

describe('two threads that pin', () => {
  /** Without the three locked operations of each page. */
  const bare: Pinner = { ...BASE_PAGES, pageNs: 57.7 - 3 * 4.9, restNs: 0 };

  it('[CONT-7] do not disturb each other on buffers of their own', () => {
    const two = medians(
      pinnersTogether(machineWith(), { ...BASE_PAGES, restNs: 0 }, 2, null, WATCH),
    );

    expectWithin(two['pin'], 0.1 + 256 * 0.0577, 0.001);
  });

  it('[CONT-7] double the time on one large folio: the way between two cores fitted to 30 us', () => {
    const shared = pinnersTogether(
      ...([machineWith(), { ...bare, betweenNs: 450 }, 2, { folioOrder: 9 }, WATCH] as const),
    );

    expectWithin(medians(shared)['pin'], 30, 0.02);
  });

  it('[CONT-7] hardly meet on folios of 64 KiB: 16.8 us measured, within a tenth', () => {
    const shared = pinnersTogether(
      ...([machineWith(), { ...bare, betweenNs: 700 }, 2, { folioOrder: 4 }, WATCH] as const),
    );

    expectWithin(medians(shared)['pin'], 16.8, 0.1);
  });

  it('[CONT-2] pay for every base page the other had, which real processors fetch ahead', () => {
    const shared = pinnersTogether(
      ...([machineWith(), bare, 2, { folioOrder: 0 }, WATCH] as const),
    );

    // Measured: 16.4. The model has no way to hide what is fetched one page after the other.
    expectWithin(medians(shared)['pin'], 0.1 + 256 * (0.0577 + 0.0251 - 0.0049), 0.01);
  });
});
