import {
  BATCH_FOLIOS,
  buildsBio,
  effectivePolicies,
  findExtent,
  firstPageOf,
  PAGE_BYTES,
} from '#core';
import type { BioVector, Explanation, Layout, Policies, Step } from '#core';
import { lockedOperationsOfStep, referencesOfStep } from './grab-locks.ts';
import type { GrabbingStep } from './grab-locks.ts';
import type { PageSpan } from './page-span.ts';
import { pagesOfGrab, pageOfFrame, nextGrabbedPage } from './step-pages.ts';
import { addTotals, NO_TOTALS } from './totals.ts';
import type { Totals } from './totals.ts';

/** Vectors of the I/O, by their place in `explanation.bvecs`. */
export type VectorSpan = { readonly first: number; readonly count: number };

/** The steps of the core, and what stands before and after them. */
export type StoryKind = Step['kind'] | 'request' | 'submit' | 'complete' | 'release';

/** One step of an I/O with its place in memory and what was done up to and with it. */
export type StoryStep = {
  readonly index: number;
  readonly kind: StoryKind;
  /** How deep in the calls, from 0. */
  readonly depth: number;
  /** Equal steps in a row that this one stands for. */
  readonly count: number;
  /** What the step works on: pages, or bytes for memory. */
  readonly size: number;
  /** First frame worked on; null where a step has none. */
  readonly pfn: number | null;
  /** Pages it works on; null where it works on none. */
  readonly pages: PageSpan | null;
  readonly vectors: VectorSpan | null;
  /** For a merge test: whether the page goes on in the last vector. */
  readonly merges: boolean;
  /** Whether it happens under mmap_lock. */
  readonly isLocked: boolean;
  /** The grab of a page that the fast walk then leaves alone. */
  readonly isGivenBack: boolean;
  /** Of this step alone, see `Totals`. */
  readonly lockedOperations: number;
  /** Pages that the GUP call it belongs to was asked for. */
  readonly asked: number;
  readonly totals: Totals;
};

/** An I/O as a story: every step, with the composition that took it. */
export type Story = {
  readonly explanation: Explanation;
  readonly layout: Layout;
  /** The composition as the API ran it. */
  readonly policies: Policies;
  readonly steps: readonly StoryStep[];
  /** Pages of each vector, in their order. */
  readonly vectorPages: readonly PageSpan[];
};

function pagesOfVectors(bvecs: readonly BioVector[], firstPage: number): PageSpan[] {
  let first = firstPage;
  return bvecs.map(({ offset, length }) => {
    const span = { first, count: Math.ceil((offset + length) / PAGE_BYTES) };
    first += span.count;
    return span;
  });
}

/** Steps that open a level, and those that close one. */
const OPENING: readonly StoryKind[] = ['bio', 'extract', 'gup', 'slow', 'table'];
const CLOSING: readonly StoryKind[] = [
  'bio-end',
  'extract-end',
  'gup-end',
  'slow-end',
  'table-end',
];

type Placed = Pick<StoryStep, 'pages' | 'vectors' | 'merges'>;
const NOWHERE: Placed = { pages: null, vectors: null, merges: false };

/** Follows the steps of the core through memory. */
class StoryTeller {
  readonly steps: StoryStep[] = [];
  private readonly explanation: Explanation;
  private readonly policies: Policies;
  private readonly layout: Layout;
  private readonly vectorPages: readonly PageSpan[];
  private readonly firstPage: number;
  private depth = 0;
  private totals: Totals = NO_TOTALS;
  /** Next page to be taken, and where the current GUP call and its slow path began. */
  private position: number;
  private gupStart = 0;
  private gupPages = 0;
  private slowStart = 0;
  /** References that were held when they began: what a path that starts over drops again. */
  private heldAtGup = 0;
  private heldAtSlow = 0;
  /** Folios found in the page cache since the walk began. */
  private foliosFound = 0;
  private isSlow = false;
  private vectorsMade = 0;

  constructor(story: Omit<Story, 'steps'>) {
    this.explanation = story.explanation;
    this.policies = story.policies;
    this.layout = story.layout;
    this.vectorPages = story.vectorPages;
    this.firstPage = firstPageOf(story.explanation.request);
    this.position = this.firstPage;
  }

  /** Adds a step that is none of the core's. */
  tell(kind: StoryKind, count: number, placed: Partial<Placed> = {}): void {
    const own = { size: 0, pfn: null, lockedOperations: 0, isGivenBack: false };
    this.push({ kind, count, ...own, ...NOWHERE, ...placed });
  }

