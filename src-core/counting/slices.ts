import { startsFolio } from '../layout/folio.ts';

/**
 * What one extract call reported, compressed: a slice is a stretch of consecutive frames of folios of
 * one order. A growing buffer owned by one counter; only `length` entries of each column are valid.
 */
export type Slices = {
  length: number;
  /** First frame. Unit: base pages. */
  pfn: Float64Array;
  /** Unit: base pages. */
  pages: Float64Array;
  order: Uint8Array;
  /** Bits as in `Layout.flags`. */
  flags: Uint16Array;
  /** 1 where the first page belongs to the result entry that ended the slice before. */
  continues: Uint8Array;
};

/** An empty buffer with room for 64 slices. */
export function createSlices(): Slices {
  const capacity = 64;
  return {
    length: 0,
    pfn: new Float64Array(capacity),
    pages: new Float64Array(capacity),
    order: new Uint8Array(capacity),
    flags: new Uint16Array(capacity),
    continues: new Uint8Array(capacity),
  };
}

function grow(slices: Slices): void {
  const capacity = slices.pfn.length * 2;
  const float64 = (old: Float64Array): Float64Array => {
    const column = new Float64Array(capacity);
    column.set(old);
    return column;
  };
  slices.pfn = float64(slices.pfn);
  slices.pages = float64(slices.pages);
  const order = new Uint8Array(capacity);
  order.set(slices.order);
  slices.order = order;
  const flags = new Uint16Array(capacity);
  flags.set(slices.flags);
  slices.flags = flags;
  const continues = new Uint8Array(capacity);
  continues.set(slices.continues);
  slices.continues = continues;
}

/** Appends a slice; the buffer grows as needed. */
export function pushSlice(
  slices: Slices,
  pfn: number,
  pages: number,
  order: number,
  flags: number,
  continues: boolean,
): void {
  if (slices.length === slices.pfn.length) grow(slices);
  const at = slices.length;
  slices.pfn[at] = pfn;
  slices.pages[at] = pages;
  slices.order[at] = order;
  slices.flags[at] = flags;
  slices.continues[at] = continues ? 1 : 0;
  slices.length = at + 1;
}

/** Whether a slice ends before the folio of its last page does. */
export function endsInFolio(slices: Slices, at: number): boolean {
  return !startsFolio(slices.pfn[at] + slices.pages[at], slices.order[at]);
}
