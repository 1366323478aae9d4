import { z } from 'zod';
import { describeValue } from '../problem.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

/** Bytes of each unit, by its lower-case spelling. `k` is 1024, as for fio and the kernel. */
const SIZE_UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['b', 1],
  ['k', KIB],
  ['kib', KIB],
  ['m', MIB],
  ['mib', MIB],
  ['g', GIB],
  ['gib', GIB],
]);

/** Nanoseconds of each unit, by its lower-case spelling. */
const TIME_UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['ns', 1],
  ['us', 1_000],
  ['µs', 1_000],
  ['μs', 1_000],
  ['ms', 1_000_000],
  ['s', 1_000_000_000],
]);

export const SIZE_FORMS = 'a size such as 512, 4KiB, 128k, 2M or 1GiB (1024 each step)';
export const TIME_FORMS = 'a time such as 250ns, 10us, 1.5ms or 2s';

type Reading =
  { readonly ok: true; readonly value: number } | { readonly ok: false; readonly message: string };

function refuse(message: string): Reading {
  return { ok: false, message };
}

function readWithUnit(text: string, units: ReadonlyMap<string, number>, forms: string): Reading {
  const match = /^(\d{1,15}(?:\.\d{1,9})?)\s*([a-zµμ]*)$/i.exec(text.trim());
  const [, digits, unit] = match ?? [];
  if (digits === undefined || unit === undefined) {
    return refuse(`found ${describeValue(text)}; allowed: ${forms}`);
  }
  const factor = units.get(unit.toLowerCase());
  if (factor === undefined) {
    return refuse(
      `unknown unit ${describeValue(unit)} in ${describeValue(text)}; allowed: ${forms}`,
    );
  }
  return { ok: true, value: Number(digits) * factor };
}

/**
 * Reads a size: bytes, or a number with a unit. Units are powers of 1024 and may be in any case; `KB`
 * and `MB` mean different things to different people and are refused.
 *
 * @returns Bytes, a whole number up to 2^53, or why not.
 */
export function readSize(written: string | number): Reading {
  const reading: Reading =
    typeof written === 'number'
      ? { ok: true, value: written }
      : readWithUnit(written, SIZE_UNITS, SIZE_FORMS);
  if (!reading.ok) return reading;
  if (Number.isSafeInteger(reading.value) && reading.value >= 0) return reading;
  return refuse(
    `found ${describeValue(written)}, which is no whole number of bytes; allowed: ${SIZE_FORMS}`,
  );
}

/**
 * Reads a time span: nanoseconds, or a number with a unit.
 *
 * @returns Nanoseconds, rounded to whole picoseconds, or why not.
 */
export function readTime(written: string | number): Reading {
  const reading: Reading =
    typeof written === 'number'
      ? { ok: true, value: written }
      : readWithUnit(written, TIME_UNITS, TIME_FORMS);
  if (!reading.ok) return reading;
  if (!Number.isFinite(reading.value) || reading.value < 0) {
    return refuse(`found ${describeValue(written)}; allowed: ${TIME_FORMS}`);
  }
  // 28.382 us is 28382.000000000004 ns in doubles; what is meant has at most 3 decimals.
  const rounded = Math.round(reading.value * 1000) / 1000;
  return { ok: true, value: reading.value < 1e12 ? rounded : reading.value };
}

/** A number of bytes in the largest unit that keeps it whole, as `readSize` reads it. */
export function sizeText(bytes: number): string | number {
  if (bytes === 0 || !Number.isSafeInteger(bytes)) return bytes;
  if (bytes % GIB === 0) return `${bytes / GIB}GiB`;
  if (bytes % MIB === 0) return `${bytes / MIB}MiB`;
  return bytes % KIB === 0 ? `${bytes / KIB}KiB` : bytes;
}

/** A time span in the largest unit that keeps it whole, as `readTime` reads it. */
export function timeText(nanoseconds: number): string | number {
  if (nanoseconds === 0 || !Number.isSafeInteger(nanoseconds)) return nanoseconds;
  if (nanoseconds % 1_000_000_000 === 0) return `${nanoseconds / 1_000_000_000}s`;
  if (nanoseconds % 1_000_000 === 0) return `${nanoseconds / 1_000_000}ms`;
  return nanoseconds % 1_000 === 0 ? `${nanoseconds / 1_000}us` : nanoseconds;
}

export type SizeRange = {
  /** Unit of all: bytes. */
  readonly least: number;
  readonly most: number;
  /** Sizes are multiples of this. */
  readonly step: number;
};

function describeRange({ least, most, step }: SizeRange): string {
  const multiple = step === 1 ? '' : `, a multiple of ${sizeText(step)}`;
  return `${SIZE_FORMS}, from ${sizeText(least)} to ${sizeText(most)}${multiple}`;
}

const SIZE_PATTERN = '^[0-9]+(\\.[0-9]+)?\\s*([bB]|[kKmMgG]([iI][bB])?)?$';
const TIME_PATTERN = '^[0-9]+(\\.[0-9]+)?\\s*(ns|us|µs|ms|s)?$';

function written(pattern: string, allowed: string) {
  return z.union([z.number(), z.string().meta({ pattern })], {
    error: (issue) =>
      issue.input === undefined
        ? `is missing; it takes ${allowed}`
        : `found ${describeValue(issue.input)}; allowed: ${allowed}`,
  });
}

/** A size within bounds; bytes once read. */
export function sizeWithin(range: SizeRange) {
  const allowed = describeRange(range);
  return written(SIZE_PATTERN, allowed).transform((value, context): number => {
    const reading = readSize(value);
    if (!reading.ok) {
      context.addIssue({ code: 'custom', message: reading.message });
      return z.NEVER;
    }
    const bytes = reading.value;
    if (bytes < range.least || bytes > range.most || bytes % range.step !== 0) {
      context.addIssue({
        code: 'custom',
        message: `found ${describeValue(value)}; allowed: ${allowed}`,
      });
    }
    return bytes;
  });
}

/** A time span within bounds; nanoseconds once read. */
export function timeWithin(leastNs: number, mostNs: number) {
  const allowed = `${TIME_FORMS}, from ${timeText(leastNs)} to ${timeText(mostNs)}`;
  return written(TIME_PATTERN, allowed).transform((value, context): number => {
    const reading = readTime(value);
    if (!reading.ok) {
      context.addIssue({ code: 'custom', message: reading.message });
      return z.NEVER;
    }
    if (reading.value < leastNs || reading.value > mostNs) {
      context.addIssue({
        code: 'custom',
        message: `found ${describeValue(value)}; allowed: ${allowed}`,
      });
    }
    return reading.value;
  });
}
