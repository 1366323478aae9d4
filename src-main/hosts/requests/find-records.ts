import { readCostModelReference } from '#contract';
import type { MeasurementRecord, RunRecord, SessionRecord } from '#contract';
import type { CostModel } from '#core';
import { findCostModel } from '../../lab/index.ts';
import type { Library } from '../../lab/index.ts';
import type { LabContext } from './lab-context.ts';
import { RequestFailure } from './request-failure.ts';

/** @throws {RequestFailure} `not-found`. */
export function requireRun(library: Library, id: string): RunRecord {
  const run = library.findRun(id);
  if (run !== null) return run;
  throw new RequestFailure('not-found', `The library has no run ${id} any more.`);
}

/** @throws {RequestFailure} `not-found`. */
export function requireSession(library: Library, id: string): SessionRecord {
  const session = library.findSession(id);
  if (session !== null) return session;
  throw new RequestFailure('not-found', `The library has no session ${id} any more.`);
}

/** @throws {RequestFailure} `not-found`. */
export function requireMeasurement(library: Library, id: string): MeasurementRecord {
  const record = library.findMeasurement(id);
  if (record !== null) return record;
  throw new RequestFailure('not-found', `The library has no measurement ${id} any more.`);
}

/**
 * A built-in cost model, or one of the library. A window names none by a path.
 *
 * @throws {RequestFailure} `not-found`.
 */
export async function requireCostModel(
  { experimentsFolder, library }: Pick<LabContext, 'experimentsFolder' | 'library'>,
  id: string,
): Promise<CostModel> {
  const isId = readCostModelReference(id) !== null && !id.endsWith('.json');
  const stored = library.storedCostModels();
  const found = isId ? await findCostModel(experimentsFolder, id, stored) : null;
  if (found?.ok === true) return found.value;
  throw new RequestFailure('not-found', `There is no cost model ${id} any more.`);
}
