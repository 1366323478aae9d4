const KIB = 1024;
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** Bytes in the largest unit that keeps them at least 1: `512 B`, `128 KiB`, `1.5 MiB`. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= KIB && unit < UNITS.length - 1) {
    value /= KIB;
    unit += 1;
  }
  return `${decimals(value)} ${UNITS[unit] ?? 'B'}`;
}

/** At most two digits after the point, none that say nothing: `3`, `3.5`, `0.33`. */
export function decimals(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.005) return '<0.01';
  return String(Math.round(value * 100) / 100);
}

/** Nanoseconds of a table: whole ones, below ten with one decimal. */
export function nanosecondsText(ns: number): string {
  return ns < 10 ? String(Math.round(ns * 10) / 10) : String(Math.round(ns));
}

/** A count with a space between thousands: `12 345 678`. */
export function countText(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** A count with its unit, in the singular for 1. */
export function countedText(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** How far a figure lies from a baseline: `-87 %`, `+3.2 %`. */
export function percentText(percent: number): string {
  const text = percent.toFixed(Math.abs(percent) < 10 ? 1 : 0);
  if (Number(text) === 0) return '0 %';
  return `${percent > 0 ? '+' : ''}${text} %`;
}

/** A span for people: `850 ms`, `12 s`, `3 min 20 s`, `1 h 5 min`. */
export function spanText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
