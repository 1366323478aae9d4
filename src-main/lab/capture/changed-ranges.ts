import type { Extent } from '#core';
import { areAlike, isWithoutFrame } from './extent-builder.ts';
import type { PageRange } from './page-decoder.ts';

function isSameMemory(one: Extent, other: Extent): boolean {
  if (!areAlike(one, other)) return false;
  return isWithoutFrame(one) || one.pfn - one.vaPage === other.pfn - other.vaPage;
}

/** Where an extent begins, or goes on, at or after a page; Infinity behind the last one. */
function beginOf(extent: Extent | undefined, page: number): number {
  return extent === undefined ? Infinity : Math.max(extent.vaPage, page);
}

function endOf(extent: Extent): number {
  return extent.vaPage + extent.pages;
}

/**
 * Finds the virtual pages that two readings of the same memory do not agree on: mapped in one of them
 * only, or with another frame, order, leaf or flag. Where an extent is cut does not matter.
 *
 * @returns Ranges in ascending order, none of which meets the next.
 */
export function changedRanges(before: readonly Extent[], after: readonly Extent[]): PageRange[] {
  const changed: PageRange[] = [];
  const add = (startPage: number, endPage: number): void => {
    const last = changed.at(-1);
    if (last?.endPage === startPage) changed[changed.length - 1] = { ...last, endPage };
    else changed.push({ startPage, endPage });
  };
  let left = 0;
  let right = 0;
  let page = 0;
  while (left < before.length || right < after.length) {
    const one = before[left];
    const other = after[right];
    const oneBegin = beginOf(one, page);
    const otherBegin = beginOf(other, page);
    const begin = Math.min(oneBegin, otherBegin);
    // Up to where neither begins nor ends.
    let end = Infinity;
    if (one !== undefined) end = Math.min(end, oneBegin > begin ? oneBegin : endOf(one));
    if (other !== undefined) end = Math.min(end, otherBegin > begin ? otherBegin : endOf(other));
    const areBothThere = oneBegin === begin && otherBegin === begin;
    const isSame =
      areBothThere && one !== undefined && other !== undefined && isSameMemory(one, other);
    if (!isSame) add(begin, end);
    if (one !== undefined && endOf(one) <= end) left += 1;
    if (other !== undefined && endOf(other) <= end) right += 1;
    page = end;
  }
  return changed;
}
