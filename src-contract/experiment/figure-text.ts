import type { FigureUnit } from '../figures.ts';

/** Enough digits to tell apart what differs by a part in ten thousand. */
const DIGITS = 5;

function round(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}

/** A figure in words with its unit: `28.382 us`, `768 B`, `135`. */
export function figureText(value: number, unit: FigureUnit): string {
  if (unit === 'bytes') return `${round(value)} B`;
  if (unit === 'count') return Number.isInteger(value) ? String(value) : round(value);
  const size = Math.abs(value);
  if (size >= 1e9) return `${round(value / 1e9)} s`;
  if (size >= 1e6) return `${round(value / 1e6)} ms`;
  return size >= 1e3 ? `${round(value / 1e3)} us` : `${round(value)} ns`;
}
