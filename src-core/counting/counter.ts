import { ModelError } from '../errors.ts';
import { compositionProblem } from '../strategy/composition.ts';
import { buildsBio, effectivePolicies } from '../strategy/effective.ts';
import type { Policies } from '../strategy/policies.ts';
import { reportsEveryPage, walksWholeRange } from '../strategy/policies.ts';
import { addSlices } from './add.ts';
import { countBios, ensureBio } from './bio.ts';
import { carryPages, endArrayPiece, endPiece, releaseArray, releasePages } from './completion.ts';
import { giveBackBuffer } from './coalesce.ts';
import { countColdMemory } from './cold-memory.ts';
import type { Ledger } from './events.ts';
import { extractPages } from './extract.ts';
import { seek } from './position.ts';
import { demandOf, fastStopBits } from './page-states.ts';
import type { Recorder } from './recorder.ts';
import { firstPageOf, pagesOf } from './request.ts';
import type { Api, CountingInput, IoOutcome, IoRequest } from './request.ts';
import { supplyResultPages } from './result-memory.ts';
import { countBookkeeping } from './bookkeeping.ts';
import { createCountingState } from './state.ts';
import type { CountingState, IoFigures } from './state.ts';

/** What one count found, beside the ledger. Both objects are reused by the next count. */
export type IoCount = {
  readonly outcome: IoOutcome;
  readonly figures: Readonly<IoFigures>;
  /** By index into `ALLOCATION_SOURCES`: allocations, their bytes, and the most bytes at once. */
  readonly allocations: {
    readonly count: Float64Array;
    readonly bytes: Float64Array;
    readonly peak: Float64Array;
  };
};

/** Counts I/Os of one strategy, one after the other, in memory it owns. */
export type Counter = {
  /**
   * Counts one I/O exactly. Cost is proportional to the extents and page tables touched, not to pages.
   *
   * @param input     Layout and request; its length must be at least 1 byte.
   * @param ledger    Overwritten with the counts by phase.
   * @param recorder  Also gets bvecs, references and steps; costs time in proportion to pages.
   * @returns What was found; valid until the next call.
   * @source SPEC.md, every counting rule.
   */
  readonly count: (input: CountingInput, ledger: Ledger, recorder?: Recorder) => IoCount;
};

function resetState(
  state: CountingState,
  input: CountingInput,
  ledger: Ledger,
  recorder: Recorder | null,
): void {
  const { request } = input;
  const { figures, allocations } = state;
  ledger.fill(0);
  state.ledger = ledger;
  state.recorder = recorder;
  figures.calls = 0;
  figures.slowCalls = 0;
  figures.rewalkedTables = 0;
  figures.extracts = 0;
  figures.bios = 0;
  figures.biosStarted = 0;
  figures.irqOffPages = 0;
  figures.pagesTaken = 0;
  figures.pinsHeld = 0;
  figures.stackBytes = 0;
  figures.heapBytes = 0;
  figures.heapRequested = 0;
  figures.pagesAllocated = 0;
  figures.bioVectors = 0;
  figures.bioBytes = 0;
  figures.bioSource = 'none';
  allocations.count.fill(0);
  allocations.bytes.fill(0);
  allocations.live.fill(0);
  allocations.peak.fill(0);
  state.layout = input.layout;
  state.policies = effectivePolicies(state.composition, request);
  state.api = request.api;
  state.era = state.policies.era;
  state.isPin = state.policies.kind === 'pin';
  state.setsDirty = request.op === 'read' && buildsBio(state.policies);
  state.isSync = request.path === 'sync';
  state.demand = demandOf(request, state.policies);
  state.stopBits = fastStopBits(state.demand, state.policies.prototypeHoles);
  state.mappedUntil = 0;
  state.lastTable = -1;
  state.ioPages = pagesOf(request);
  state.vectorsUsed = 0;
  state.vectorsMost = 0;
  state.vectorEnd = -1;
  state.runPages = 0;
  state.piecePages = 0;
  seek(state, firstPageOf(request));
}

/** Pages the next extract call asks for. Source: SPEC rule BIO-2. */
function pagesOfNextExtract(state: CountingState, pagesLeft: number): number {
  const { policies } = state;
  if (walksWholeRange(policies) && !reportsEveryPage(policies)) return pagesLeft;
  return Math.min(pagesLeft, state.vectorsMost - state.vectorsUsed);
}

