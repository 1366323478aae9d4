import { CORE_VERSION } from '#core';
import type {
  RaceFix,
  RaceModel,
  RaceReference,
  RaceReport,
  RaceRules,
  RaceStep,
  ViolationKind,
} from '#core';

/** What `schema` says in a race as JSON. */
export const RACE_SCHEMA = 'folio-lab/race@1';

/** Everything that can happen in a race, as `race --json` prints it. Every key is always there. */
export type RaceDocument = {
  readonly schema: typeof RACE_SCHEMA;
  readonly coreVersion: string;
  readonly model: RaceModel;
  readonly reference: RaceReference;
  readonly rules: RaceRules;
  readonly fixes: readonly RaceFix[];
  /** Of the schedules, in the order of the model. */
  readonly actors: readonly string[];
  /** The state before the first step, in words. */
  readonly start: string;
  /** States that can be reached, all of them visited. */
  readonly states: number;
  readonly transitions: number;
  /** Steps to the state that is farthest from the start. */
  readonly depth: number;
  /** Shortest schedule first. */
  readonly violations: readonly {
    readonly kind: ViolationKind;
    readonly meaning: string;
    /** How many states are like this. */
    readonly states: number;
    /** The shortest way to one of them; `state` is the one a step leads to, in words. */
    readonly schedule: readonly RaceStep[];
  }[];
  /** What no schedule of any length comes to. */
  readonly impossible: readonly { readonly kind: ViolationKind; readonly meaning: string }[];
};

/**
 * Turns what the explorer found into its JSON document.
 *
 * @source Design section 7, race@1.
 */
export function raceDocument(report: RaceReport): RaceDocument {
  const { setup, violations, impossible } = report;
  return {
    schema: RACE_SCHEMA,
    coreVersion: CORE_VERSION,
    model: setup.model,
    reference: setup.reference,
    rules: setup.rules,
    fixes: [...setup.fixes],
    actors: [...report.actors],
    start: report.start,
    states: report.states,
    transitions: report.transitions,
    depth: report.depth,
    violations: violations.map(({ kind, meaning, states, schedule }) => ({
      kind,
      meaning,
      states,
      schedule: schedule.map(({ actor, step, state }) => ({ actor, step, state })),
    })),
    impossible: impossible.map(({ kind, meaning }) => ({ kind, meaning })),
  };
}
