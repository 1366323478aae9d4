import type { CallTracePart, Remark, TraceComparison } from '#contract';
import { formatCount } from '../../../format.ts';
import { counted } from '../../../sentences.ts';

/** A fact of a trace with its name. */
export type TraceFact = { readonly title: string; readonly text: string; readonly isGap?: boolean };

function cpusText({ cpus }: CallTracePart): string {
  return cpus.length === 0 ? 'not told' : cpus.join(', ');
}

/** What a recording holds, and what is missing from it. */
export function traceFacts(part: CallTracePart): readonly TraceFact[] {
  const { firstLine, lastLine, tasks, calls, literalCalls } = part;
  const { cutOffCalls, lostMarks, lostEvents, overruns, interrupts } = part;
  const gaps = [
    { title: 'Cut off', text: counted(cutOffCalls, 'call'), count: cutOffCalls },
    {
      title: 'Lost events',
      text: `${counted(lostEvents, 'event')} at ${counted(lostMarks, 'place')}`,
      count: lostMarks,
    },
    { title: 'Not followed', text: counted(overruns, 'call'), count: overruns },
  ].filter(({ count }) => count > 0);
  return [
    { title: 'Lines', text: `${formatCount(firstLine)} to ${formatCount(lastLine)}` },
    { title: 'CPUs', text: cpusText(part) },
    ...(tasks === 0 ? [] : [{ title: 'Tasks', text: formatCount(tasks) }]),
    {
      title: 'Calls',
      text:
        literalCalls === calls
          ? formatCount(calls)
          : `${formatCount(literalCalls)} as written, ${formatCount(calls)} with repetitions`,
    },
    ...(interrupts === 0 ? [] : [{ title: 'Interrupts', text: formatCount(interrupts) }]),
    ...gaps.map(({ title, text }) => ({ title, text, isGap: true })),
  ];
}

/** What is compared, in one sentence. */
export function comparisonSentence(comparison: TraceComparison): string {
  const { root, measuredRoots, measuredCalls, modelledCalls } = comparison;
  if (root === null) return 'The trace has no function that the model knows.';
  const once = `${root}() was traced ${counted(measuredRoots, 'time')}`;
  return `${once}; for one call of it: ${formatCount(measuredCalls)} calls traced, ${formatCount(modelledCalls)} modelled.`;
}

/** A part of a file, told from the others. */
export function partTitle({ firstLine, lastLine, calls }: CallTracePart): string {
  return `lines ${firstLine}–${lastLine}, ${counted(calls, 'call')}`;
}

/** What is said of a part, and of the whole file. */
export function remarksOn(
  { firstLine, lastLine }: CallTracePart,
  remarks: readonly Remark[],
): readonly Remark[] {
  return remarks.filter(({ line }) => line === null || (line >= firstLine && line <= lastLine));
}
