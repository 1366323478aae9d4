import { freshFrameOf } from '#core';
import { formatCount } from '../../format.ts';

/**
 * A frame in words. Those of a layout have their number; those that the I/O itself brought about have none
 * that means anything.
 */
export function frameText(pfn: number): string {
  const fresh = freshFrameOf(pfn);
  if (fresh === null) return `frame ${formatCount(pfn)}`;
  switch (fresh.kind) {
    case 'copy':
      return `a new frame for page ${formatCount(fresh.vaPage)}`;
    case 'huge-copy':
      return `a new huge folio for page ${formatCount(fresh.vaPage)}`;
    case 'migrated':
      return `where frame ${formatCount(fresh.pfn)} was migrated to`;
    case 'zero':
      return 'the zero page';
  }
}

/** The same in as few words as a cell of a table has room for. */
export function frameCell(pfn: number): string {
  const fresh = freshFrameOf(pfn);
  if (fresh === null) return formatCount(pfn);
  switch (fresh.kind) {
    case 'copy':
    case 'huge-copy':
      return `new (page ${formatCount(fresh.vaPage)})`;
    case 'migrated':
      return `moved (${formatCount(fresh.pfn)})`;
    case 'zero':
      return 'zero page';
  }
}
