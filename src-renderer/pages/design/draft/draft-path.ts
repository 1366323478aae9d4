/** Where a value stands in a draft: keys of maps and positions in lists. */
export type DraftPath = readonly (string | number)[];

/** A path as problems write it: `layouts[0].uniform.order`. */
export function keyFromPath(path: DraftPath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

/** The value at a path of plain maps and lists; undefined where there is none. */
export function valueAt(value: unknown, path: DraftPath): unknown {
  return path.reduce<unknown>((at, part) => {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    return Reflect.get(at, part);
  }, value);
}

/** The list at a path; empty where there is none. */
export function listAt(value: unknown, path: DraftPath): readonly unknown[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : [];
}

/** The keys and values of the map at a path, in the order of the text; empty where there is none. */
export function entriesAt(value: unknown, path: DraftPath): readonly [string, unknown][] {
  const found = valueAt(value, path);
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return [];
  return Object.entries(found);
}
