import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Extent } from '#core';
import { changedRanges } from './changed-ranges.ts';
import { ExtentBuilder } from './extent-builder.ts';

const KINDS: Readonly<Record<string, Partial<Extent>>> = {
  a: {},
  b: { pfn: 5000 },
  c: { order: 2 },
  d: { flags: ['anon', 'readonly'] },
  x: { flags: ['anon', 'absent'], pfn: 0 },
};

/** What a few pages map: a letter is a kind of memory, a dot nothing. */
function extentsFromText(text: string): Extent[] {
  const builder = new ExtentBuilder();
  for (const [vaPage, letter] of text.split('').entries()) {
    const kind = KINDS[letter];
    if (kind === undefined) continue;
    const pfn = letter === 'x' ? 0 : (kind.pfn ?? 100) + vaPage;
    builder.append({ vaPage, pages: 1, order: 0, leaf: 'pte', flags: ['anon'], ...kind, pfn });
  }
  return builder.extents();
}

/** The same memory, with the extent that holds a page cut in front of it. */
function cutAt(extents: readonly Extent[], page: number): Extent[] {
  return extents.flatMap((extent) => {
    const { vaPage, pfn, pages, flags } = extent;
    const before = page - vaPage;
    if (before <= 0 || before >= pages) return [extent];
    const rest = flags.includes('absent') ? pfn : pfn + before;
    return [
      { ...extent, pages: before },
      { ...extent, vaPage: page, pfn: rest, pages: pages - before },
    ];
  });
}

const memory = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'x', '.'), maxLength: 24 });

describe('changedRanges', () => {
  it('finds exactly the pages that differ, however the extents are cut', () => {
    fc.assert(
      fc.property(memory, memory, fc.nat(23), (before, after, cut) => {
        const length = Math.max(before.length, after.length);
        const expected = Array.from({ length }, (_, page) => page).filter(
          (page) => (before[page] ?? '.') !== (after[page] ?? '.'),
        );
        const found = changedRanges(extentsFromText(before), cutAt(extentsFromText(after), cut));
        const pages = found.flatMap(({ startPage, endPage }) =>
          Array.from({ length: endPage - startPage }, (_, index) => startPage + index),
        );
        expect(pages).toEqual(expected);
        const meets = found.some(({ endPage }, index) => found[index + 1]?.startPage === endPage);
        expect(meets).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
