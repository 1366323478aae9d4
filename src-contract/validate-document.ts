import { CORE_VERSION } from '#core';
import type { PublishedUnit } from './published-file.ts';

/** What `schema` says in a validation as JSON. */
export const VALIDATE_SCHEMA = 'folio-lab/validate@1';

/** How far a predicted figure may be off and still count as met. Unit: per cent. */
export const TOLERATED_PERCENT = 10;

/** A published figure beside what the model says. Every key is always there. */
export type ValidateRow = {
  /** The source and what it is of it: `s2.get.before`. */
  readonly id: string;
  readonly figure: string;
  readonly source: string;
  /** What was run, in words. */
  readonly workload: string;
  /** As a command takes it; empty where nothing can be run. */
  readonly layout: string;
  readonly strategy: string;
  /** Null for a figure of our own that nobody published. */
  readonly published: number | null;
  /** Null where the model cannot express the figure. */
  readonly modelled: number | null;
  /** What the modelled figure can be, where a constant it rests on is known only as a range. */
  readonly modelledRange: readonly [number, number] | null;
  readonly unit: PublishedUnit;
  /** Modelled against published; null where one of them is missing. */
  readonly errorPercent: number | null;
  /** Whether something was fitted on this figure; what is not modelled was not. */
  readonly basis: 'fitted' | 'predicted';
  /** Whether it only counts, or divides counts: exact by the rules, and no price has a part in it. */
  readonly isCounted: boolean;
  /** The cost model that prices it; null for counts and ratios of other rows. */
  readonly costModel: string | null;
  /** Why it is not modelled, or what to know of it. */
  readonly reason: string | null;
};

/** How many predicted rows are within the tolerance. */
export type ValidateTally = { readonly rows: number; readonly within: number };

/** The model against published figures, as `validate --json` prints it. */
export type ValidateDocument = {
  readonly schema: typeof VALIDATE_SCHEMA;
  readonly coreVersion: string;
  readonly tolerancePercent: number;
  readonly summary: {
    readonly rows: number;
    readonly fitted: number;
    readonly predicted: ValidateTally;
    /** Of the predicted rows, those that prices have a part in. */
    readonly predictedTimes: ValidateTally;
    readonly notModelled: number;
  };
  readonly rows: readonly ValidateRow[];
};

/** How a row stands: a figure that was fitted is never one that was met. */
export type ValidateVerdict = 'fitted' | 'met' | 'missed' | 'not-modelled' | 'not-published';

/** How a row stands, by its basis and its error. */
export function verdictOf({ basis, errorPercent, modelled }: ValidateRow): ValidateVerdict {
  if (modelled === null) return 'not-modelled';
  if (errorPercent === null) return 'not-published';
  if (Math.abs(errorPercent) > TOLERATED_PERCENT) return 'missed';
  return basis === 'fitted' ? 'fitted' : 'met';
}

function tally(rows: readonly ValidateRow[]): ValidateTally {
  return { rows: rows.length, within: rows.filter((row) => verdictOf(row) === 'met').length };
}

/**
 * Puts rows into their JSON document, with the sum of them.
 *
 * @source Design section 7, validate@1.
 */
export function validateDocument(rows: readonly ValidateRow[]): ValidateDocument {
  const compared = rows.filter(({ errorPercent }) => errorPercent !== null);
  const predicted = compared.filter(({ basis }) => basis === 'predicted');
  return {
    schema: VALIDATE_SCHEMA,
    coreVersion: CORE_VERSION,
    tolerancePercent: TOLERATED_PERCENT,
    summary: {
      rows: rows.length,
      fitted: compared.filter(({ basis }) => basis === 'fitted').length,
      predicted: tally(predicted),
      predictedTimes: tally(predicted.filter(({ isCounted }) => !isCounted)),
      notModelled: rows.filter(({ modelled }) => modelled === null).length,
    },
    rows,
  };
}
