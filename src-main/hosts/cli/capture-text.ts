import { extentsFromLayout, PAGE_BYTES } from '#core';
import type { Extent } from '#core';
import type { CapturedLayout } from '../../lab/index.ts';
import { bytesText, countedText, countText, decimals } from './figures.ts';

function sumPages(extents: readonly Extent[]): number {
  return extents.reduce((sum, { pages }) => sum + pages, 0);
}

function ordersText(extents: readonly Extent[]): string {
  const byOrder = new Map<number, number>();
  for (const { order, pages } of extents) byOrder.set(order, (byOrder.get(order) ?? 0) + pages);
  const orders = [...byOrder].sort(([one], [other]) => one - other);
  return orders.map(([order, pages]) => `order ${order}: ${countText(pages)}`).join(', ');
}

/** The share of pages that huge entries map; nothing where there is none. */
function hugeText(extents: readonly Extent[], pages: number): string[] {
  const huge = sumPages(extents.filter(({ leaf }) => leaf !== 'pte'));
  return huge === 0 ? [] : [`${decimals((huge / pages) * 100)} % mapped by PMD or PUD entries`];
}

/** What is told of a capture beside its result, a line each. */
export function captureText(pid: number, captured: CapturedLayout): string {
  const { layout, areas, passes, doubts } = captured;
  const all = extentsFromLayout(layout);
  const present = all.filter(({ flags }) => !flags.includes('absent'));
  const presentPages = sumPages(present);
  const absentPages = layout.mappedPages - presentPages;
  const size = bytesText(presentPages * PAGE_BYTES);
  const firstPage = all[0]?.vaPage ?? 0;
  const lines = [
    `process ${pid}: ${countedText(areas, 'area')}, ${countedText(presentPages, 'page')} in memory (${size}), ${countedText(layout.length, 'row')}; read ${passes} times, the last two agree`,
  ];
  if (presentPages > 0) {
    lines.push([`pages of ${ordersText(present)}`, ...hugeText(present, presentPages)].join('; '));
  }
  if (absentPages > 0) {
    const are = absentPages === 1 ? 'is' : 'are';
    lines.push(
      `${countedText(absentPages, 'page')} ${are} mapped but not in memory: absent, with frames made up (--present leaves them out)`,
    );
  }
  lines.push(`the first row is at offset ${firstPage * PAGE_BYTES} (explain --offset)`);
  return [...lines, ...doubts].join('\n');
}
