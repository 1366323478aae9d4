import { ModelError } from '../errors.ts';
import { buildLayout } from '../layout/layout.ts';
import type { Extent, Layout, PageFlag } from '../layout/layout.ts';

/** Folio orders by letter; a letter that is not named has order 0. */
export type FolioOrders = Readonly<Record<string, number>>;

/** Frames between the first pages of two letters: folios up to this size never touch. */
const FRAMES_PER_LETTER = 4_194_304;
const CODE_BEFORE_A = 64;

const PAGES = /^(\[)?([A-Z])(\d+)(?:-(\d+))?(\])?$/;
const GAP = /^\.(\d*)$/;
const PLACE = /^@(\d+)$/;

/** First frame of a letter of a drawing: a multiple of every folio's size. */
export function frameOfLetter(letter: string): number {
  return (letter.charCodeAt(0) - CODE_BEFORE_A) * FRAMES_PER_LETTER;
}

/**
 * Builds a layout from a drawing, one word for each stretch of virtual memory:
 *
 * - `A0-5`   six consecutive frames from the first page of folio A, mapped by PTEs; `A7` is one page.
 *            A letter of order 0 stands for small folios side by side: `D0-3` are four neighbours.
 * - `[A0-511]`  the same mapped by PMD entries, or by PUD entries from order 18 on.
 * - `.`      one unmapped page; `.7` are seven.
 * - `@500`   goes on at virtual page 500.
 *
 * @throws {ModelError} `bad-layout` for a word or memory that cannot be.
 */
export function layoutFromText(
  drawing: string,
  orders: FolioOrders = {},
  flags: readonly PageFlag[] = [],
): Layout {
  const extents: Extent[] = [];
  let vaPage = 0;
  for (const word of drawing.trim().split(/\s+/)) {
    const place = PLACE.exec(word);
    const gap = GAP.exec(word);
    if (place !== null) {
      vaPage = Number(place[1]);
    } else if (gap !== null) {
      vaPage += gap[1] === '' ? 1 : Number(gap[1]);
    } else {
      const extent = extentFromWord(word, vaPage, orders, flags);
      extents.push(extent);
      vaPage += extent.pages;
    }
  }
  return layoutFromExtents(extents);
}

function extentFromWord(
  word: string,
  vaPage: number,
  orders: FolioOrders,
  flags: readonly PageFlag[],
): Extent {
  const parts = PAGES.exec(word);
  if (parts === null) throw new ModelError('bad-layout', `${word} draws no pages`);
  const [, bracket, letter, first, last] = parts;
  const order = orders[letter] ?? 0;
  const start = Number(first);
  return {
    vaPage,
    pfn: frameOfLetter(letter) + start,
    pages: (last === undefined ? start : Number(last)) - start + 1,
    order,
    leaf: bracket === undefined ? 'pte' : order === 18 ? 'pud' : 'pmd',
    flags,
  };
}

/** One small page of anonymous memory at virtual page 0 and frame 0; a test names what differs. */
export function extentWith(differences: Partial<Extent>): Extent {
  return { vaPage: 0, pfn: 0, pages: 1, order: 0, leaf: 'pte', flags: [], ...differences };
}

/** @throws {ModelError} `bad-layout` when the extents are no layout. */
export function layoutFromExtents(extents: readonly Extent[]): Layout {
  const result = buildLayout(extents);
  if (!result.ok) throw new ModelError('bad-layout', result.problem.message);
  return result.layout;
}
