import type { CacheState } from '../counting/request.ts';
import type { CostModel } from '../cost/cost-model.ts';
import type { Workload } from '../experiment/workload.ts';
import type { Layout } from '../layout/layout.ts';
import { PMD_LEAF, PTE_LEAF } from '../layout/layout.ts';
import { PMD_PAGES, PUD_PAGES } from '../units.ts';

const STRUCT_PAGE_BYTES = 64;
const ENTRY_BYTES = 8;

function entriesOf(pages: number, leaf: number): number {
  if (leaf === PTE_LEAF) return pages;
  return pages / (leaf === PMD_LEAF ? PMD_PAGES : PUD_PAGES);
}

/** Struct pages and page-table entries of all memory that a layout maps. Unit: bytes. */
export function workingSetBytes(layout: Layout): number {
  let bytes = layout.mappedPages * STRUCT_PAGE_BYTES;
  for (let at = 0; at < layout.length; at += 1) {
    bytes += entriesOf(layout.pages[at], layout.leaf[at]) * ENTRY_BYTES;
  }
  return bytes;
}

/**
 * What the I/Os of a workload find in the cache that goes over all memory of a layout.
 *
 * @returns `hot` where the cost model does not know the cache or the working set fits; else `cold` for random
 *   offsets, and `evicted` for sequential ones, whose struct pages are fetched ahead.
 * @source SPEC rule COLD-4.
 */
export function cacheStateOf(
  layout: Layout,
  { cacheBytes }: CostModel,
  access: Workload['access'],
): CacheState {
  if (cacheBytes === null || workingSetBytes(layout) <= cacheBytes) return 'hot';
  return access === 'random' ? 'cold' : 'evicted';
}
