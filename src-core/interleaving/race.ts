import type { Exploration } from './explore.ts';
import { explore } from './explore.ts';
import { forkCowMachine } from './fork-cow.ts';
import { gupDmaMachine } from './gup-dma.ts';
import type { FlatState, Machine, ViolationKind } from './machine.ts';
import { RACE_REFERENCES } from './race-setup.ts';
import type { RaceSetup } from './race-setup.ts';

/** One step of a schedule; the state it leads to in words. */
export type RaceStep = {
  readonly actor: string;
  readonly step: string;
  readonly state: string;
};

/** What a race can come to. */
export type RaceViolation = {
  readonly kind: ViolationKind;
  readonly meaning: string;
  /** How many states are like this. */
  readonly states: number;
  /** The shortest way to one of them. */
  readonly schedule: readonly RaceStep[];
};

/** Everything that can happen in a race. */
export type RaceReport = {
  readonly setup: RaceSetup;
  readonly actors: readonly string[];
  /** The state before the first step, in words. */
  readonly start: string;
  /** States that can be reached, and were all visited. */
  readonly states: number;
  readonly transitions: number;
  /** Steps to the farthest state. */
  readonly depth: number;
  /** Shortest schedule first. */
  readonly violations: readonly RaceViolation[];
  /** What no schedule of any length comes to. */
  readonly impossible: readonly { readonly kind: ViolationKind; readonly meaning: string }[];
};

function reportOf<State extends FlatState>(setup: RaceSetup, machine: Machine<State>): RaceReport {
  const { states, transitions, depth, ...found }: Exploration<State> = explore(machine);
  return {
    setup,
    actors: machine.actors,
    start: machine.textOf(machine.start),
    states,
    transitions,
    depth,
    violations: found.violations.map(({ schedule, ...violation }) => ({
      ...violation,
      schedule: schedule.map((each) => ({ ...each, state: machine.textOf(each.state) })),
    })),
    impossible: found.impossible.map(({ kind, meaning }) => ({ kind, meaning })),
  };
}

/**
 * Explores a race: the shortest schedule to each thing that goes wrong, and what cannot.
 *
 * @returns A report that is the same in every process and engine.
 * @source SPEC rules RACE-1 to RACE-14.
 */
export function exploreRace(setup: RaceSetup): RaceReport {
  switch (setup.model) {
    case 'gup-dma':
      return reportOf(setup, gupDmaMachine(setup));
    case 'fork-cow':
      return reportOf(setup, forkCowMachine(setup));
  }
}

/** A step by who takes it and what it is. */
export type NamedStep = Pick<RaceStep, 'actor' | 'step'>;

/** How far a schedule goes under another setup. */
export type RaceReplay = {
  /** The steps that can be taken, with the states they lead to. */
  readonly steps: readonly RaceStep[];
  /** The first step that cannot; null when all can. */
  readonly stoppedBy: NamedStep | null;
};

function replayOf<State extends FlatState>(
  { reference }: RaceSetup,
  machine: Machine<State>,
  schedule: readonly NamedStep[],
): RaceReplay {
  const steps: RaceStep[] = [];
  let state = machine.start;
  for (const { actor, step } of schedule) {
    const name = RACE_REFERENCES.some((each) => each === step) ? reference : step;
    const found = machine.steps.find((each) => each.actor === actor && each.name === name);
    if (found === undefined || machine.isOver(state) || !found.when(state)) {
      return { steps, stoppedBy: { actor, step: name } };
    }
    state = { ...state, ...found.then(state) };
    steps.push({ actor, step: name, state: machine.textOf(state) });
  }
  return { steps, stoppedBy: null };
}

/**
 * Follows a schedule as far as it goes: where it was found under another setup, the step at which
 * it stops is where this one stands in its way.
 *
 * @param schedule  Taken in its order; where it takes a reference, it takes that of the setup.
 * @source SPEC rule RACE-15.
 */
export function replayRace(setup: RaceSetup, schedule: readonly NamedStep[]): RaceReplay {
  switch (setup.model) {
    case 'gup-dma':
      return replayOf(setup, gupDmaMachine(setup), schedule);
    case 'fork-cow':
      return replayOf(setup, forkCowMachine(setup), schedule);
  }
}
