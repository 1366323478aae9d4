import { parse } from 'yaml';

/** A map of an experiment file, whatever is in it. */
export type ExperimentMap = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is ExperimentMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an experiment text says; nothing for one that is no YAML. */
export function experimentValue(text: string): ExperimentMap {
  try {
    const value: unknown = parse(text, { schema: 'core', logLevel: 'silent' });
    return isMap(value) ? value : {};
  } catch {
    return {};
  }
}

/** How an element of a list is called: layouts by their name, strategies by name or id. */
export function nameOf(element: unknown): string | null {
  if (!isMap(element)) return null;
  const name = element['name'] ?? element['id'];
  return typeof name === 'string' ? name : null;
}

const LONGEST_LIST = 4;

/** A value in a few words; null for one that takes more. */
export function shortText(value: unknown): string | null {
  if (Array.isArray(value)) {
    const parts = value.map(shortText);
    const isShort = parts.length <= LONGEST_LIST && !parts.includes(null);
    return isShort ? parts.join(', ') : null;
  }
  return typeof value === 'object' && value !== null ? null : String(value);
}
