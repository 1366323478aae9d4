import { seedStream } from '../random.ts';
import type { RandomStream } from '../random.ts';
import { MAX_ORDER, PAGE_BYTES, PAGES_OF_ORDER } from '../units.ts';
import { adjacencyOf, drawRunLengths, placeFrameRuns } from './frame-placement.ts';
import type { FrameArrangement, FrameRuns } from './frame-placement.ts';
import { appendRow, createLayoutRows, layoutFromRows } from './layout-rows.ts';
import { flagBits, flagsProblem, PMD_LEAF, PTE_LEAF } from './layout.ts';
import type { Layout, PageFlag } from './layout.ts';
import {
  bytesProblem,
  framesProblem,
  placedFoliosProblem,
  wholeNumberProblem,
} from './spec-problem.ts';
import type { LayoutSpecProblem } from './spec-problem.ts';

/** The lowest order that fills a PMD entry. */
const PMD_ORDER = 9;
const MAX_WEIGHT = 1_000_000_000;

/** How often folios of an order are drawn. */
export type OrderWeight = {
  /** Folio order, 0 to 18. */
  readonly order: number;
  /** In proportion to the sum of all weights; 0 to 10^9. */
  readonly weight: number;
};

/**
 * A buffer of folios of several orders, filled from its first page on as faults fill a mapping when
 * several sizes are allowed.
 *
 * Each folio is drawn by weight among the orders whose folio would be naturally aligned at the next
 * virtual page and fit into the rest of the buffer. So every folio is naturally aligned in virtual
 * memory too, and the weights are those at a boundary where all orders fit: after a small folio only
 * small ones fit until the next such boundary. Where none fits, which happens at the end only, base
 * pages fill the rest.
 */
export type MixedSpec = {
  readonly kind: 'mixed';
  /** Size of the buffer: a multiple of 4096 up to 128 TiB. */
  readonly bytes: number;
  /** At least one weight above 0, no order twice. */
  readonly weights: readonly OrderWeight[];
  /** Where each folio lies; a folio is naturally aligned in physical memory in any case. */
  readonly frames: FrameArrangement;
  /** What maps folios of order 9 and more: PMD entries or, as after mprotect of a part, PTEs. */
  readonly leaf: 'pte' | 'pmd';
  /** For every page. */
  readonly flags: readonly PageFlag[];
};

function weightsProblem(weights: readonly OrderWeight[]): LayoutSpecProblem | null {
  const seen = new Set<number>();
  for (const [index, { order, weight }] of weights.entries()) {
    const problem = wholeNumberProblem(`weights[${index}].order`, order, 0, MAX_ORDER);
    if (problem !== null) return problem;
    if (seen.has(order)) {
      return { key: `weights[${index}].order`, message: `${order} has a weight already` };
    }
    seen.add(order);
    if (!(weight >= 0 && weight <= MAX_WEIGHT)) {
      return {
        key: `weights[${index}].weight`,
        message: `${weight} is not a number from 0 to ${MAX_WEIGHT}`,
      };
    }
  }
  if (weights.some(({ weight }) => weight > 0)) return null;
  return { key: 'weights', message: 'have no order with a weight above 0; at least one is needed' };
}

/** The weighted orders, ascending, each with the sum of the weights up to it. */
type OrderTable = { readonly orders: readonly number[]; readonly sums: readonly number[] };

function orderTable(weights: readonly OrderWeight[]): OrderTable {
  const drawn = weights.filter(({ weight }) => weight > 0).sort((a, b) => a.order - b.order);
  let sum = 0;
  return {
    orders: drawn.map(({ order }) => order),
    sums: drawn.map(({ weight }) => (sum += weight)),
  };
}

/** Says why no layout can be built from a specification, or null. */
export function mixedSpecProblem(spec: MixedSpec): LayoutSpecProblem | null {
  const problem =
    bytesProblem(spec.bytes) ?? weightsProblem(spec.weights) ?? framesProblem(spec.frames);
  if (problem !== null) return problem;
  const message = flagsProblem(spec.flags);
  if (message !== null) return { key: 'flags', message };
  const smallest = PAGES_OF_ORDER[orderTable(spec.weights).orders[0]];
  return placedFoliosProblem(spec.bytes, Math.ceil(spec.bytes / (smallest * PAGE_BYTES)));
}

/** Draws the order of the folio at a virtual page; 0 when no weighted order fits. */
function drawOrderAt(
  table: OrderTable,
  vaPage: number,
  left: number,
  random: RandomStream,
): number {
  const { orders, sums } = table;
  let fitting = orders.length;
  while (fitting > 0) {
    const size = PAGES_OF_ORDER[orders[fitting - 1]];
    if (size <= left && vaPage % size === 0) break;
    fitting -= 1;
  }
  if (fitting === 0) return 0;
  const drawn = random.nextUnit() * sums[fitting - 1];
  let at = 0;
  while (at < fitting - 1 && sums[at] <= drawn) at += 1;
  return orders[at];
}

function drawOrders(spec: MixedSpec, random: RandomStream): number[] {
  const pages = spec.bytes / PAGE_BYTES;
  const table = orderTable(spec.weights);
  const orders: number[] = [];
  for (let vaPage = 0; vaPage < pages;) {
    const order = drawOrderAt(table, vaPage, pages - vaPage, random);
    orders.push(order);
    vaPage += PAGES_OF_ORDER[order];
  }
  return orders;
}

/**
 * The frames of adjacent folios. Folios are aligned in virtual memory, so frames that agree with the
 * virtual pages modulo the largest folio have all of them aligned.
 */
function frameRuns(orders: readonly number[], lengths: readonly number[]): FrameRuns {
  const pages = new Float64Array(lengths.length);
  const multiple = new Float64Array(lengths.length);
  const remainder = new Float64Array(lengths.length);
  let folio = 0;
  let vaPage = 0;
  for (const [run, length] of lengths.entries()) {
    for (const end = folio + length; folio < end; folio += 1) {
      const size = PAGES_OF_ORDER[orders[folio]];
      pages[run] += size;
      multiple[run] = Math.max(multiple[run], size);
    }
    remainder[run] = vaPage % multiple[run];
    vaPage += pages[run];
  }
  return { pages, multiple, remainder };
}

/**
 * Builds a mixed layout. The folios drawn do not depend on how their frames are arranged.
 *
 * @param spec  Without a `mixedSpecProblem`.
 * @param seed  A whole number; equal seeds give equal layouts.
 * @source SPEC rules LAY-8 and LAY-10.
 */
export function buildMixedLayout(spec: MixedSpec, seed: number): Layout {
  const orders = drawOrders(spec, seedStream('layout orders', seed));
  const adjacency = seedStream('layout adjacency', seed);
  const lengths = drawRunLengths(orders.length, adjacencyOf(spec.frames), adjacency);
  const placed = placeFrameRuns(frameRuns(orders, lengths), seedStream('layout frames', seed));
  const largeLeaf = spec.leaf === 'pmd' ? PMD_LEAF : PTE_LEAF;
  const rows = createLayoutRows();
  let folio = 0;
  let vaPage = 0;
  for (const [index, length] of lengths.entries()) {
    let pfn = placed[index];
    for (const end = folio + length; folio < end; folio += 1) {
      const order = orders[folio];
      const size = PAGES_OF_ORDER[order];
      appendRow(rows, vaPage, pfn, size, order, order >= PMD_ORDER ? largeLeaf : PTE_LEAF);
      vaPage += size;
      pfn += size;
    }
  }
  return layoutFromRows(rows, flagBits(spec.flags));
}
