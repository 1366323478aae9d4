import { extentsFromLayout, firstPageOf, pagesOf } from '#core';
import type { IoRequest, Layout } from '#core';
import { rowsTextFromExtents } from '../../../layout-rows/write-layout-rows.ts';
import { cutLayout } from '../steps/cut-layout.ts';

/** More rows than this are nothing to edit by hand. */
const MOST_ROWS = 200;

/** The mapping behind an I/O as rows to edit; empty where there is none, or too much of it. */
export function rowsOfIo(layout: Layout, request: IoRequest): string {
  const cut = cutLayout(layout, { first: firstPageOf(request), count: pagesOf(request) });
  if (cut === null || cut.length > MOST_ROWS) return '';
  return rowsTextFromExtents(extentsFromLayout(cut));
}
