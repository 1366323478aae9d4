import { LATENCY_PHASES } from '#core';
import type { FigureTotals } from '#core';
import type { ExpectationRecord, RunStatus, StoredTrial, TrialParameters } from '#contract';
import { LibraryError } from './library-error.ts';
import type { JsonObject, RawMeasurements, RawTrial } from './raw-trial.ts';

// What is read here was written by this program, or an older one, and checked then: it is checked
// for being there, not figure by figure.

const RUN_STATUSES = [
  'running',
  'finished',
  'cancelled',
  'failed',
  'interrupted',
] as const satisfies readonly RunStatus[];

// A key that is new here needs a new record version, and an upgrader for the trials without it.
const PARAMETER_KEYS: Readonly<Record<keyof TrialParameters, true>> = {
  id: true,
  position: true,
  layoutName: true,
  layoutDigest: true,
  workload: true,
  strategy: true,
  costModelId: true,
  costModelDigest: true,
  tracer: true,
  seed: true,
  replicate: true,
};

const FIGURE_KEYS: Readonly<Record<keyof FigureTotals, true>> = {
  pagesPerIo: true,
  gupCallsPerIo: true,
  slowCallsPerIo: true,
  extractsPerIo: true,
  biosPerIo: true,
  biosStartedPerIo: true,
  folioRunsPerIo: true,
  physicalRunsPerIo: true,
  irqOffPagesMost: true,
  stackBytesMost: true,
  heapBytesPerIo: true,
  heapRequestedPerIo: true,
  bioBytesPerIo: true,
};

/** @throws {LibraryError} `damaged`. */
export function parseStoredJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LibraryError('damaged', `${what} in the library cannot be read.`, { cause: error });
  }
}

/** @throws {LibraryError} `damaged`. */
export function parseStatus(text: string): RunStatus {
  const status = RUN_STATUSES.find((known) => known === text);
  if (status === undefined) {
    throw new LibraryError('damaged', `A run in the library has the unknown status ${text}.`);
  }
  return status;
}

/** @throws {LibraryError} `damaged`. */
export function parseWords(text: string, what: string): readonly string[] {
  const words = parseStoredJson(text, what);
  if (!Array.isArray(words) || !words.every((word) => typeof word === 'string')) {
    throw new LibraryError('damaged', `${what} in the library are no list of words.`);
  }
  return words;
}

/** @throws {LibraryError} `damaged`. */
export function parseObject(text: string, what: string): JsonObject {
  const value = parseStoredJson(text, what);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new LibraryError('damaged', `${what} in the library cannot be read.`);
  }
  return value as JsonObject;
}

/** Reads what a query of the runs gathered from the table of expectations. */
export function parseExpectations(text: string): readonly ExpectationRecord[] {
  return parseStoredJson(text, 'The expectations of a run') as readonly ExpectationRecord[];
}

function checkKeys(found: JsonObject, keys: readonly string[], what: string): void {
  const missing = keys.find((key) => !Object.hasOwn(found, key));
  if (missing !== undefined) {
    throw new LibraryError('damaged', `${what} in the library has no ${missing}.`);
  }
}

function parseMeasurements(measured: RawMeasurements): StoredTrial['result'] {
  checkKeys(measured.latency, LATENCY_PHASES, 'The latency of a trial');
  checkKeys(measured.figures, Object.keys(FIGURE_KEYS), 'A trial');
  return {
    status: 'done',
    samples: measured.samples,
    latency: measured.latency,
    ledger: measured.ledger,
    allocations: measured.allocations,
    figures: measured.figures as FigureTotals,
    spanNs: measured.spanNs,
    iops: measured.iops,
    cpuNsPerIo: measured.cpuNsPerIo,
  };
}

/**
 * Makes a trial of what the tables hold.
 *
 * @param raw  Of the current record version.
 * @throws {LibraryError} `damaged` when something is missing.
 */
export function parseTrial(raw: RawTrial): StoredTrial {
  checkKeys(raw.parameters, Object.keys(PARAMETER_KEYS), 'A trial');
  const parameters = raw.parameters as unknown as TrialParameters;
  if (raw.status === 'not-applicable' && raw.reason !== null) {
    return { parameters, result: { status: 'not-applicable', reason: raw.reason } };
  }
  if (raw.status === 'done' && raw.measured !== null) {
    return { parameters, result: parseMeasurements(raw.measured) };
  }
  throw new LibraryError('damaged', `A trial in the library has the unknown status ${raw.status}.`);
}
