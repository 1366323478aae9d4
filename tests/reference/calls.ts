import { takeBatched, takeVisitingEach } from './entries.ts';
import type { EntryForm } from './entries.ts';
import type { Ledger } from './ledger.ts';
import type { Range } from './memory.ts';
import { takePointers } from './pointers.ts';
import type { MappedPage } from './types.ts';
import { pinFastOrSlow } from './walk.ts';
import type { WalkEnd } from './fast-walk.ts';

/** What one extract call came back with. */
export type Call = WalkEnd & {
  /** The result's entries, for strategies that report runs. */
  readonly runs: readonly (readonly MappedPage[])[];
};

/** Pins a range, or its beginning. */
export type Extract = (ledger: Ledger, range: Range) => Call;

const rangeBytes = 24;
const pointerBytes = 8;
const batchHeaderBytes = 8;

/** What real kernels do: page pointers, for which the caller has room. */
export const extractPointers: Extract = (ledger, range) => {
  const taker = takePointers(ledger, range.memory.demand);
  return { ...pinFastOrSlow(ledger, range, taker), runs: [] };
};

/** Every page visited, entries without end. */
function extractEach(ledger: Ledger, range: Range, capacity: number, form: EntryForm): Call {
  const taker = takeVisitingEach(ledger, range.memory.demand, capacity, form);
  const end = pinFastOrSlow(ledger, range, taker);
  return { ...end, runs: taker.entries.map(({ pages }) => pages) };
}

/** One allocation for a call, every page visited. */
export const extractVecEach: Extract = (ledger, range) => {
  ledger.useHeap(rangeBytes * countPages(range));
  return extractEach(ledger, range, Infinity, 'range');
};

/** One allocation for a call, references taken run by run. */
export const extractVecBatched: Extract = (ledger, range) => {
  ledger.useHeap(rangeBytes * countPages(range));
  const taker = takeBatched(ledger, range.memory.demand);
  const end = pinFastOrSlow(ledger, range, taker);
  return { ...end, runs: taker.entries.map(({ pages }) => pages) };
};

/** A batch of fixed size on the stack. */
export function extractBatch(capacity: number, form: EntryForm): Extract {
  const entryBytes = form === 'range' ? rangeBytes : pointerBytes;
  return (ledger, range) => {
    ledger.useStack(batchHeaderBytes + entryBytes * capacity);
    return extractEach(ledger, range, capacity, form);
  };
}

/** As many entries as it takes, in memory that the caller has already. */
export function extractIntoCaller(form: EntryForm): Extract {
  return (ledger, range) => extractEach(ledger, range, Infinity, form);
}

/** The stack for a call of few pages, one allocation for more. */
export function extractBelowPages(threshold: number): Extract {
  return (ledger, range) => {
    if (countPages(range) <= threshold) {
      ledger.useStack(rangeBytes * threshold);
    } else {
      ledger.useHeap(rangeBytes * countPages(range));
    }
    return extractEach(ledger, range, Infinity, 'range');
  };
}

/** The stack for few runs; one run more moves them to an allocation and walks on from there. */
export function extractBelowRuns(threshold: number): Extract {
  return (ledger, range) => {
    ledger.useStack(rangeBytes * threshold);
    const onStack = extractEach(ledger, range, threshold, 'range');
    if (onStack.stop !== 'full') {
      return onStack;
    }
    const rest = { ...range, start: range.start + onStack.taken.length };
    ledger.useHeap(rangeBytes * (countPages(rest) + threshold));
    ledger.count('copy', threshold);
    const onHeap = extractEach(ledger, rest, Infinity, 'range');
    return {
      taken: [...onStack.taken, ...onHeap.taken],
      stop: onHeap.stop,
      runs: [...onStack.runs, ...onHeap.runs],
    };
  };
}

function countPages(range: Range): number {
  return range.end - range.start;
}
