/** A state as a flat record of words and flags: two states are the same when all their fields are. */
export type FlatState = Readonly<Record<string, string | boolean>>;

/** What must never be so. */
export type ViolationKind = 'crash' | 'lost-data';

/** Something an actor does at once, whenever its guard lets it. */
export type GuardedStep<State extends FlatState> = {
  readonly actor: string;
  readonly name: string;
  /** The guard: whether the actor can take this step now. */
  readonly when: (state: State) => boolean;
  /** The fields that change; all others stay. */
  readonly then: (state: State) => Partial<State>;
};

/** A claim about every reachable state. */
export type Invariant<State extends FlatState> = {
  readonly kind: ViolationKind;
  /** What is so in a state that breaks it, as a sentence without a subject of its own. */
  readonly meaning: string;
  readonly isBroken: (state: State) => boolean;
};

/**
 * A few actors over one small state. Each step is atomic; between any two of them every other actor
 * may take any number of its own.
 */
export type Machine<State extends FlatState> = {
  /** In the order of their columns. */
  readonly actors: readonly string[];
  readonly start: State;
  /** Of two equally short schedules, the one whose steps stand earlier here is told. */
  readonly steps: readonly GuardedStep<State>[];
  readonly invariants: readonly Invariant<State>[];
  /** Whether nothing happens any more, whatever the guards say. */
  readonly isOver: (state: State) => boolean;
  /** The state in words. */
  readonly textOf: (state: State) => string;
};
