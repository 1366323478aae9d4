import { PAGE_BYTES } from '#core';
import type { ExperimentFile, LayoutOfFile } from '#contract';
import { formatBytes } from '../../../format.ts';

/** Mapped memory without a gap. Unit: bytes. */
type Range = { readonly start: number; readonly end: number };

/** Null for a layout of a file: its rows are not here. */
function rangesOf({ uniform, mixed, extents }: LayoutOfFile): readonly Range[] | null {
  if (uniform !== undefined) {
    return [{ start: uniform.misalignment, end: uniform.misalignment + uniform.size }];
  }
  if (mixed !== undefined) return [{ start: 0, end: mixed.size }];
  if (extents === undefined) return null;
  const ranges: { start: number; end: number }[] = [];
  for (const [vaPage, , pages] of extents) {
    const start = vaPage * PAGE_BYTES;
    const end = start + pages * PAGE_BYTES;
    const last = ranges.at(-1);
    if (last?.end === start) last.end = end;
    else ranges.push({ start, end });
  }
  return ranges;
}

/** Whether an I/O at a multiple of its length, and `offset` after it, fits. Source: SPEC rule SIM-2. */
function holds({ start, end }: Range, length: number, offset: number): boolean {
  const first = Math.max(0, Math.ceil((start - offset) / length));
  return Math.floor((end - offset) / length) > first;
}

/**
 * Layouts in which no I/O of some length fits: their trials are planned, and cannot run.
 *
 * @returns One phrase for each layout, such as `base-4k holds no I/O of 128 MiB`.
 */
export function tooSmallWords({ layouts, workload, sweep }: ExperimentFile): readonly string[] {
  const lengths = sweep['workload.blockSize'] ?? [workload.blockSize];
  const offsets = sweep['workload.offset'] ?? [workload.offset];
  return layouts.flatMap((layout) => {
    const ranges = rangesOf(layout);
    if (ranges === null) return [];
    const unheld = lengths.filter((length) =>
      offsets.some((offset) => !ranges.some((range) => holds(range, length, offset))),
    );
    const words = unheld.map((length) => formatBytes(length)).join(', ');
    return words === '' ? [] : [`${layout.name} holds no I/O of ${words}`];
  });
}