  take(step: Step, before: Step | undefined, next: Step | undefined): void {
    if (CLOSING.includes(step.kind)) this.depth = Math.max(0, this.depth - 1);
    const isGivenBack = step.kind === 'grab' && before?.kind === 'stop';
    const placed = this.place(step, next, isGivenBack);
    const { kind, count, pages: size } = step;
    const pfn = step.pfn < 0 ? null : step.pfn;
    const grabbing = this.grabbing(step, placed.pages, isGivenBack);
    const lockedOperations = lockedOperationsOfStep(grabbing);
    const { references, dropped } = referencesOfStep(grabbing, placed.pages?.count ?? 0);
    this.totals = addTotals(this.totals, step, this.position - this.firstPage, {
      calls: this.callsOf(step),
      references,
      dropped: dropped + this.droppedBy(step),
      lockedOperations,
    });
    this.remember(step);
    if (count === 0) {
      this.extendLast(placed);
      return;
    }
    this.push({ kind, count, size, pfn, lockedOperations, isGivenBack, ...placed });
    if (OPENING.includes(step.kind)) this.depth += 1;
  }

  /** A row that goes on in the folio of the row before it grabs nothing and makes no vector. */
  private extendLast({ pages }: Placed): void {
    const last = this.steps.at(-1);
    if (pages === null || last === undefined || last.pages === null) return;
    if (last.kind !== 'slow-grab') return;
    const count = last.pages.count + pages.count;
    this.steps[last.index] = { ...last, pages: { ...last.pages, count }, totals: this.totals };
  }

  private push(step: Omit<StoryStep, 'index' | 'depth' | 'asked' | 'isLocked' | 'totals'>): void {
    const { depth, totals, isSlow: isLocked, gupPages: asked } = this;
    this.steps.push({ ...step, index: this.steps.length, depth, asked, isLocked, totals });
  }

  private grabbing(step: Step, pages: PageSpan | null, isGivenBack: boolean): GrabbingStep {
    const { policies, layout, isSlow, explanation } = this;
    const extent = findExtent(layout, pages?.first ?? this.position);
    return { step, policies, request: explanation.request, layout, extent, isSlow, isGivenBack };
  }

  private get held(): number {
    return this.totals.references - this.totals.dropped;
  }

  /** What a path that starts over has dropped before. Source: SPEC rules FAST-6, LONG-1. */
  private droppedBy({ kind }: Step): number {
    if (kind === 'migrate') return this.held - this.heldAtSlow;
    const isRestart = kind === 'slow' && this.policies.fallback === 'restart';
    return isRestart ? this.held - this.heldAtGup : 0;
  }

  /** GUP calls, and look-ups in the page cache after the first of a call. */
  private callsOf({ kind, count }: Step): number {
    if (kind === 'gup') return count;
    if (this.policies.walk !== 'page-cache') return 0;
    if (kind !== 'migrate' && kind !== 'gup-end') return 0;
    return Math.max(0, Math.ceil(this.foliosFound / BATCH_FOLIOS) - 1);
  }

  private remember({ kind, count }: Step): void {
    if (kind === 'gup') this.heldAtGup = this.held;
    if (kind === 'gup' || kind === 'slow') this.heldAtSlow = this.held;
    if (kind === 'gup' || kind === 'migrate') this.foliosFound = 0;
    if (kind === 'slow-grab') this.foliosFound += count;
  }

