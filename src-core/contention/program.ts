import { assertNever } from '../errors.ts';

/** How durations scatter around their mean. */
export type Spread = 'constant' | 'exponential';

/** How a thread holds `mmap_lock`. */
export type LockMode = 'read' | 'write';

/**
 * One thing a thread does. `function` is whom a profiler would charge with the time.
 *
 * - `work`: something that concerns nobody else.
 * - `idle`: the same, but off the processor.
 * - `touch`: one locked operation on a cache line that others touch too; on any of `among` lines of
 *   that name where there are several, each equally likely.
 * - `lock`, `unlock`: `mmap_lock`, each with one locked operation on its own cache line.
 * - `irq-off`, `irq-on`: the ends of a section that keeps interrupts of other processors waiting.
 * - `interrupt-others`: interrupts all processors that run a thread, and waits until they have
 *   answered, as unmapping does before it frees what they may still see.
 * - `count`: counts up a counter of this name.
 * - `sometimes`: steps that are taken with a probability.
 */
export type ContentionStep =
  | {
      readonly kind: 'work';
      readonly function: string;
      readonly meanNs: number;
      readonly spread: Spread;
    }
  | { readonly kind: 'idle'; readonly meanNs: number; readonly spread: Spread }
  | {
      readonly kind: 'touch';
      readonly function: string;
      readonly line: string;
      /** A whole number from 1 to 65,536; 1 unless given. */
      readonly among?: number;
    }
  | { readonly kind: 'lock' | 'unlock'; readonly mode: LockMode; readonly function: string }
  | { readonly kind: 'irq-off' | 'irq-on' }
  | { readonly kind: 'interrupt-others'; readonly function: string }
  | { readonly kind: 'count'; readonly counter: string }
  | {
      readonly kind: 'sometimes';
      readonly probability: number;
      readonly steps: readonly ContentionStep[];
    };

/** Where a walk over a program is. */
type Place = { readonly held: LockMode | null; readonly isIrqOff: boolean };

/** A step that leads somewhere else, or what is wrong with it. */
type Walked = { readonly place: Place } | { readonly problem: string };

function walkLock(place: Place, kind: 'lock' | 'unlock', mode: LockMode): Walked {
  if (kind === 'lock') {
    if (place.held !== null) return { problem: 'mmap_lock is taken twice' };
    if (place.isIrqOff) return { problem: 'mmap_lock is taken with interrupts off' };
    return { place: { ...place, held: mode } };
  }
  if (place.held !== mode) return { problem: `mmap_lock is released but not held (${mode})` };
  return { place: { ...place, held: null } };
}

function walkInterrupts(place: Place, kind: 'irq-off' | 'irq-on'): Walked {
  const isIrqOff = kind === 'irq-off';
  if (place.isIrqOff === isIrqOff) return { problem: `${kind} twice in a row` };
  return { place: { ...place, isIrqOff } };
}

const MOST_LINES = 65_536;

function walkTouch(place: Place, { among = 1 }: ContentionStep & { kind: 'touch' }): Walked {
  if (Number.isInteger(among) && among >= 1 && among <= MOST_LINES) return { place };
  return { problem: `${among} is not a number of cache lines from 1 to ${MOST_LINES}` };
}

function walkSometimes(place: Place, step: ContentionStep & { kind: 'sometimes' }): Walked {
  if (!(step.probability >= 0 && step.probability <= 1)) {
    return { problem: `${step.probability} is not a probability from 0 to 1` };
  }
  const walked = walkSteps(place, step.steps);
  if ('problem' in walked) return walked;
  const { held, isIrqOff } = walked.place;
  const isBack = held === place.held && isIrqOff === place.isIrqOff;
  return isBack
    ? walked
    : { problem: 'steps taken sometimes leave the lock or interrupts changed' };
}

function walkStep(place: Place, step: ContentionStep): Walked {
  switch (step.kind) {
    case 'work':
    case 'idle':
      if (step.meanNs >= 0 && step.meanNs < Infinity) return { place };
      return { problem: `${step.meanNs} is no time in nanoseconds, zero or more` };
    case 'lock':
    case 'unlock':
      return walkLock(place, step.kind, step.mode);
    case 'irq-off':
    case 'irq-on':
      return walkInterrupts(place, step.kind);
    case 'interrupt-others':
      return place.isIrqOff ? { problem: 'others are interrupted with interrupts off' } : { place };
    case 'touch':
      return walkTouch(place, step);
    case 'count':
      return { place };
    case 'sometimes':
      return walkSometimes(place, step);
    default:
      return assertNever(step);
  }
}

function walkSteps(start: Place, steps: readonly ContentionStep[]): Walked {
  let place = start;
  for (const step of steps) {
    const walked = walkStep(place, step);
    if ('problem' in walked) return walked;
    place = walked.place;
  }
  return { place };
}

/** Says what no kernel could do about the steps of one thread, or null. */
export function programProblem(steps: readonly ContentionStep[]): string | null {
  const takesTime = steps.some(
    (step) => (step.kind === 'work' || step.kind === 'idle') && step.meanNs > 0,
  );
  if (!takesTime) return 'no step takes time in every round';
  const walked = walkSteps({ held: null, isIrqOff: false }, steps);
  if ('problem' in walked) return walked.problem;
  if (walked.place.held !== null) return 'mmap_lock is still held after the last step';
  return walked.place.isIrqOff ? 'interrupts are still off after the last step' : null;
}
