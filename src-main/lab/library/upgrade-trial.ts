import { RECORD_VERSION } from '#contract';
import { LibraryError } from './library-error.ts';
import type { RawTrial } from './raw-trial.ts';

/** Brings a trial from one record version to the next. */
export type TrialUpgrader = (trial: RawTrial) => RawTrial;

/** The first entry leads from version 1 to 2, the next from 2 to 3: one step each. */
export const TRIAL_UPGRADERS: readonly TrialUpgrader[] = [];

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
