import { formatBytes, formatCount, formatNs } from '../format.ts';
import { coveringTicks, logarithmicTicks } from './ticks.ts';
import type { TickSteps } from './ticks.ts';

/** How an axis maps values: from zero, over what occurs, or by powers of ten. */
export const SCALE_KINDS = ['zero', 'fit', 'log'] as const;
export type ScaleKind = (typeof SCALE_KINDS)[number];
export type Quantity = 'time' | 'bytes' | 'count';

/** What an ECharts value axis takes to show a scale. */
export type ScaleAxis = {
  readonly type: 'value';
  readonly min: number;
  readonly max: number;
  readonly axisTick: { readonly customValues: number[] };
  readonly axisLabel: {
    readonly customValues: number[];
    readonly formatter: (position: number) => string;
    readonly hideOverlap: boolean;
  };
};

/**
 * Where values lie on an axis.
 *
 * Logarithms are taken here and drawn on a plain value axis: a logarithmic axis of ECharts refuses
 * zeros and labels powers of its base only.
 */
export type Scale = {
  /** Appended to the name of the axis: `, µs`; empty where each label has its own unit. */
  readonly unitSuffix: string;
  /** On a logarithmic axis zeros have a place of their own, below the least of the others. */
  readonly positionOf: (value: number) => number;
  readonly valueAt: (position: number) => number;
  readonly axis: ScaleAxis;
};

type Unit = { readonly name: string; readonly size: number };

const UNITS: Readonly<Record<Quantity, readonly Unit[]>> = {
  time: [
    { name: 's', size: 1e9 },
    { name: 'ms', size: 1e6 },
    { name: 'µs', size: 1e3 },
    { name: 'ns', size: 1 },
  ],
  bytes: [
    { name: 'MiB', size: 2 ** 20 },
    { name: 'KiB', size: 2 ** 10 },
    { name: 'B', size: 1 },
  ],
  count: [{ name: '', size: 1 }],
};
const FORMATS: Readonly<Record<Quantity, (value: number) => string>> = {
  time: formatNs,
  bytes: formatBytes,
  count: formatCount,
};
const STEPS: Readonly<Record<Quantity, TickSteps>> = {
  time: 'decimal',
  bytes: 'binary',
  count: 'decimal',
};
const TICKS = 5;

/** A value with the unit that suits it, as tooltips show it. */
export function formatQuantity(value: number | null, quantity: Quantity): string {
  return value === null ? '–' : FORMATS[quantity](value);
}

function unitFor(most: number, quantity: Quantity): Unit {
  const fits = UNITS[quantity].find(({ size }) => Math.abs(most) >= size * 2);
  return fits ?? UNITS[quantity].at(-1) ?? { name: '', size: 1 };
}

function labelOf(value: number): string {
  if (value === 0) return '0';
  const text = String(Number(Math.abs(value).toPrecision(6)));
  const grouped = Math.abs(value) >= 10_000 ? formatCount(Math.abs(value)) : text;
  return value < 0 ? `−${grouped}` : grouped;
}

function linearScale(least: number, most: number, quantity: Quantity): Scale {
  const unit = unitFor(Math.max(Math.abs(least), Math.abs(most)), quantity);
  const ticks = coveringTicks(least / unit.size, most / unit.size, TICKS, STEPS[quantity]).map(
    (tick) => tick * unit.size,
  );
  return {
    unitSuffix: unit.name === '' ? '' : `, ${unit.name}`,
    positionOf: (value) => value,
    valueAt: (position) => position,
    axis: {
      type: 'value',
      min: ticks[0] ?? 0,
      max: ticks.at(-1) ?? 1,
      axisTick: { customValues: [...ticks] },
      axisLabel: {
        customValues: [...ticks],
        formatter: (position) => labelOf(position / unit.size),
        hideOverlap: true,
      },
    },
  };
}

/** Room at both ends of a logarithmic axis, and that of the place for zeros, as shares of it. */
const MARGIN = 0.02;
const ZERO_PLACE = 0.1;

function logarithmicScale(
  least: number,
  most: number,
  hasZero: boolean,
  quantity: Quantity,
): Scale {
  const span = Math.max(0.1, Math.log10(most / least));
  const from = Math.log10(least) - MARGIN * span;
  const to = Math.log10(most) + MARGIN * span;
  const zeroAt = from - ZERO_PLACE * span;
  const ticks = logarithmicTicks(10 ** from, 10 ** to, STEPS[quantity]).map((tick) =>
    Math.log10(tick),
  );
  const customValues = hasZero ? [zeroAt, ...ticks] : ticks;
  return {
    unitSuffix: ' (log)',
    positionOf: (value) => (value > 0 ? Math.log10(value) : zeroAt),
    valueAt: (position) => (hasZero && position < (zeroAt + from) / 2 ? 0 : 10 ** position),
    axis: {
      type: 'value',
      min: hasZero ? zeroAt - MARGIN * span : from,
      max: to,
      axisTick: { customValues },
      axisLabel: {
        customValues,
        formatter: (position) =>
          hasZero && position <= zeroAt ? '0' : formatQuantity(10 ** position, quantity),
        hideOverlap: true,
      },
    },
  };
}

/**
 * A scale over the values to be shown.
 *
 * @param kind    `log` falls back to `zero` where no value is positive.
 * @param values  All values, in the base unit of the quantity: nanoseconds, bytes or a number.
 */
export function scaleFor(kind: ScaleKind, values: Iterable<number>, quantity: Quantity): Scale {
  let least = Number.POSITIVE_INFINITY;
  let leastPositive = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
    if (value > 0) leastPositive = Math.min(leastPositive, value);
  }
  if (most === Number.NEGATIVE_INFINITY) return linearScale(0, 1, quantity);
  if (kind === 'log' && most > 0) {
    return logarithmicScale(leastPositive, most, least <= 0, quantity);
  }
  if (kind === 'fit') return linearScale(least, most, quantity);
  return linearScale(Math.min(0, least), Math.max(0, most), quantity);
}
