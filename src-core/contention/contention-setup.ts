import { PAGE_NUMBER_LIMIT } from '../units.ts';
import { programProblem } from './program.ts';
import type { ContentionStep } from './program.ts';

/** What a locked operation takes, by where the last one on the same cache line came from. */
export type LineCosts = {
  /** Unit of all: nanoseconds. */
  readonly local: number;
  readonly otherCore: number;
  readonly otherSocket: number;
};

/** The processors, and what passes between them. */
export type ContentionMachine = {
  /** Thread i of a setup has processor i to itself; this many follow each other on a socket. */
  readonly coresPerSocket: number;
  readonly lockOperation: LineCosts;
  /** From the release of a lock to when a thread that slept for it goes on. Unit: nanoseconds. */
  readonly wakeNs: number;
  /** An interrupt to another processor. Unit: nanoseconds. */
  readonly interrupt: { readonly deliverNs: number; readonly handleNs: number };
};

/** Threads that do the same. */
export type ContentionGroup = {
  readonly name: string;
  /** A whole number, at least 1. */
  readonly threads: number;
  /** What a thread does before each operation; may be empty. */
  readonly between: readonly ContentionStep[];
  /** What is counted and timed, from its first step to its last. */
  readonly operation: readonly ContentionStep[];
};

/** Threads of one process, on processors of their own, and for how long they are watched. */
export type ContentionSetup = {
  readonly machine: ContentionMachine;
  readonly groups: readonly ContentionGroup[];
  /** Each thread starts at a time drawn below this. Unit: nanoseconds. */
  readonly startWithinNs: number;
  /** Nothing is recorded before. Unit: nanoseconds. */
  readonly warmUpNs: number;
  /** Unit: nanoseconds, more than 0. */
  readonly measuredNs: number;
  /** A whole number. */
  readonly seed: number;
};

/** The most threads of a setup. */
export const MOST_CONTENDING_THREADS = 256;

function isTime(value: number): boolean {
  return value >= 0 && value < PAGE_NUMBER_LIMIT;
}

function timesProblem({ machine, ...setup }: ContentionSetup): string | null {
  const { deliverNs, handleNs } = machine.interrupt;
  const times = {
    ...{ ...machine.lockOperation, wakeNs: machine.wakeNs, deliverNs, handleNs },
    ...{ startWithinNs: setup.startWithinNs, warmUpNs: setup.warmUpNs },
    measuredNs: setup.measuredNs,
  };
  for (const [key, value] of Object.entries(times)) {
    if (!isTime(value)) return `${key} ${value} is no time in nanoseconds, zero or more`;
  }
  return setup.measuredNs > 0 ? null : 'measuredNs 0 leaves no time to measure';
}

/**
 * Says why a setup cannot be simulated, in one sentence, or null.
 *
 * @source SPEC rules CONT-1 to CONT-9.
 */
export function contentionProblem(setup: ContentionSetup): string | null {
  const { groups, machine } = setup;
  const problem = timesProblem(setup);
  if (problem !== null) return problem;
  const isWhole = (value: number): boolean => Number.isInteger(value) && value >= 1;
  if (!isWhole(machine.coresPerSocket)) {
    return `coresPerSocket ${machine.coresPerSocket} is not a whole number from 1`;
  }
  const odd = groups.find(({ threads }) => !isWhole(threads));
  if (odd !== undefined) return `${odd.name} has ${odd.threads} threads, not a whole number from 1`;
  const threads = groups.reduce((sum, group) => sum + group.threads, 0);
  if (threads < 1 || threads > MOST_CONTENDING_THREADS) {
    return `there are ${threads} threads; allowed are 1 to ${MOST_CONTENDING_THREADS}`;
  }
  for (const { name, between, operation } of groups) {
    const found = programProblem([...between, ...operation]);
    if (found !== null) return `${name}: ${found}`;
  }
  return null;
}
