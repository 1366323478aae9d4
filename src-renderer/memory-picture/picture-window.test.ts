import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fittedWindow, windowShowing, zoomedWindow } from './picture-window.ts';

describe('the window', () => {
  const windows = fc.record({
    length: fc.integer({ min: 1, max: 1_000_000 }),
    first: fc.integer({ min: -100, max: 1_000_100 }),
    count: fc.integer({ min: 1, max: 5000 }),
  });

  it('lies within the axis, whatever is asked for', () => {
    fc.assert(
      fc.property(
        windows,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        ({ length, first, count }, factor) => {
          const window = fittedWindow({ first, count }, length);
          const zoomed = zoomedWindow(window, factor, window.first + window.count / 2, length);
          for (const one of [window, zoomed]) {
            expect(one.first).toBeGreaterThanOrEqual(0);
            expect(one.first + one.count).toBeLessThanOrEqual(length);
          }
        },
      ),
    );
  });

  it('moves no further than it must to show a position', () => {
    fc.assert(
      fc.property(windows, fc.nat({ max: 999_999 }), ({ length, first, count }, position) => {
        const target = Math.min(position, length - 1);
        const window = fittedWindow({ first, count }, length);

        const shown = windowShowing(window, target, length);

        expect(target).toBeGreaterThanOrEqual(shown.first);
        expect(target).toBeLessThan(shown.first + shown.count);
        expect(windowShowing(shown, target, length)).toEqual(shown);
      }),
    );
  });
});
