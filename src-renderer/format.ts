/**
 * Figures as text: the one place that decides digits, units and separators. A missing figure is a
 * dash. The language of the window is English, whatever the machine speaks.
 */
const MISSING = '–';

type Scale = { readonly from: number; readonly divisor: number; readonly unit: string };

const TIMES: readonly Scale[] = [
  { from: 1e9, divisor: 1e9, unit: 's' },
  { from: 1e6, divisor: 1e6, unit: 'ms' },
  { from: 1e3, divisor: 1e3, unit: 'µs' },
  { from: 0, divisor: 1, unit: 'ns' },
];
const SIZES: readonly Scale[] = [
  { from: 2 ** 40, divisor: 2 ** 40, unit: 'TiB' },
  { from: 2 ** 30, divisor: 2 ** 30, unit: 'GiB' },
  { from: 2 ** 20, divisor: 2 ** 20, unit: 'MiB' },
  { from: 2 ** 10, divisor: 2 ** 10, unit: 'KiB' },
  { from: 0, divisor: 1, unit: 'B' },
];
const THOUSANDS: readonly Scale[] = [
  { from: 1e12, divisor: 1e12, unit: 'T' },
  { from: 1e9, divisor: 1e9, unit: 'G' },
  { from: 1e6, divisor: 1e6, unit: 'M' },
  { from: 1e3, divisor: 1e3, unit: 'k' },
  { from: 0, divisor: 1, unit: '' },
];

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

type Figure = number | null | undefined;

function isMissing(value: Figure): value is null | undefined {
  return value === null || value === undefined || !Number.isFinite(value);
}

/** Three significant digits, as the histograms keep; a minus sign, not a hyphen. */
function digits(value: number): string {
  const size = Math.abs(value);
  const text = size >= 100 ? grouped.format(Math.round(size)) : shortDigits(size);
  return value < 0 && Number(text.replaceAll(',', '')) !== 0 ? `−${text}` : text;
}

function shortDigits(size: number): string {
  if (size === 0) return '0';
  if (size < 0.01) return size.toExponential(1);
  return String(Number(size.toPrecision(3)));
}

function scaled(value: number, scales: readonly Scale[]): { text: string; unit: string } {
  const size = Math.abs(value);
  // 999.7 ns would be rounded to 1,000 ns: the next unit takes it.
  const fits = ({ from }: Scale): boolean => size >= from * 0.9995;
  const scale = scales.find(fits) ?? { divisor: 1, unit: '' };
  return { text: digits(value / scale.divisor), unit: scale.unit };
}

const joined = ({ text, unit }: { text: string; unit: string }): string =>
  unit === '' ? text : `${text} ${unit}`;

/** `1,234 ns` is `1.23 µs`: three significant digits with the unit that suits. */
export function formatNs(valueNs: Figure): string {
  return isMissing(valueNs) ? MISSING : joined(scaled(valueNs, TIMES));
}

/** `4096` is `4 KiB`. */
export function formatBytes(valueBytes: Figure): string {
  return isMissing(valueBytes) ? MISSING : joined(scaled(valueBytes, SIZES));
}

/** A whole number with separators, or three significant digits of a mean: `12,345`, `32.5`. */
export function formatCount(value: Figure): string {
  if (isMissing(value)) return MISSING;
  if (!Number.isInteger(value)) return digits(value);
  const text = grouped.format(Math.abs(value));
  return value < 0 ? `−${text}` : text;
}

/** A large figure in thousands: `8,123,000` is `8.12 M`. */
export function formatSi(value: Figure, unit = ''): string {
  if (isMissing(value)) return MISSING;
  const { text, unit: prefix } = scaled(value, THOUSANDS);
  return `${text} ${prefix}${unit}`.trim();
}

/** `8.12 M I/Os/s`. */
export function formatRate(perSecond: Figure, things: string): string {
  return isMissing(perSecond) ? MISSING : `${formatSi(perSecond)} ${things}/s`;
}

/** A share of one: `0.1234` is `12.3 %`. */
export function formatShare(share: Figure): string {
  return isMissing(share) ? MISSING : `${digits(Number((share * 100).toFixed(1)))} %`;
}

/** A change against a baseline, always signed: `+12.3 %`, `−4 %`, `0 %`. */
export function formatChange(share: Figure): string {
  if (isMissing(share)) return MISSING;
  const text = formatShare(share);
  return share > 0 && text !== '0 %' ? `+${text}` : text;
}

/** A span of wall-clock time for people: `0.4 s`, `42 s`, `3 min 5 s`, `2 h 10 min`. */
export function formatDuration(spanMs: Figure): string {
  if (isMissing(spanMs)) return MISSING;
  const seconds = spanMs / 1000;
  if (seconds < 10) return `${(Math.round(seconds * 10) / 10).toString()} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
  const rest = minutes % 60;
  const hours = Math.floor(minutes / 60);
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

const pad = (value: number): string => String(value).padStart(2, '0');

/** Local date and time, `2026-03-01 14:05`: sorts as it reads. */
export function formatDateTime(isoTime: string | null): string {
  if (isoTime === null) return MISSING;
  const time = new Date(isoTime);
  if (Number.isNaN(time.getTime())) return MISSING;
  const date = `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}`;
  return `${date} ${pad(time.getHours())}:${pad(time.getMinutes())}`;
}
