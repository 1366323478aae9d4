import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  formatBytes,
  formatChange,
  formatCount,
  formatDateTime,
  formatDuration,
  formatNs,
  formatRate,
  formatShare,
  formatSi,
} from './format.ts';

it.each([
  [0, '0 ns'],
  [0.25, '0.25 ns'],
  [1, '1 ns'],
  [12.34, '12.3 ns'],
  [999, '999 ns'],
  [999.7, '1 µs'],
  [1234, '1.23 µs'],
  [28_382, '28.4 µs'],
  [3_750_000, '3.75 ms'],
  [90e9, '90 s'],
  [7_200e9, '7,200 s'],
  [-1234, '−1.23 µs'],
])('writes %d ns as %s', (value, text) => {
  expect(formatNs(value)).toBe(text);
});

it.each([
  [0, '0 B'],
  [512, '512 B'],
  [4096, '4 KiB'],
  [131_072, '128 KiB'],
  [1_572_864, '1.5 MiB'],
  [2 ** 40, '1 TiB'],
])('writes %d bytes as %s', (value, text) => {
  expect(formatBytes(value)).toBe(text);
});

it.each([
  [0, '0'],
  [7, '7'],
  [12_345, '12,345'],
  [-3, '−3'],
  [32.5, '32.5'],
  [0.001234, '1.2e-3'],
])('writes the count %d as %s', (value, text) => {
  expect(formatCount(value)).toBe(text);
});

it('writes large figures in thousands', () => {
  expect(formatSi(8_123_000)).toBe('8.12 M');
  expect(formatSi(950)).toBe('950');
  expect(formatRate(8_123_000, 'I/Os')).toBe('8.12 M I/Os/s');
});

it('signs a change but not a share', () => {
  expect(formatShare(0.1234)).toBe('12.3 %');
  expect(formatChange(0.1234)).toBe('+12.3 %');
  expect(formatChange(-0.5)).toBe('−50 %');
  expect(formatChange(0)).toBe('0 %');
  expect(formatChange(0.0001)).toBe('0 %');
});

it.each([
  [0, '0 s'],
  [420, '0.4 s'],
  [42_300, '42 s'],
  [185_000, '3 min 5 s'],
  [180_000, '3 min'],
  [7_800_000, '2 h 10 min'],
])('writes a span of %d ms as %s', (value, text) => {
  expect(formatDuration(value)).toBe(text);
});

it('writes a time so that text order is time order', () => {
  const times = ['2026-03-01T14:05:00.000Z', '2026-11-20T01:00:00.000Z'];

  const texts = times.map(formatDateTime);

  expect(texts.every((text) => /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(text))).toBe(true);
  expect([...texts].sort()).toEqual(texts);
  expect(formatDateTime('yesterday')).toBe('–');
});

it('writes a missing figure as a dash, whatever it is a figure of', () => {
  const formats = [formatNs, formatBytes, formatCount, formatSi, formatShare, formatChange];
  for (const format of [...formats, formatDuration]) {
    expect([null, undefined, Number.NaN, Infinity].map((value) => format(value))).toEqual(
      Array(4).fill('–'),
    );
  }
});

const NS_OF_UNIT: Readonly<Record<string, number>> = { ns: 1, µs: 1e3, ms: 1e6, s: 1e9 };

it('loses no more than the third digit of a time', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 1e12, noNaN: true }), (value) => {
      const [digits = '', unit = ''] = formatNs(value).split(' ');
      const read = Number(digits.replaceAll(',', '')) * (NS_OF_UNIT[unit] ?? Number.NaN);
      expect(Math.abs(read - value) / value).toBeLessThanOrEqual(0.005);
    }),
  );
});
