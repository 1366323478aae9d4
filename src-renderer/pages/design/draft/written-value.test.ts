import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  scalarFromText,
  shownText,
  textFromValue,
  textFromValues,
  valuesFromText,
} from './written-value.ts';

it.each([
  ['128', 128],
  ['0.50', 0.5],
  ['1.', 1],
  ['-3', -3],
  ['1e6', 1_000_000],
  ['4KiB', '4KiB'],
  ['1.5ms', '1.5ms'],
  ['', ''],
  [' 12 ', 12],
  ['0x10', '0x10'],
  ['1e', '1e'],
  ['1e999', '1e999'],
])('reads %j as %j', (text, value) => {
  expect(scalarFromText(text)).toBe(value);
});

it('shows every value as a text that means it', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
      (value) => {
        expect(scalarFromText(textFromValue(value))).toBe(value === 0 ? 0 : value);
      },
    ),
  );
});

it('reads a list from one line and writes it back', () => {
  expect(valuesFromText('4KiB, 512 ,,1MiB,')).toEqual(['4KiB', 512, '1MiB']);
  expect(textFromValues(['4KiB', 512])).toBe('4KiB, 512');
  expect(textFromValues('4KiB')).toBe('4KiB');
});

it('leaves alone what is being typed while it means the same', () => {
  const show = (typed: string | null, value: unknown): string =>
    shownText(typed, value, scalarFromText, textFromValue);

  expect(show('1.', 1)).toBe('1.');
  expect(show('0.50', 0.5)).toBe('0.50');
  expect(show('1.', 2)).toBe('2');
  expect(show(null, '4KiB')).toBe('4KiB');
  expect(show('', undefined)).toBe('');
});
