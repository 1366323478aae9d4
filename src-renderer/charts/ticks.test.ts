import fc from 'fast-check';
import { expect, it } from 'vitest';
import { coveringTicks, logarithmicTicks } from './ticks.ts';

it('covers a range with a few round figures', () => {
  const ranges: readonly [number, number][] = [
    [0, 12.4],
    [0, 1],
    [9.7, 10.3],
    [-3, 8],
  ];

  const ticks = ranges.map(([least, most]) => coveringTicks(least, most, 5));

  expect(ticks).toEqual([
    [0, 2.5, 5, 7.5, 10, 12.5],
    [0, 0.2, 0.4, 0.6, 0.8, 1],
    [9.6, 9.8, 10, 10.2, 10.4],
    [-5, -2.5, 0, 2.5, 5, 7.5, 10],
  ]);
});

it('covers every range, ascending, with no crowd of ticks', () => {
  const value = fc.integer({ min: 0, max: 1e12 }).map((picoseconds) => picoseconds / 1000);
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [least, most] = [Math.min(a, b), Math.max(a, b)];
      const ticks = coveringTicks(least, most, 5);

      expect(ticks[0]).toBeLessThanOrEqual(least + 1e-6 * (most - least) + 1e-12);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(most - 1e-6 * (most - least) - 1e-12);
      expect(ticks.length).toBeLessThanOrEqual(8);
      expect(ticks.toSorted((left, right) => left - right)).toEqual(ticks);
    }),
  );
});

it('gives a range of one value some room', () => {
  expect([coveringTicks(0, 0, 5), coveringTicks(100, 100, 4), coveringTicks(0, 5e-324, 5)]).toEqual(
    [
      [0, 0.2, 0.4, 0.6, 0.8, 1],
      [90, 95, 100, 105, 110],
      [0, 0.2, 0.4, 0.6, 0.8, 1],
    ],
  );
});

it('counts bytes in powers of two', () => {
  expect(coveringTicks(0, 12, 5, 'binary')).toEqual([0, 4, 8, 12]);
  expect(logarithmicTicks(24, 12_000, 'binary')).toEqual([32, 128, 512, 2048, 8192]);
});

it('takes fewer figures of a decade the more decades there are', () => {
  expect([
    logarithmicTicks(80, 90),
    logarithmicTicks(10, 200),
    logarithmicTicks(10, 5000),
    logarithmicTicks(1, 1e6),
  ]).toEqual([
    [80, 82, 84, 86, 88, 90],
    [10, 20, 50, 100, 200],
    [10, 30, 100, 300, 1000, 3000],
    [1, 10, 100, 1000, 10_000, 100_000, 1_000_000],
  ]);
});
