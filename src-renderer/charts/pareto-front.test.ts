import fc from 'fast-check';
import { expect, it } from 'vitest';
import { paretoFront } from './pareto-front.ts';

const figure = fc.integer({ min: 0, max: 20 });
const points = fc.array(fc.record({ x: figure, y: figure }));

it('holds exactly the places that nothing beats', () => {
  fc.assert(
    fc.property(points, (all) => {
      const front = paretoFront(all);
      const isBeaten = (one: { readonly x: number; readonly y: number }): boolean =>
        all.some(({ x, y }) => x <= one.x && y <= one.y && (x < one.x || y < one.y));
      const places = new Set(front.map(({ x, y }) => `${x} ${y}`));

      expect(places.size).toBe(front.length);
      for (const one of all) expect(places.has(`${one.x} ${one.y}`)).toBe(!isBeaten(one));
    }),
  );
});

it('goes down as it goes to the right', () => {
  const front = paretoFront([
    { x: 3, y: 1 },
    { x: 1, y: 5 },
    { x: 2, y: 5 },
    { x: 2, y: 3 },
  ]);

  expect(front).toEqual([
    { x: 1, y: 5 },
    { x: 2, y: 3 },
    { x: 3, y: 1 },
  ]);
});
