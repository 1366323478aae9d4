const STEPS = [1, 2, 2.5, 5, 10];

/** Figures that differ by less, or by less than this share of themselves, are one. */
const SAME = 1e-9;

/** How far ticks may lie apart: round decimal figures, or powers of two for bytes. */
export type TickSteps = 'decimal' | 'binary';

/** The smallest of 1, 2, 2.5, 5 and their powers of ten that is at least `size`; or a power of two. */
function niceStep(size: number, steps: TickSteps): number {
  if (steps === 'binary') return 2 ** Math.ceil(Math.log2(size) - 1e-9);
  const power = 10 ** Math.floor(Math.log10(size));
  const step = STEPS.find((candidate) => candidate * power >= size * 0.9999) ?? 10;
  return step * power;
}

/** Takes away what adding 0.1 three times leaves behind. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}

/**
 * Round figures that cover a range, the first at or below `least`, the last at or above `most`.
 *
 * @param count  About how many are wanted.
 */
export function coveringTicks(
  least: number,
  most: number,
  count: number,
  steps: TickSteps = 'decimal',
): readonly number[] {
  const size = Math.max(Math.abs(least), Math.abs(most));
  if (most - least <= SAME * Math.max(1, size)) {
    const room = size <= SAME ? 1 : size * 0.1;
    return coveringTicks(least < room ? 0 : least - room, least + room, count, steps);
  }
  const step = niceStep((most - least) / count, steps);
  const first = Math.floor(least / step + 1e-9);
  const last = Math.ceil(most / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => clean((first + index) * step));
}

/** Powers of two, as far apart as leaves about six of them. */
function binaryTicks(least: number, most: number): readonly number[] {
  const first = Math.ceil(Math.log2(least) - 1e-9);
  const last = Math.floor(Math.log2(most) + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first) / 6));
  const count = Math.max(0, Math.floor((last - first) / stride) + 1);
  return Array.from({ length: count }, (_, index) => 2 ** (first + index * stride));
}

/** Round figures within a range of positive values that a logarithmic axis shows. */
export function logarithmicTicks(
  least: number,
  most: number,
  steps: TickSteps = 'decimal',
): readonly number[] {
  if (steps === 'binary') return binaryTicks(least, most);
  const decades = Math.log10(most / least);
  if (decades < 0.9) {
    const within = (tick: number): boolean => tick >= least && tick <= most;
    return coveringTicks(least, most, 6).filter(within);
  }
  const factors = decades > 3 ? [1] : decades > 1.6 ? [1, 3] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); power++) {
    for (const factor of factors) ticks.push(clean(factor * 10 ** power));
  }
  return ticks.filter((tick) => tick >= least * 0.9999 && tick <= most * 1.0001);
}
