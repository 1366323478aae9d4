const NUMBER = /^-?\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i;

/**
 * What a field's text means in YAML: figures are numbers, all else is text, units included.
 *
 * @param text  As it is typed, `128`, `0.50` or `4KiB`.
 */
export function scalarFromText(text: string): string | number {
  const trimmed = text.trim();
  const value = Number(trimmed);
  return NUMBER.test(trimmed) && Number.isFinite(value) ? value : trimmed;
}

/** A written value as a field shows it; what is no scalar is shown as JSON. */
export function textFromValue(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

/** The values of a list typed on one line: `4KiB, 128KiB`. */
export function valuesFromText(text: string): (string | number)[] {
  return text
    .split(',')
    .map(scalarFromText)
    .filter((value) => value !== '');
}

/** A list, or one value in the place of one, as one line. */
export function textFromValues(value: unknown): string {
  return Array.isArray(value) ? value.map(textFromValue).join(', ') : textFromValue(value);
}

/**
 * What a field shows: what was typed for as long as it means the value of the draft, else that value.
 *
 * @param typed  Null before anything was typed.
 */
export function shownText(
  typed: string | null,
  value: unknown,
  read: (text: string) => unknown,
  write: (value: unknown) => string,
): string {
  const written = write(value);
  return typed !== null && write(read(typed)) === written ? typed : written;
}
