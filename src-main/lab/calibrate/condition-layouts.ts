import { buildLayout, extentsFromLayout } from '#core';
import type { Extent, Layout, PageFlag } from '#core';
import type { SpanRow } from '#contract';
import type { Found } from '../catalogue/catalogue-folder.ts';
import { layoutOfRow } from './measured-layouts.ts';

/**
 * What happened to the memory before a call: nothing but being mapped (`unfaulted`), a store to each page (`present`),
 * or that and a fork, with the child alive (`shared`) or gone (`left`).
 */
export type MemoryBefore = 'unfaulted' | 'present' | 'shared' | 'left';

const STATES: Readonly<Record<MemoryBefore, readonly PageFlag[]>> = {
  unfaulted: ['absent'],
  present: [],
  shared: ['readonly', 'shared'],
  left: ['readonly'],
};

/** Parts of a folio or less, each within one folio. */
function piecesByFolio(extent: Extent): Extent[] {
  const size = 2 ** extent.order;
  const pieces: Extent[] = [];
  for (let done = 0; done < extent.pages;) {
    const pfn = extent.pfn + done;
    const pages = Math.min(extent.pages - done, size - (pfn % size));
    pieces.push({ ...extent, vaPage: extent.vaPage + done, pfn, pages });
    done += pages;
  }
  return pieces;
}

/**
 * A page of a large folio is used again only while nobody but the process refers to the folio. The first page of
 * a folio that a call pins is; its pin is a reference, so for the pages after it the folio is as good as shared.
 *
 * @source Linux 6.18 mm/memory.c __wp_can_reuse_large_anon_folio().
 */
function shareAfterFirst(extent: Extent): Extent[] {
  if (extent.leaf !== 'pte' || extent.order === 0) return [extent];
  return piecesByFolio(extent).flatMap((piece) => {
    const { vaPage, pfn, pages, flags } = piece;
    const first: Extent = { ...piece, pages: 1 };
    if (pages === 1) return [first];
    const shared: readonly PageFlag[] = [...flags, 'shared'];
    return [first, { ...piece, vaPage: vaPage + 1, pfn: pfn + 1, pages: pages - 1, flags: shared }];
  });
}

/** The memory of a row as a call finds it. */
export function layoutBefore(row: SpanRow, before: MemoryBefore): Found<Layout> {
  const found = layoutOfRow(row, STATES[before]);
  if (!found.ok) return found;
  const { layout } = found.value;
  if (before !== 'left') return { ok: true, value: layout };
  const built = buildLayout(extentsFromLayout(layout).flatMap(shareAfterFirst));
  return built.ok
    ? { ok: true, value: built.layout }
    : { ok: false, message: built.problem.message };
}
