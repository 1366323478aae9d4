import { expect, it } from 'vitest';
import { mixColours } from './colour-mix.ts';

it('goes from one colour to the other', () => {
  const mixed = [0, 0.5, 1].map((share) => mixColours('#000000', '#ff8001', share));

  expect(mixed).toEqual(['#000000', '#804001', '#ff8001']);
});

it('takes what it cannot read for grey', () => {
  expect(mixColours('rgb(0 0 0 / 10%)', '#808080', 0)).toBe('#808080');
});