/** The bio loop: extract, add, until the range is carried or a page is not mapped. */
function carryThroughBios(state: CountingState): void {
  let left = state.ioPages;
  while (left > 0) {
    ensureBio(state, left);
    const taken = extractPages(state, pagesOfNextExtract(state, left));
    if (taken === 0) break;
    addSlices(state, left);
    left -= taken;
  }
  if (state.vectorsMost > 0) state.recorder?.step('bio-end', 1, -1, 0);
  endPiece(state);
  state.figures.pagesTaken = state.ioPages - left;
}

/** Releases what a call without a bio reported. */
function releaseSlices(state: CountingState): void {
  const { slices, policies } = state;
  for (let at = 0; at < slices.length; at += 1) {
    const pfn = slices.pfn[at];
    const pages = slices.pages[at];
    const order = slices.order[at];
    const flags = slices.flags[at];
    if (policies.release === 'per-page') {
      releasePages(state, pfn, pages, order, flags);
    } else if (policies.release === 'per-array') {
      releaseArray(state, pfn, pages, order, flags);
    } else {
      const startsRun = policies.grab === 'per-run' && slices.continues[at] === 0;
      carryPages(state, pfn, pages, order, flags, startsRun);
    }
  }
}

/** gup_test pins in portions; a registration asks for everything at once. Source: SPEC rule COMP-2. */
function pagesPerGupCall({ api, pagesPerCall }: IoRequest): number {
  return api === 'gup-test' ? (pagesPerCall ?? Infinity) : Infinity;
}

/**
 * Pins without a bio, by calls of at most `pagesPerCall` pages. A call that meets an unmapped page is
 * the last one: gup_test returns what it has.
 */
function pinWithoutBio(state: CountingState, pagesPerCall: number): void {
  let left = state.ioPages;
  while (left > 0) {
    const asked = Math.min(left, pagesPerCall);
    left -= extractPages(state, asked);
    releaseSlices(state);
    if (state.lastStop === 'stopped') break;
  }
  if (state.policies.release === 'per-array') endArrayPiece(state);
  else endPiece(state);
  state.figures.pagesTaken = state.ioPages - left;
}

/** Pins a buffer to be registered: all of it, or nothing. Source: SPEC rules URING-1 to URING-3, GAP-3. */
function pinBuffer(state: CountingState): void {
  const { slices } = state;
  const taken = extractPages(state, state.ioPages);
  state.figures.pagesTaken = taken;
  if (taken === state.ioPages) {
    giveBackBuffer(state);
    return;
  }
  for (let at = 0; at < slices.length; at += 1) {
    releaseArray(state, slices.pfn[at], slices.pages[at], slices.order[at], slices.flags[at]);
  }
  endArrayPiece(state);
}

function requireComposition(composition: Policies, api: Api): void {
  const problem = compositionProblem(composition, api);
  if (problem !== null) throw new ModelError('bad-composition', problem);
}

/** A long-term pin is all or nothing: what was pinned is unpinned again. Source: SPEC rule GAP-3. */
function outcomeOf(state: CountingState): IoOutcome {
  const pages = state.figures.pagesTaken;
  if (pages === state.ioPages) return { kind: 'pinned', pages };
  if (pages === 0 || state.demand.isLongTerm) return { kind: 'efault', pages: 0 };
  return { kind: 'short', pages };
}

/**
 * Makes a counter for one composition.
 *
 * @returns A counter whose `count` throws {ModelError} `bad-composition` when the policies contradict
 *   each other for the API of the request; ask `compositionProblem` first.
 */
export function createCounter(composition: Policies): Counter {
  const state = createCountingState(composition);
  let acceptedApi: Api | null = null;
  return {
    count(input, ledger, recorder) {
      const { api } = input.request;
      if (api !== acceptedApi) {
        requireComposition(composition, api);
        acceptedApi = api;
      }
      resetState(state, input, ledger, recorder ?? null);
      supplyResultPages(state);
      if (buildsBio(state.policies)) carryThroughBios(state);
      else if (state.policies.add === 'coalesce') pinBuffer(state);
      else pinWithoutBio(state, pagesPerGupCall(input.request));
      countBookkeeping(state);
      countBios(state);
      countColdMemory(state, input.request);
      return {
        outcome: outcomeOf(state),
        figures: state.figures,
        allocations: state.allocations,
      };
    },
  };
}
