import type { Problem } from '#contract';

/** Whether a key is another one or lies within it: `workload.device` is within `workload`. */
export function isWithin(key: string, around: string): boolean {
  if (around === '' || key === around) return true;
  return key.startsWith(around) && /^[.[]/.test(key.slice(around.length));
}

/**
 * Finds the field at which a problem is marked: its own, or the nearest part around it on screen.
 *
 * @param fields  Keys of the fields on screen; `''` is the form as a whole.
 * @returns Null when not even the form is there.
 */
export function fieldOfProblem(key: string, fields: Iterable<string>): string | null {
  let nearest: string | null = null;
  for (const field of fields) {
    if (isWithin(key, field) && (nearest === null || field.length > nearest.length))
      nearest = field;
  }
  return nearest;
}

/** Sorts problems to the fields at which they are marked. */
export function problemsByField(
  problems: readonly Problem[],
  fields: ReadonlySet<string>,
): ReadonlyMap<string, readonly Problem[]> {
  const sorted = new Map<string, Problem[]>();
  for (const problem of problems) {
    const field = fieldOfProblem(problem.key, fields);
    if (field !== null) sorted.set(field, [...(sorted.get(field) ?? []), problem]);
  }
  return sorted;
}

/** How many problems lie in a part of the form, shown or folded away. */
export function countWithin(problems: readonly Problem[], around: string): number {
  return problems.filter(({ key }) => isWithin(key, around)).length;
}

/** A message as a sentence of its own, at a field that the reader sees. */
export function sentenceFromProblem({ message }: Pick<Problem, 'message'>): string {
  const text = message.startsWith('is missing')
    ? message.replace('is missing', 'missing')
    : message;
  // The name of a column, a key or a strategy stays as it is written.
  return /^[a-z]+(?:[ ,;]|$)/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
