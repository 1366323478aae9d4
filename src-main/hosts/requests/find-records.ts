import type { RunRecord, SessionRecord } from '#contract';
import type { Library } from '../../lab/index.ts';
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
