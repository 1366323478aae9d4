import { seedStream } from '../random.ts';
import { MAX_ORDER, PAGE_BYTES, PAGES_OF_ORDER, PUD_PAGES } from '../units.ts';
import { adjacencyOf, drawRunLengths, placeFrameRuns } from './frame-placement.ts';
import type { FrameArrangement } from './frame-placement.ts';
import { flagBits, flagsProblem, LEAF_LEVELS, leafOrderProblem, leafPages } from './layout.ts';
import type { Layout, LeafLevel, PageFlag } from './layout.ts';
import {
  bytesProblem,
  framesProblem,
  placedFoliosProblem,
  wholeNumberProblem,
} from './spec-problem.ts';
import type { LayoutSpecProblem } from './spec-problem.ts';

/** A buffer of folios of one order, each mapped from its first page; the last may be cut short. */
export type UniformSpec = {
  readonly kind: 'uniform';
  /** Size of the buffer: a multiple of 4096 up to 128 TiB, and of the leaf entry's size. */
  readonly bytes: number;
  /** Folio order, 0 to 18. */
  readonly order: number;
  /**
   * Where each folio lies. A leaf entry that holds several folios (device memory without compound
   * pages) is placed as a whole.
   */
  readonly frames: FrameArrangement;
  /** The page-table level that maps the folios; `pmd` needs order 9 or more, `pud` order 18. */
  readonly leaf: LeafLevel;
  /**
   * How far after a 1 GiB boundary of the virtual addresses the buffer begins, 0 to 262,143 base
   * pages: the first `vaPage`. Folio boundaries follow every 2^order pages from there, so a value
   * that is no multiple of 2^order maps every folio across natural boundaries, as mremap can, and
   * one that is no multiple of 512 has the buffer begin in the middle of a page table. A PMD entry
   * maps an aligned 2 MiB block and a PUD entry an aligned 1 GiB block, so with those leaves only a
   * multiple of the entry's size is possible: such memory cannot be misaligned.
   */
  readonly misalignmentPages: number;
  /** For every page. */
  readonly flags: readonly PageFlag[];
};

/** Pages that stay together: a folio, or a leaf entry where that holds several folios. */
function blockPages(spec: UniformSpec): number {
  return Math.max(PAGES_OF_ORDER[spec.order], leafPages(spec.leaf));
}

function leafProblem(spec: UniformSpec): LayoutSpecProblem | null {
  const { bytes, flags, leaf, misalignmentPages, order } = spec;
  const message = leafOrderProblem(leaf, order, flags);
  if (message !== null) return { key: 'leaf', message };
  const size = leafPages(leaf);
  if (misalignmentPages % size !== 0) {
    return {
      key: 'misalignmentPages',
      message: `${misalignmentPages} with leaf ${leaf}; such an entry maps an aligned block, so only a multiple of ${size} pages is possible`,
    };
  }
  if (bytes % (size * PAGE_BYTES) !== 0) {
    return {
      key: 'bytes',
      message: `${bytes} with leaf ${leaf}; such an entry maps a whole block, so only a multiple of ${size * PAGE_BYTES} bytes is possible`,
    };
  }
  return null;
}

/** Says why no layout can be built from a specification, or null. */
export function uniformSpecProblem(spec: UniformSpec): LayoutSpecProblem | null {
  const figureProblem =
    bytesProblem(spec.bytes) ??
    wholeNumberProblem('order', spec.order, 0, MAX_ORDER) ??
    framesProblem(spec.frames) ??
    wholeNumberProblem('misalignmentPages', spec.misalignmentPages, 0, PUD_PAGES - 1);
  if (figureProblem !== null) return figureProblem;
  const message = flagsProblem(spec.flags);
  if (message !== null) return { key: 'flags', message };
  const problem = leafProblem(spec);
  if (problem !== null || adjacencyOf(spec.frames) === 1) return problem;
  return placedFoliosProblem(spec.bytes, Math.ceil(spec.bytes / (blockPages(spec) * PAGE_BYTES)));
}

/**
 * Builds a uniform layout. Physically contiguous folios share an extent, so contiguous frames take
 * one extent and constant time.
 *
 * @param spec  Without a `uniformSpecProblem`.
 * @param seed  A whole number; equal seeds give equal layouts.
 * @source SPEC rules LAY-8 and LAY-9.
 */
export function buildUniformLayout(spec: UniformSpec, seed: number): Layout {
  const { frames, leaf, misalignmentPages, order } = spec;
  const mappedPages = spec.bytes / PAGE_BYTES;
  const block = blockPages(spec);
  const adjacency = seedStream('layout adjacency', seed);
  const lengths = drawRunLengths(Math.ceil(mappedPages / block), adjacencyOf(frames), adjacency);
  const length = lengths.length;
  const pages = Float64Array.from(lengths, (blocks) => blocks * block);
  const multiple = new Float64Array(length).fill(block);
  const remainder = new Float64Array(length);
  const pfn = placeFrameRuns({ pages, multiple, remainder }, seedStream('layout frames', seed));
  const vaPage = new Float64Array(length);
  let end = misalignmentPages;
  for (let row = 0; row < length; row += 1) {
    vaPage[row] = end;
    end += pages[row];
  }
  // The last folio may be cut short.
  pages[length - 1] -= end - misalignmentPages - mappedPages;
  return {
    length,
    vaPage,
    pfn,
    pages,
    order: new Uint8Array(length).fill(order),
    leaf: new Uint8Array(length).fill(LEAF_LEVELS.indexOf(leaf)),
    flags: new Uint16Array(length).fill(flagBits(spec.flags)),
    mappedPages,
  };
}
