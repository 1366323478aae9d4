import { isMap, nameOf, shortText } from './experiment-value.ts';
import type { ExperimentMap } from './experiment-value.ts';

/** Words about an experiment: they change no result. */
const WORDS = new Set(['schema', 'name', 'title', 'question', 'source']);
/** Parts whose keys speak for themselves. */
const UNNAMED = new Set(['workload', 'layouts', 'strategies', 'parameters', 'policies']);

function placeText(path: readonly string[]): string {
  return path.filter((part) => !UNNAMED.has(part)).join(' ');
}

function valueChange(path: readonly string[], before: unknown, after: unknown): string {
  const place = placeText(path);
  const [from, to] = [shortText(before), shortText(after)];
  if (after === undefined) return `no ${place}`;
  if (to === null || (before !== undefined && from === null)) return `other ${place}`;
  return before === undefined ? `${place} ${to}` : `${place} ${String(from)} → ${to}`;
}

type Named = ReadonlyMap<string, unknown>;

/** The elements of a list by their names; null where they have none. */
function byName(value: unknown): Named | null {
  if (!Array.isArray(value)) return null;
  const named = new Map<string, unknown>();
  for (const element of value) {
    const name = nameOf(element);
    if (name === null) return null;
    named.set(name, element);
  }
  return named;
}

function namedChanges(path: readonly string[], before: Named, after: Named): string[] {
  const came = [...after.keys()].filter((name) => !before.has(name)).map((name) => `+ ${name}`);
  const went = [...before.keys()].filter((name) => !after.has(name)).map((name) => `− ${name}`);
  const changed = [...after]
    .filter(([name]) => before.has(name))
    .flatMap(([name, element]) => changesAt([...path, name], before.get(name), element));
  return [...came, ...went, ...changed];
}

function mapChanges(
  path: readonly string[],
  before: ExperimentMap,
  after: ExperimentMap,
): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => changesAt([...path, key], before[key], after[key]));
}

function changesAt(path: readonly string[], before: unknown, after: unknown): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [first = ''] = path;
  if (path.length === 1 && WORDS.has(first)) return [];
  if (first === 'expect') return ['other expectations'];
  const [named, namedAfter] = [byName(before), byName(after)];
  if (named !== null && namedAfter !== null) {
    const changes = namedChanges(path, named, namedAfter);
    return changes.length > 0 ? changes : [`order of ${first}`];
  }
  if (isMap(before) && isMap(after)) return mapChanges(path, before, after);
  return [valueChange(path, before, after)];
}

/** What decides results and differs between two experiments: `seed 1 → 2`, `+ mthp-2m`. */
export function experimentChanges(before: ExperimentMap, after: ExperimentMap): readonly string[] {
  return mapChanges([], before, after);
}
