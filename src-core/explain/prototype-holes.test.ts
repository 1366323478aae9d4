import { describe, expect, it } from 'vitest';
import {
  extentWith,
  frameOfLetter,
  layoutFromExtents,
  layoutFromText,
} from '../testing/drawn-layout.ts';
import { explainOn } from '../testing/explained.ts';
import type { Differences } from '../testing/explained.ts';
import type { Explanation } from './explain.ts';
import type { Layout, PageFlag } from '../layout/layout.ts';

const prototype = { id: 'folio-vec', parameters: { prototypeHoles: true } };

function brokenOn(layout: Layout, differences: Differences = {}): Explanation {
  return explainOn(layout, prototype, differences);
}

function holesOf({ broken }: Explanation): readonly string[] {
  return broken.map(({ hole }) => hole);
}

/** A folio of four pages on PTEs, then four small pages, the first of which has flags. */
function smallPagesWith(flags: readonly PageFlag[]): Layout {
  return layoutFromExtents([
    extentWith({ vaPage: 0, pfn: frameOfLetter('A'), pages: 4, order: 2 }),
    extentWith({ vaPage: 4, pfn: frameOfLetter('B'), pages: 1, flags }),
    extentWith({ vaPage: 5, pfn: frameOfLetter('C'), pages: 3 }),
  ]);
}

describe('the prototype with its holes open', () => {
  it('[HOLE-1] reads the fork counter once, and counts the rest as the closed one does', () => {
    const layout = layoutFromText('A0-31', { A: 5 });
    const open = brokenOn(layout);
    const closed = explainOn(layout, 'folio-vec');

    expect(open.events).toEqual({ ...closed.events, seq_check: 0 });
    expect(holesOf(open)).toEqual(['fork-check']);
    expect(closed.broken).toEqual([]);
  });

  it('[HOLE-1] pins a special page as though a folio stood behind it', () => {
    const open = brokenOn(smallPagesWith(['special']));

    expect(open.outcome).toEqual({ kind: 'pinned', pages: 8 });
    expect(holesOf(open)).toEqual(['fork-check', 'special-pages']);
    expect(open.broken[1]?.breaks).toContain('Virtual page 4 has a special entry');
  });

  it('[HOLE-3] drops what comes after the page that stopped the walk, and says nothing', () => {
    const open = brokenOn(smallPagesWith(['absent']));

    expect(open.outcome).toEqual({ kind: 'pinned', pages: 8 });
    expect(open.bvecs.map(({ length }) => length / 4096)).toEqual([4]);
    expect(open.events.fault).toBe(0);
    expect(holesOf(open)).toEqual(['fork-check', 'lost-rest']);
    expect(open.broken[1]?.breaks).toContain('told of 8 pages, and the vectors hold 4');
  });

  it('[HOLE-3] takes the slow path where nothing was pinned yet', () => {
    const open = brokenOn(smallPagesWith(['absent']), { firstPage: 4, pages: 4 });

    expect(open.events.fault).toBe(1);
    expect(holesOf(open)).toEqual(['fork-check']);
  });

  it('[HOLE-2] keeps an entry whose grab failed, and unpins what it never pinned', () => {
    // The shared page is stored, grabbed and put back; completion drops one more.
    const open = brokenOn(smallPagesWith(['shared']));

    expect(open.bvecs.map(({ length }) => length / 4096)).toEqual([4, 1]);
    expect(open.references.get(frameOfLetter('B'))).toEqual({ added: 1, removed: 2 });
    expect(holesOf(open)).toContain('unpinned-entry');
  });

  it('[HOLE-4] loses every leaf entry but a first one', () => {
    const layout = layoutFromText('[A0-511] [B0-511]', { A: 9, B: 9 });
    const open = brokenOn(layout, { firstPage: 500, pages: 100 });

    expect(open.bvecs.map(({ length }) => length / 4096)).toEqual([12]);
    expect(open.references.get(frameOfLetter('B'))).toEqual({ added: 1, removed: 0 });
    expect(holesOf(open)).toEqual(['fork-check', 'lost-leaf-entry']);
  });

  it('[HOLE-5] takes folios apart in the slow path, and begins each page where its folio does', () => {
    const head = frameOfLetter('A');
    const layout = layoutFromExtents([
      extentWith({ vaPage: 0, pfn: head + 4, pages: 4, order: 3, flags: ['protnone'] }),
    ]);
    const open = brokenOn(layout);

    expect(open.bvecs.map(({ pfn }) => pfn)).toEqual([head, head, head, head]);
    expect(holesOf(open)).toEqual(['fork-check', 'lost-position']);
    expect(open.broken[1]?.breaks).toContain('4 of 4 vectors');
    expect(explainOn(layout, 'folio-vec').bvecs).toEqual([
      { pfn: head + 4, offset: 0, length: 16_384 },
    ]);
  });

  it('[HOLE-6] trims neither the first page nor the last', () => {
    const open = brokenOn(layoutFromText('A0-3', { A: 2 }), { offset: 512, length: 8192 });

    expect(open.bvecs).toEqual([{ pfn: frameOfLetter('A'), offset: 0, length: 3 * 4096 }]);
    expect(open.broken.at(-1)?.breaks).toBe(
      'The vectors hold 12288 bytes from the start of the first page where 8192 from byte 512 on were asked for.',
    );
  });
});
