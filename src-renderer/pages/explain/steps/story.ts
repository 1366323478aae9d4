import { effectivePolicies, firstPageOf, PAGE_BYTES } from '#core';
import type { BioVector, Explanation, Layout, Policies, Step } from '#core';
import { lockedOperationsOfGrab } from './grab-locks.ts';
import type { PageSpan } from './page-span.ts';
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
  private depth = 0;
  private totals: Totals = NO_TOTALS;
  /** Next page to be taken, and where the current GUP call began. */
  private position: number;
  private gupStart = 0;
  private gupPages = 0;
  private isSlow = false;
  private vectorsMade = 0;

  constructor(story: Omit<Story, 'steps'>) {
    this.explanation = story.explanation;
    this.policies = story.policies;
    this.layout = story.layout;
    this.vectorPages = story.vectorPages;
    this.position = firstPageOf(story.explanation.request);
  }

  /** Adds a step that is none of the core's. */
  tell(kind: StoryKind, count: number, placed: Partial<Placed> = {}): void {
    this.push({ kind, count, size: 0, pfn: null, lockedOperations: 0, ...NOWHERE, ...placed });
  }

  take(step: Step, next: Step | undefined): void {
    if (CLOSING.includes(step.kind)) this.depth = Math.max(0, this.depth - 1);
    const placed = this.place(step, next);
    const { kind, count, pages: size } = step;
    const pfn = step.pfn < 0 ? null : step.pfn;
    const lockedOperations = lockedOperationsOfGrab(
      step,
      this.policies,
      this.layout,
      placed.pages,
      this.isSlow,
    );
    this.totals = addTotals(this.totals, step, this.policies, lockedOperations);
    this.push({ kind, count, size, pfn, lockedOperations, ...placed });
    if (OPENING.includes(step.kind)) this.depth += 1;
  }

  private push(step: Omit<StoryStep, 'index' | 'depth' | 'asked' | 'isLocked' | 'totals'>): void {
    const { depth, totals, isSlow: isLocked, gupPages: asked } = this;
    this.steps.push({ ...step, index: this.steps.length, depth, asked, isLocked, totals });
  }

  private place(step: Step, next: Step | undefined): Placed {
    switch (step.kind) {
      case 'gup':
        this.gupStart = this.position;
        this.gupPages = step.pages;
        return { ...NOWHERE, pages: { first: this.position, count: step.pages } };
      case 'slow':
        // A slow path that starts over takes every page of the call again.
        this.position = this.gupStart + this.gupPages - step.pages;
        this.isSlow = true;
        return { ...NOWHERE, pages: { first: this.position, count: step.pages } };
      case 'slow-end':
        this.isSlow = false;
        return NOWHERE;
      case 'bio':
      case 'extract':
        return { ...NOWHERE, pages: { first: this.position, count: step.pages } };
      case 'gup-end':
      case 'extract-end':
        return { ...NOWHERE, pages: { first: this.position - step.pages, count: step.pages } };
      case 'grab': {
        const pages = { first: this.position, count: step.count * step.pages };
        this.position += pages.count;
        return { ...NOWHERE, pages };
      }
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
  const { request, outcome, bvecs, events } = explanation;
  const firstPage = firstPageOf(request);
  const frame = {
    explanation,
    layout,
    policies: effectivePolicies(explanation.strategy.policies, request.api),
    vectorPages: pagesOfVectors(bvecs, firstPage),
  };
  const teller = new StoryTeller(frame);
  teller.tell('request', 1, { pages: { first: firstPage, count: explanation.pages } });
  for (const [index, step] of explanation.steps.entries()) {
    teller.take(step, explanation.steps[index + 1]);
  }
  const carried = { pages: { first: firstPage, count: outcome.pages } };
  const vectors = { first: 0, count: bvecs.length };
  if (bvecs.length > 0) {
    teller.tell('submit', 1, { ...carried, vectors });
    teller.tell('complete', 1, { ...carried, vectors });
  }
  const dropped = events.unpin_call + events.put;
  if (dropped > 0) teller.tell('release', dropped, carried);
  return { ...frame, steps: teller.steps };
}
