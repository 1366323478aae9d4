/** One state of a text, with what it takes to join quick changes of one place into one step. */
type Step<Source> = {
  readonly text: string;
  /** Where the text came from; what is typed into it changes nothing about that. */
  readonly source: Source;
  /** What was being changed, such as the key of a field; null never joins. */
  readonly place: string | null;
  /** When the state was reached. Unit: milliseconds of any clock. */
  readonly atMs: number;
};

/** A text with the way back to what it was. */
export type TextHistory<Source> = {
  /** Oldest first. */
  readonly past: readonly Step<Source>[];
  readonly present: Step<Source>;
  /** Next first. */
  readonly future: readonly Step<Source>[];
};

/** Changes of one place that follow each other within this time are undone at once. */
const JOINED_WITHIN_MS = 1500;
const MOST_STEPS = 500;

export function beginHistory<Source>(text: string, source: Source): TextHistory<Source> {
  return { past: [], present: { text, source, place: null, atMs: 0 }, future: [] };
}

/**
 * The history after a change.
 *
 * @param place  What is being changed; quick changes of one place become one step.
 * @param nowMs  Time by the clock of all other changes.
 */
export function recordText<Source>(
  history: TextHistory<Source>,
  text: string,
  place: string | null,
  nowMs: number,
): TextHistory<Source> {
  const { past, present } = history;
  if (text === present.text) return history;
  const step = { text, source: present.source, place, atMs: nowMs };
  const isJoined =
    place !== null && place === present.place && nowMs - present.atMs < JOINED_WITHIN_MS;
  if (isJoined && past.length > 0) return { past, present: step, future: [] };
  return { past: [...past, present].slice(-MOST_STEPS), present: step, future: [] };
}

/** The history after another text from another source took the place of the whole. */
export function replaceText<Source>(
  history: TextHistory<Source>,
  text: string,
  source: Source,
): TextHistory<Source> {
  const step = { text, source, place: null, atMs: 0 };
  return { past: [...history.past, history.present].slice(-MOST_STEPS), present: step, future: [] };
}

/** One step back; the same history where there is none. */
export function undoText<Source>(history: TextHistory<Source>): TextHistory<Source> {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: { ...previous, place: null },
    future: [history.present, ...history.future],
  };
}

/** One step forward again; the same history where there is none. */
export function redoText<Source>(history: TextHistory<Source>): TextHistory<Source> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return {
    past: [...history.past, history.present],
    present: { ...next, place: null },
    future,
  };
}
