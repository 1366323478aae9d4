import type { ViolationKind } from '#core';
import { formatCount } from '../../../format.ts';
import type { Outcome, RaceStory, TrackEnd, Verdict } from './track.ts';

const KINDS: Readonly<Record<ViolationKind, string>> = { crash: 'Crash', 'lost-data': 'Lost data' };

export function kindText({ kind }: Pick<Outcome, 'kind'>): string {
  return KINDS[kind];
}

function counted(count: number, what: string): string {
  return `${formatCount(count)} ${count === 1 ? what : `${what}s`}`;
}

/** What a setting makes of an outcome, in a few words. */
export function verdictText(verdict: Verdict, statesVisited: number): string {
  if (verdict.kind === 'never') return `never, in all ${counted(statesVisited, 'state')}`;
  return `after ${counted(verdict.steps, 'step')} at the soonest`;
}

/** How much was looked at. */
export function visitedText({ report }: Pick<RaceStory, 'report'>): string {
  return `${counted(report.states, 'state')} visited`;
}

/** Why that was everything. */
export function everythingText({ report }: Pick<RaceStory, 'report'>): string {
  const { transitions, depth } = report;
  return `All that can be reached: ${counted(transitions, 'transition')}, the farthest state ${counted(depth, 'step')} from the start.`;
}

/** How a walk ends, as a sentence. */
export function endText(end: TrackEnd, outcome: Outcome, statesVisited: number): string {
  const never = `${kindText(outcome)}: never, in all ${counted(statesVisited, 'state')}.`;
  switch (end) {
    case 'reached':
      return `${kindText(outcome)}: ${outcome.meaning}.`;
    case 'stopped':
      return `The schedule of plain references stops here. ${never}`;
    case 'unharmed':
      return `The page comes through this schedule unharmed. ${never}`;
  }
}

/** What the way to the last step is called. */
export function jumpText(outcome: Outcome, ends: readonly TrackEnd[]): string {
  if (!ends.includes('reached')) return ends.includes('stopped') ? 'Where it stops' : 'To the end';
  return outcome.kind === 'crash' ? 'Where it crashes' : 'Where it loses data';
}
