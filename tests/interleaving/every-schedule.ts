/** A system written out by hand: where it starts, what can happen next, and what is wrong. */
export type System<State> = {
  readonly start: State;
  /** One state for each step that can be taken now. */
  readonly next: (state: State) => readonly State[];
  /** What tells two states apart, however they are written down. */
  readonly identity: (state: State) => string;
  /** For each thing that may go wrong, whether it has. */
  readonly wrongs: (state: State) => readonly boolean[];
};

/** What was met on all schedules. */
export type Enumeration = {
  readonly states: number;
  readonly transitions: number;
  /** Steps of the longest schedule that was needed to meet every state. */
  readonly depth: number;
  /** For each thing that may go wrong: in how many states, and after how few steps (0 states: null). */
  readonly wrongs: readonly { readonly states: number; readonly steps: number | null }[];
};

type Met = { steps: number; readonly transitions: number; readonly wrongs: readonly boolean[] };

/** Walks all schedules of at most so many steps, one after the other and each to its end. */
function walkSchedules<State>(system: System<State>, mostSteps: number): Map<string, Met> {
  const met = new Map<string, Met>();
  const walk = (state: State, identity: string, steps: number): void => {
    const next = system.next(state);
    const before = met.get(identity);
    if (before === undefined) {
      met.set(identity, { steps, transitions: next.length, wrongs: system.wrongs(state) });
    } else {
      before.steps = Math.min(before.steps, steps);
    }
    if (steps === mostSteps) return;
    for (const each of next) {
      const following = system.identity(each);
      // Doing nothing, again and again, makes longer schedules and no others.
      if (following !== identity) walk(each, following, steps + 1);
    }
  };
  walk(system.start, system.identity(system.start), 0);
  return met;
}

function enumerationFrom(met: readonly Met[], depth: number): Enumeration {
  const kinds = met.at(0)?.wrongs ?? [];
  return {
    states: met.length,
    transitions: met.reduce((sum, { transitions }) => sum + transitions, 0),
    depth,
    wrongs: kinds.map((_kind, index) => {
      const wrong = met.filter(({ wrongs }) => wrongs[index] === true);
      const steps = wrong.length === 0 ? null : Math.min(...wrong.map((each) => each.steps));
      return { states: wrong.length, steps };
    }),
  };
}

/**
 * Enumerates all schedules depth first, longer and longer ones, until one more step meets no new
 * state. It remembers no state to spare itself a schedule, so it is slow and hard to get wrong.
 */
export function enumerateSchedules<State>(system: System<State>): Enumeration {
  let met = walkSchedules(system, 0);
  for (let mostSteps = 1; ; mostSteps += 1) {
    const longer = walkSchedules(system, mostSteps);
    if (longer.size === met.size) return enumerationFrom([...longer.values()], mostSteps - 1);
    met = longer;
  }
}