  private place(step: Step, next: Step | undefined, isGivenBack: boolean): Placed {
    switch (step.kind) {
      case 'gup':
        this.gupStart = this.position;
        this.slowStart = this.position;
        this.gupPages = step.pages;
        return { ...NOWHERE, pages: { first: this.position, count: step.pages } };
      case 'slow':
        // A slow path that starts over takes every page of the call again.
        this.position = this.gupStart + this.gupPages - step.pages;
        this.slowStart = this.position;
        this.isSlow = true;
        return { ...NOWHERE, pages: { first: this.position, count: step.pages } };
      case 'slow-end':
        this.isSlow = false;
        // Zero pages are taken without a step of their own.
        this.position = this.slowStart + step.pages;
        return NOWHERE;
      case 'migrate': {
        const taken = { first: this.slowStart, count: this.position - this.slowStart };
        this.position = this.slowStart;
        return { ...NOWHERE, pages: taken };
      }
      case 'bio':
      case 'extract':
        return { ...NOWHERE, pages: { first: this.position, count: step.pages } };
      case 'gup-end':
        // Pages that are dropped without a word (HOLE-3) count as taken.
        this.position = this.gupStart + step.pages;
        return { ...NOWHERE, pages: { first: this.gupStart, count: step.pages } };
      case 'extract-end':
        return { ...NOWHERE, pages: { first: this.position - step.pages, count: step.pages } };
      case 'stop':
        return { ...NOWHERE, pages: { first: this.position, count: step.pages } };
      case 'fault':
        return this.placeFault(step);
      case 'grab':
      case 'slow-grab':
        return this.placeGrab(step, isGivenBack);
      case 'bvec':
        return this.placeVectors(step.count);
      case 'merge':
        return this.placeMerge(step, next);
      case 'bio-end':
        return { ...NOWHERE, vectors: { first: 0, count: this.vectorsMade } };
      case 'table':
      case 'table-end':
      case 'allocate':
      case 'free':
        return NOWHERE;
    }
  }

  /** A fault may come before the grab of a run that ends there. */
  private placeFault({ pfn, pages }: Step): Placed {
    const first = pageOfFrame(this.layout, pfn, this.position);
    return { ...NOWHERE, pages: { first, count: pages } };
  }

  private placeGrab(step: Step, isGivenBack: boolean): Placed {
    if (this.isSlow) {
      const { request } = this.explanation;
      this.position = nextGrabbedPage(this.layout, this.policies, request, this.position);
    }
    const grabbing = this.grabbing(step, null, isGivenBack);
    const end = this.gupStart + this.gupPages;
    const pages = { first: this.position, count: pagesOfGrab(grabbing, this.position, end) };
    if (!isGivenBack) this.position += pages.count;
    return { ...NOWHERE, pages };
  }

  private placeVectors(count: number): Placed {
    const vectors = { first: this.vectorsMade, count };
    this.vectorsMade += count;
    const first = this.vectorPages[vectors.first];
    const last = this.vectorPages[this.vectorsMade - 1];
    if (first === undefined || last === undefined) return { ...NOWHERE, vectors };
    const pages = { first: first.first, count: last.first + last.count - first.first };
    return { ...NOWHERE, pages, vectors };
  }

  /** A failed test is followed by the vector it made necessary; a good one extends the last. */
  private placeMerge({ pfn, count }: Step, next: Step | undefined): Placed {
    const merges = next?.kind !== 'bvec';
    const at = merges ? this.vectorsMade - 1 : this.vectorsMade;
    const span = this.vectorPages[at];
    const start = this.explanation.bvecs[at]?.pfn ?? pfn;
    const vectors = { first: at, count: 1 };
    if (span === undefined) return { ...NOWHERE, vectors, merges };
    const first = span.first + Math.max(0, pfn - start);
    const isScan = this.policies.add === 'scan-and-merge';
    const left = span.first + span.count - first;
    return { pages: { first, count: isScan ? left : Math.min(count, left) }, vectors, merges };
  }
}

/**
 * Tells an I/O from the program's request to the last reference dropped.
 *
 * @param explanation  Of an I/O on this layout.
 */
export function storyFromExplanation(explanation: Explanation, layout: Layout): Story {
  const { request, outcome, bvecs, ledger } = explanation;
  const firstPage = firstPageOf(request);
  const policies = effectivePolicies(explanation.strategy.policies, request);
  const vectorPages = pagesOfVectors(bvecs, firstPage);
  const frame = { explanation, layout, policies, vectorPages };
  const teller = new StoryTeller(frame);
  teller.tell('request', 1, { pages: { first: firstPage, count: explanation.pages } });
  for (const [index, step] of explanation.steps.entries()) {
    teller.take(step, explanation.steps[index - 1], explanation.steps[index + 1]);
  }
  const carried = { pages: { first: firstPage, count: outcome.pages } };
  const vectors = { first: 0, count: bvecs.length };
  if (bvecs.length > 0 && buildsBio(policies)) {
    teller.tell('submit', 1, { ...carried, vectors });
    teller.tell('complete', 1, { ...carried, vectors });
  }
  const dropped = (ledger.release.unpin_call ?? 0) + (ledger.release.put ?? 0);
  if (dropped > 0) teller.tell('release', dropped, carried);
  return { ...frame, steps: teller.steps };
}
