/** What a file that is dropped on the window can be. */
export type DroppedKind = 'session' | 'experiment' | 'layout';

const KINDS: readonly (readonly [ending: RegExp, kind: DroppedKind])[] = [
  [/\.foliolab$/i, 'session'],
  [/\.ya?ml$/i, 'experiment'],
  [/\.csv$/i, 'layout'],
];

/** What can be dropped, as the end of a sentence. */
export const DROPPABLE = 'a session (.foliolab), an experiment (.yaml) or a layout (.csv)';

/** What a file is by its name; null for what the window cannot open. */
export function droppedKind(name: string): DroppedKind | null {
  return KINDS.find(([ending]) => ending.test(name))?.[1] ?? null;
}
