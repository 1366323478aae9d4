import { exploreRace, replayRace } from '#core';
import type { RaceModel, RaceReport, RaceSetup, RaceStep, ViolationKind } from '#core';
import { factsOfState } from './page-facts.ts';

/** Something a race may come to, the same for all settings of a model. */
export type Outcome = {
  /** For addresses: `crash`, `lost-data`, `lost-data-2`. */
  readonly id: string;
  readonly kind: ViolationKind;
  readonly meaning: string;
  /** How plain references come to it: no rule and no proposal stands in their way. */
  readonly knownSchedule: readonly RaceStep[];
};

/** What a setting makes of an outcome. */
export type Verdict =
  | { readonly kind: 'reached'; readonly steps: number; readonly states: number }
  | { readonly kind: 'never' };

/** What is said of the page under one heading after a step. */
export type Cell = {
  readonly about: string;
  readonly words: string;
  readonly wasChanged: boolean;
};

/** The state before the first step, or a step with the state it leads to. */
export type TrackRow = {
  readonly index: number;
  /** Null before the first step. */
  readonly step: RaceStep | null;
  /** False for the step that a setting does not let anybody take. */
  readonly wasTaken: boolean;
  readonly cells: readonly Cell[];
};

/** How a walk ends: in the outcome, before a step that cannot be taken, or with the page unharmed. */
export type TrackEnd = 'reached' | 'stopped' | 'unharmed';

/** A schedule to walk through under one setting. */
export type Track = {
  readonly rows: readonly TrackRow[];
  readonly end: TrackEnd;
};

/** A setting, all that was found out about it, and the schedule that is walked through. */
export type RaceStory = {
  readonly setup: RaceSetup;
  readonly report: RaceReport;
  readonly verdict: Verdict;
  readonly track: Track;
};

/** The outcomes of a model, nearest first: with plain references it comes to all of them. */
export function outcomesOf(model: RaceModel): readonly Outcome[] {
  const { violations } = exploreRace({ model, reference: 'get', rules: 'none', fixes: [] });
  return violations.map(({ kind, meaning, schedule }, index) => {
    const earlier = violations.slice(0, index).filter((each) => each.kind === kind).length;
    const id = earlier === 0 ? kind : `${kind}-${earlier + 1}`;
    return { id, kind, meaning, knownSchedule: schedule };
  });
}

/** The outcome that is asked for; else the crash, if the model has one, else its first. */
export function chosenOutcome(
  outcomes: readonly Outcome[],
  id: string | null,
): Outcome | undefined {
  return (
    outcomes.find((each) => each.id === id) ??
    outcomes.find(({ kind }) => kind === 'crash') ??
    outcomes.at(0)
  );
}

const violationOf = (report: RaceReport, { meaning }: Outcome) =>
  report.violations.find((each) => each.meaning === meaning);

/** What a setting makes of an outcome. */
export function verdictOf(report: RaceReport, outcome: Outcome): Verdict {
  const violation = violationOf(report, outcome);
  if (violation === undefined) return { kind: 'never' };
  return { kind: 'reached', steps: violation.schedule.length, states: violation.states };
}

function rowsOf(model: RaceModel, start: string, steps: readonly RaceStep[]): TrackRow[] {
  const states = [start, ...steps.map(({ state }) => state)].map((state) =>
    factsOfState(model, state),
  );
  return states.map((facts, index) => ({
    index,
    step: steps[index - 1] ?? null,
    wasTaken: true,
    cells: facts.map(({ about, words }, column) => ({
      about,
      words,
      wasChanged: index > 0 && states[index - 1]?.[column]?.words !== words,
    })),
  }));
}

/** The shortest schedule to an outcome; where none leads there, how far that of plain references goes. */
function trackOf(report: RaceReport, outcome: Outcome): Track {
  const { setup, start } = report;
  const violation = violationOf(report, outcome);
  if (violation !== undefined) {
    return { rows: rowsOf(setup.model, start, violation.schedule), end: 'reached' };
  }
  const { steps, stoppedBy } = replayRace(setup, outcome.knownSchedule);
  const rows = rowsOf(setup.model, start, steps);
  if (stoppedBy === null) return { rows, end: 'unharmed' };
  const last = rows.at(-1)?.cells ?? [];
  const refused: TrackRow = {
    index: rows.length,
    step: { ...stoppedBy, state: steps.at(-1)?.state ?? start },
    wasTaken: false,
    cells: last.map((cell) => ({ ...cell, wasChanged: false })),
  };
  return { rows: [...rows, refused], end: 'stopped' };
}

/** Explores a race and lays out the schedule to one outcome. */
export function raceStory(setup: RaceSetup, outcome: Outcome): RaceStory {
  const report = exploreRace(setup);
  return { setup, report, verdict: verdictOf(report, outcome), track: trackOf(report, outcome) };
}
