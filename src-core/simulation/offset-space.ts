import type { Layout } from '../layout/layout.ts';
import type { Workload } from '../experiment/workload.ts';
import { PAGE_BYTES } from '../units.ts';

/**
 * The block-aligned offsets at which a layout holds a whole I/O, numbered from 0 in ascending order.
 * The columns have one entry for each mapped range that holds at least one.
 */
export type OffsetSpace = {
  /** Number of possible offsets. */
  readonly size: number;
  /** Index of the first offset of each range, ascending, beginning with 0. */
  readonly firstIndex: Float64Array;
  /** First offset of each range. Unit: bytes. */
  readonly firstOffset: Float64Array;
  /** Distance between offsets. Unit: bytes. */
  readonly stepBytes: number;
  /** Length of the longest mapped range, whether it holds an I/O or not. Unit: bytes. */
  readonly longestRangeBytes: number;
};

type MappedRange = { readonly start: number; end: number };

/** Mapped stretches without a gap. Unit: bytes. */
function mappedRanges(layout: Layout): MappedRange[] {
  const ranges: MappedRange[] = [];
  let last: MappedRange | undefined;
  for (let at = 0; at < layout.length; at += 1) {
    const start = layout.vaPage[at] * PAGE_BYTES;
    const end = start + layout.pages[at] * PAGE_BYTES;
    if (last !== undefined && last.end === start) {
      last.end = end;
    } else {
      last = { start, end };
      ranges.push(last);
    }
  }
  return ranges;
}

/**
 * Finds every offset at which one I/O of a workload lies in mapped memory.
 *
 * @source SPEC rule SIM-2: offsets are multiples of the block size plus the
 * workload's own offset, counted from virtual page 0.
 */
export function findOffsets(
  layout: Layout,
  workload: Pick<Workload, 'blockBytes' | 'offsetBytes'>,
): OffsetSpace {
  const { blockBytes, offsetBytes } = workload;
  const firstIndex: number[] = [];
  const firstOffset: number[] = [];
  let size = 0;
  let longestRangeBytes = 0;
  for (const { start, end } of mappedRanges(layout)) {
    longestRangeBytes = Math.max(longestRangeBytes, end - start);
    const first = Math.max(0, Math.ceil((start - offsetBytes) / blockBytes));
    const after = Math.floor((end - offsetBytes) / blockBytes);
    if (after <= first) continue;
    firstIndex.push(size);
    firstOffset.push(first * blockBytes + offsetBytes);
    size += after - first;
  }
  return {
    size,
    firstIndex: Float64Array.from(firstIndex),
    firstOffset: Float64Array.from(firstOffset),
    stepBytes: blockBytes,
    longestRangeBytes,
  };
}

/** The offset with a number from 0 to `size` - 1. Unit: bytes. */
export function offsetAt(space: OffsetSpace, index: number): number {
  const { firstIndex, firstOffset, stepBytes } = space;
  let low = 0;
  let high = firstIndex.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (firstIndex[middle] <= index) low = middle;
    else high = middle - 1;
  }
  return firstOffset[low] + (index - firstIndex[low]) * stepBytes;
}
