import type { Extent } from '#core';
import { stringify } from 'csv-stringify/browser/esm/sync';
import { LAYOUT_HEADING } from './layout-heading.ts';

/** An extent whose kind and flags are what is assumed where a row does not say them. */
function isPlain({ leaf, flags }: Extent): boolean {
  return leaf === 'pte' && ['', 'anon'].includes(flags.join());
}

function figuresOf({ vaPage, pfn, pages, order }: Extent): readonly number[] {
  return [vaPage, pfn, pages, order];
}

/** Extents as rows to edit by hand: no heading, and nothing that goes without saying. */
export function rowsTextFromExtents(extents: readonly Extent[]): string {
  const rows = extents.map((extent) =>
    isPlain(extent)
      ? [...figuresOf(extent)]
      : [...figuresOf(extent), extent.leaf, extent.flags.join('|')],
  );
  return stringify(rows, { eof: false });
}

/** Extents as a layout CSV that the command line reads. */
export function csvFromExtents(extents: readonly Extent[]): string {
  const rows = extents.map((extent) => [...figuresOf(extent), extent.leaf, extent.flags.join('|')]);
  return stringify(rows, { header: true, columns: [...LAYOUT_HEADING] });
}
