/**
 * Says that trials could not run, and why: the reason that most of them have, and how many others there are.
 *
 * @param reasons  One for each trial that could not run.
 * @returns One sentence, or none.
 */
export function notApplicableWarning(reasons: readonly string[]): readonly string[] {
  if (reasons.length === 0) return [];
  const times = new Map<string, number>();
  for (const reason of reasons) times.set(reason, (times.get(reason) ?? 0) + 1);
  const [most, ...others] = [...times].sort(([, a], [, b]) => b - a);
  const trials = reasons.length === 1 ? '1 trial' : `${reasons.length} trials`;
  const rest =
    others.length === 0
      ? ''
      : `; ${others.length} other reason${others.length === 1 ? '' : 's'} beside it`;
  return [`${trials} could not run: ${most?.[0] ?? ''}${rest}.`];
}
