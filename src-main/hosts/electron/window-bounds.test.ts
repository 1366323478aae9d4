import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SMALLEST, visibleBounds } from './window-bounds.ts';

const main = { x: 0, y: 25, width: 1920, height: 1055 };
const beside = { x: 1920, y: 0, width: 1280, height: 800 };

it('opens in the middle of the main display when nothing is remembered', () => {
  expect(visibleBounds(null, [main, beside])).toEqual({ x: 240, y: 102, width: 1440, height: 900 });
});

it('opens where it was', () => {
  const bounds = { x: 2000, y: 40, width: 1000, height: 700 };

  expect(visibleBounds(bounds, [main, beside])).toEqual(bounds);
});

it('comes back to the main display when the one it was on is gone', () => {
  const bounds = { x: 2000, y: 40, width: 1000, height: 700 };

  expect(visibleBounds(bounds, [main])).toEqual(visibleBounds(null, [main]));
});

it('is moved and shrunk until it can be seen in full', () => {
  const bounds = { x: -500, y: 900, width: 3000, height: 700 };

  expect(visibleBounds(bounds, [main])).toEqual({ x: 0, y: 380, width: 1920, height: 700 });
});

it('lies in a display and is not too small, whatever is remembered', () => {
  const coordinate = fc.integer({ min: -10_000, max: 10_000 });
  const size = fc.integer({ min: 1, max: 10_000 });
  const rectangle = fc.record({ x: coordinate, y: coordinate, width: size, height: size });
  const display = fc.record({
    x: coordinate,
    y: coordinate,
    width: fc.integer({ min: SMALLEST.width, max: 5000 }),
    height: fc.integer({ min: SMALLEST.height, max: 5000 }),
  });

  fc.assert(
    fc.property(rectangle, fc.array(display, { minLength: 1 }), (remembered, areas) => {
      const { x, y, width, height } = visibleBounds(remembered, areas);

      expect(width).toBeGreaterThanOrEqual(SMALLEST.width);
      expect(height).toBeGreaterThanOrEqual(SMALLEST.height);
      const isInside = areas.some(
        (area) =>
          x >= area.x &&
          y >= area.y &&
          x + width <= area.x + area.width &&
          y + height <= area.y + area.height,
      );
      expect(isInside).toBe(true);
    }),
  );
});
