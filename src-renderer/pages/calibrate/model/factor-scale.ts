import type { CalibrationGroup } from '#contract';

/** Where factors lie on a bar, by powers of ten: 0 is its left end, 1 its right. */
export type FactorScale = { readonly positionOf: (factor: number) => number };

/** Factors below this are drawn at the left end: a logarithm has no place for zero. */
const LEAST_FACTOR = 0.01;
const MARGIN = 0.04;

/** A scale that holds every factor with its interval, and 1: the price of the starting model. */
export function factorScale(groups: readonly CalibrationGroup[]): FactorScale {
  const logarithm = (factor: number): number => Math.log10(Math.max(LEAST_FACTOR, factor));
  const ends = groups.flatMap(({ multiplier, interval }) => [multiplier, ...interval]);
  const all = [1, ...ends].map(logarithm);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const span = Math.max(0.1, most - least);
  return {
    positionOf: (factor) => MARGIN + ((logarithm(factor) - least) / span) * (1 - 2 * MARGIN),
  };
}
