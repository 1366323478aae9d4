import { parse } from 'yaml';
import { applySettings, parseExperimentFile } from '#contract';
import { keyFromPath } from './draft-path.ts';
import type { DraftPath } from './draft-path.ts';
import { readDraftText } from './draft-document.ts';

/** More than this on one line is harder to read than a file. */
const MOST_SETTINGS = 8;

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}

/** A value as YAML on one line. */
function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  const json = JSON.stringify(value);
  if (typeof value !== 'string') return json;
  const isPlain = /^[\w.][\w. -]*$/.test(value) && parse(value) === value;
  return isPlain ? value : json;
}

/** Settings from one value to the other; null where they cannot be said as `path=value`. */
function differences(before: unknown, after: unknown, path: DraftPath): string[] | null {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const isListOfMaps = Array.isArray(after) && !after.every(isScalar);
  const isSameList = Array.isArray(before) && isListOfMaps && before.length === after.length;
  if ((isMap(before) && isMap(after)) || isSameList) return childDifferences(before, after, path);
  if (path.length === 0 || isListOfMaps || isMap(after)) return null;
  return [`${keyFromPath(path)}=${valueText(after)}`];
}

function childDifferences(before: object, after: object, path: DraftPath): string[] | null {
  if (Object.keys(before).some((key) => !Object.hasOwn(after, key))) return null;
  const settings: string[] = [];
  for (const [key, value] of Object.entries(after)) {
    const part = Array.isArray(after) ? Number(key) : key;
    const found = differences(Reflect.get(before, key), value, [...path, part]);
    if (found === null) return null;
    settings.push(...found);
  }
  return settings;
}

function meaningOf(text: string): string | null {
  const result = parseExperimentFile(text, 'draft');
  return result.ok ? JSON.stringify(result.file) : null;
}

/**
 * Finds what `--set` has to say for the command line to run a draft from the file it came from.
 *
 * @param saved  The text of the file.
 * @param draft  The text that is to be run.
 * @returns `path=value` each, none for equal experiments; null where the difference cannot be said
 *   like that, so that the draft has to be saved.
 */
export function settingsBetween(saved: string, draft: string): readonly string[] | null {
  if (saved === draft) return [];
  const meaning = meaningOf(draft);
  if (meaning === null) return null;
  const settings = differences(readDraftText(saved).value, readDraftText(draft).value, []);
  if (settings === null || settings.length > MOST_SETTINGS) return null;
  // A setting can drop a sweep, and the order of a sweep counts: only the result shows.
  const applied = applySettings(saved, settings);
  return applied.ok && meaningOf(applied.text) === meaning ? settings : null;
}
