import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SCALE_KINDS, scaleFor } from './scales.ts';

function labelsOf({ axis }: ReturnType<typeof scaleFor>): readonly string[] {
  return axis.axisLabel.customValues.map((position) => axis.axisLabel.formatter(position));
}

it('puts the unit that suits beside the name and plain figures at the ticks', () => {
  const scales = [
    scaleFor('zero', [84.2], 'time'),
    scaleFor('zero', [11_200, 1370], 'time'),
    scaleFor('zero', [12_288], 'bytes'),
    scaleFor('zero', [2], 'count'),
  ];

  expect(scales.map((scale) => [scale.unitSuffix, ...labelsOf(scale)])).toEqual([
    [', ns', '0', '20', '40', '60', '80', '100'],
    [', µs', '0', '2.5', '5', '7.5', '10', '12.5'],
    [', KiB', '0', '4', '8', '12'],
    ['', '0', '0.5', '1', '1.5', '2'],
  ]);
});

it('begins at nothing, or where the values do', () => {
  const values = [940, 1010];

  expect(scaleFor('zero', values, 'time').axis.min).toBe(0);
  expect(scaleFor('fit', values, 'time').axis.min).toBe(940);
});

it('gives zeros a place of their own on a logarithmic axis', () => {
  const scale = scaleFor('log', [0, 10, 1000], 'time');

  expect(labelsOf(scale)).toEqual(['0', '10 ns', '30 ns', '100 ns', '300 ns', '1 µs']);
  expect(scale.positionOf(0)).toBeLessThan(scale.positionOf(10));
  expect(scale.valueAt(scale.positionOf(0))).toBe(0);
});

it('stays linear where a logarithm has nothing to show', () => {
  expect(scaleFor('log', [0, 0], 'time').unitSuffix).toBe(', ns');
  expect(scaleFor('log', [], 'time').axis).toMatchObject({ min: 0, max: 1 });
});

it('shows every value within its axis, and finds it again', () => {
  const time = fc.integer({ min: 0, max: 1e11 }).map((picoseconds) => picoseconds / 1000);
  const values = fc.array(time, { minLength: 1 });
  fc.assert(
    fc.property(fc.constantFrom(...SCALE_KINDS), values, (kind, shown) => {
      const scale = scaleFor(kind, shown, 'time');
      for (const value of shown) {
        const position = scale.positionOf(value);
        expect(position).toBeGreaterThanOrEqual(scale.axis.min - 1e-6);
        expect(position).toBeLessThanOrEqual(scale.axis.max + 1e-6);
        expect(scale.valueAt(position)).toBeCloseTo(value, 3);
      }
    }),
  );
});
