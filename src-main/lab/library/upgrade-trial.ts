import { RECORD_VERSION } from '#contract';
import { LibraryError } from './library-error.ts';
import type { JsonObject, RawTrial } from './raw-trial.ts';

/** Brings a trial from one record version to the next. */
export type TrialUpgrader = (trial: RawTrial) => RawTrial;

/** Policies that version 2 added, with what every composition did before it could choose. */
const POLICIES_OF_VERSION_2 = {
  readOnlyPins: 'pins',
  bookkeeping: 'none',
  devmap: 'era',
  growth: 'restart',
  callers: 'converted',
  prototypeHoles: false,
} as const;

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object that stands under a key, or an empty one. */
function objectAt(parent: JsonObject, key: string): JsonObject {
  const value = parent[key];
  return isJsonObject(value) ? value : {};
}

/** Before version 2 no trial had a page that the fast walk leaves to the slow path. */
function addSlowPath({ parameters, measured, ...rest }: RawTrial): RawTrial {
  const strategy = objectAt(parameters, 'strategy');
  const policies = { ...POLICIES_OF_VERSION_2, ...objectAt(strategy, 'policies') };
  return {
    ...rest,
    parameters: { ...parameters, strategy: { ...strategy, policies } },
    measured: measured && {
      ...measured,
      figures: { ...measured.figures, slowCallsPerIo: 0 },
    },
  };
}

/** The first entry leads from version 1 to 2, the next from 2 to 3: one step each. */
export const TRIAL_UPGRADERS: readonly TrialUpgrader[] = [addSlowPath];

/**
 * Brings a trial to the current record version, one step at a time. The library keeps it as it was
 * written.
 *
 * @param version  The record version it was written with, from 1.
 * @throws {LibraryError} `newer-version` for a version this program does not know.
 */
export function upgradeTrial(
  trial: RawTrial,
  version: number,
  upgraders: readonly TrialUpgrader[] = TRIAL_UPGRADERS,
): RawTrial {
  if (version > upgraders.length + 1) {
    throw new LibraryError(
      'newer-version',
      `A trial has record version ${version}, and this Folio Lab reads up to ${RECORD_VERSION}; open the library with a newer Folio Lab.`,
    );
  }
  return upgraders.slice(version - 1).reduce((record, upgrade) => upgrade(record), trial);
}
