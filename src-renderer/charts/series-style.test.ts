import { expect, it } from 'vitest';
import { SAMPLE_TOKENS } from './testing/chart-samples.ts';
import { assignStyles, colourOf, dashOf, symbolOf } from './series-style.ts';

it('gives a subject the same colour and symbol in every group, and a group one dash', () => {
  const styles = assignStyles(
    [
      { subject: 0, group: 'small' },
      { subject: 1, group: 'small' },
      { subject: 1, group: 'large' },
    ],
    10,
  );

  expect(styles).toEqual([
    { colour: 0, symbol: 0, dash: 0 },
    { colour: 1, symbol: 1, dash: 0 },
    { colour: 1, symbol: 1, dash: 1 },
  ]);
});

it('lets no two series of a group look alike when there are more subjects than colours', () => {
  const places = Array.from({ length: 12 }, (_, subject) => ({ subject, group: 'only' }));

  const looks = assignStyles(places, 4).map(
    (style) => `${colourOf(style, SAMPLE_TOKENS)} ${String(dashOf(style))} ${symbolOf(style)}`,
  );

  expect(new Set(looks).size).toBe(12);
});
