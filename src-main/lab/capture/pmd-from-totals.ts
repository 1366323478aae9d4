import { PMD_ORDER, PMD_PAGES } from '#core';
import type { Extent } from '#core';
import { ExtentBuilder, isWithoutFrame } from './extent-builder.ts';

const KIB_OF_PMD = 2_048;

/** Extents of an area with its PMD-mapped parts, as far as totals tell them. */
export type PmdGuess = {
  readonly extents: readonly Extent[];
  /** How many stretches of 2 MiB could be mapped by a PMD entry. */
  readonly candidates: number;
  /** How many are, by the totals. */
  readonly mapped: number;
};

/** Where whole stretches of 2 MiB begin and end within an extent; null where there is none. */
function pmdStretch(extent: Extent): { readonly start: number; readonly end: number } | null {
  const { vaPage, pfn, pages, order, leaf } = extent;
  const isCandidate =
    leaf === 'pte' &&
    order >= PMD_ORDER &&
    !isWithoutFrame(extent) &&
    vaPage % PMD_PAGES === pfn % PMD_PAGES;
  if (!isCandidate) return null;
  const start = Math.ceil(vaPage / PMD_PAGES) * PMD_PAGES;
  const end = Math.floor((vaPage + pages) / PMD_PAGES) * PMD_PAGES;
  return end > start ? { start, end } : null;
}

function part(extent: Extent, start: number, end: number): Extent {
  return { ...extent, vaPage: start, pfn: extent.pfn + start - extent.vaPage, pages: end - start };
}

/**
 * Says which parts of an area are mapped by PMD entries where only their total is known. A stretch can be
 * so mapped when it is 2 MiB of one folio, aligned in virtual memory and in frames. When the total is
 * nothing or all of these there is no doubt; else the first ones are taken.
 *
 * @param extents    The area, all of it, as if mapped by PTEs; hugetlb rows stay as they are.
 * @param mappedKiB  The area's AnonHugePages, ShmemPmdMapped and FilePmdMapped in smaps, together.
 */
export function pmdFromTotals(extents: readonly Extent[], mappedKiB: number): PmdGuess {
  const builder = new ExtentBuilder();
  const mapped = Math.floor(mappedKiB / KIB_OF_PMD);
  let candidates = 0;
  for (const extent of extents) {
    const stretch = pmdStretch(extent);
    if (stretch === null) {
      builder.append(extent);
      continue;
    }
    const { start, end } = stretch;
    const stretches = (end - start) / PMD_PAGES;
    const taken = Math.min(stretches, Math.max(0, mapped - candidates));
    const takenEnd = start + taken * PMD_PAGES;
    candidates += stretches;
    if (start > extent.vaPage) builder.append(part(extent, extent.vaPage, start));
    if (taken > 0) builder.append({ ...part(extent, start, takenEnd), leaf: 'pmd' });
    const extentEnd = extent.vaPage + extent.pages;
    if (extentEnd > takenEnd) builder.append(part(extent, takenEnd, extentEnd));
  }
  return { extents: builder.extents(), candidates, mapped };
}
