import type { FlatState, GuardedStep, Invariant, Machine, ViolationKind } from './machine.ts';

/** One step of a schedule, and the state it leads to. */
export type ScheduledStep<State extends FlatState> = {
  readonly actor: string;
  readonly step: string;
  readonly state: State;
};

/** An invariant that does not hold. */
export type Violation<State extends FlatState> = {
  readonly kind: ViolationKind;
  readonly meaning: string;
  /** How many states break it. */
  readonly states: number;
  /** The fewest steps from the start to one of them. */
  readonly schedule: readonly ScheduledStep<State>[];
};

/** Everything a machine can do. */
export type Exploration<State extends FlatState> = {
  /** States that can be reached, the start included. All of them were visited. */
  readonly states: number;
  /** Steps that can be taken in them, those that change nothing included. */
  readonly transitions: number;
  /** Steps to the state that is farthest from the start, on the shortest way. */
  readonly depth: number;
  /** Shortest schedule first. */
  readonly violations: readonly Violation<State>[];
  /** Invariants that hold in every state. */
  readonly impossible: readonly Invariant<State>[];
};

/** A state, and how it was first reached. */
type Visit<State extends FlatState> = {
  readonly state: State;
  readonly depth: number;
  readonly by: { readonly from: Visit<State>; readonly step: GuardedStep<State> } | null;
};

function scheduleTo<State extends FlatState>(end: Visit<State>): ScheduledStep<State>[] {
  const schedule: ScheduledStep<State>[] = [];
  for (let visit = end; visit.by !== null; visit = visit.by.from) {
    const { actor, name } = visit.by.step;
    schedule.push({ actor, step: name, state: visit.state });
  }
  return schedule.reverse();
}

/** Visits are in order of their depth: the first that breaks an invariant is the shortest way there. */
function violationOf<State extends FlatState>(
  invariant: Invariant<State>,
  visits: readonly Visit<State>[],
): Violation<State> | null {
  const broken = visits.filter(({ state }) => invariant.isBroken(state));
  const first = broken.at(0);
  if (first === undefined) return null;
  const { kind, meaning } = invariant;
  return { kind, meaning, states: broken.length, schedule: scheduleTo(first) };
}

/**
 * Follows every interleaving of a machine's actors, breadth first, until no step leads anywhere new.
 *
 * Each state is visited once, on a shortest way; of equally short ones the first in the order of the
 * steps. An invariant without a violation holds after every schedule of any length.
 *
 * @param machine  Its states must be finitely many, and its steps functions of the state alone.
 * @source SPEC rule RACE-1.
 */
export function explore<State extends FlatState>(machine: Machine<State>): Exploration<State> {
  const fields = Object.keys(machine.start);
  const keyOf = (state: State): string => fields.map((field) => state[field]).join('|');
  const known = new Set([keyOf(machine.start)]);
  const visits: Visit<State>[] = [{ state: machine.start, depth: 0, by: null }];
  let transitions = 0;
  // The list grows while it is gone through: it is the queue as well.
  for (const from of visits) {
    if (machine.isOver(from.state)) continue;
    for (const step of machine.steps) {
      if (!step.when(from.state)) continue;
      transitions += 1;
      const state = { ...from.state, ...step.then(from.state) };
      const key = keyOf(state);
      if (known.has(key)) continue;
      known.add(key);
      visits.push({ state, depth: from.depth + 1, by: { from, step } });
    }
  }
  const found = machine.invariants.map((invariant) => violationOf(invariant, visits));
  return {
    states: visits.length,
    transitions,
    depth: visits.at(-1)?.depth ?? 0,
    violations: found
      .filter((violation) => violation !== null)
      .sort((a, b) => a.schedule.length - b.schedule.length),
    impossible: machine.invariants.filter((_invariant, index) => found[index] === null),
  };
}
