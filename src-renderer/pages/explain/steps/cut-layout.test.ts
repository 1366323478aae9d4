import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extentsFromLayout } from '#core';
import type { Layout } from '#core';
import { goodLayout } from '../testing/drawn-questions.ts';
import { readLayoutWords } from '../question/read-layout.ts';
import { cutLayout, drawnPages, MOST_DRAWN } from './cut-layout.ts';

/** Page by page: virtual page, frame, order. */
function pagesOf(layout: Layout): string[] {
  return extentsFromLayout(layout).flatMap(({ vaPage, pfn, pages, order }) =>
    Array.from({ length: pages }, (_, at) => `${vaPage + at}:${pfn + at}:${order}`),
  );
}

describe('a cut layout', () => {
  it('has just the pages asked for, as they were', () => {
    const drawn = goodLayout
      .map((words) => readLayoutWords(words, new Map(), []))
      .filter((result) => result.kind === 'layout');
    fc.assert(
      fc.property(drawn, fc.nat(200), fc.integer({ min: 1, max: 300 }), (result, at, count) => {
        const first = (result.layout.vaPage[0] ?? 0) + at;
        const expected = pagesOf(result.layout).filter((page) => {
          const number = Number.parseInt(page, 10);
          return number >= first && number < first + count;
        });
        const cut = cutLayout(result.layout, { first, count });

        expect(cut === null ? [] : pagesOf(cut)).toEqual(expected);
        expect(cut?.mappedPages ?? 0).toBe(expected.length);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the pages drawn', () => {
  it('are the whole I/O where it is short', () => {
    expect(drawnPages({ first: 7, count: 32 }, 30)).toEqual({ first: 7, count: 32 });
  });

  it('hold the step, and never go beyond the I/O', () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.integer({ min: 1, max: 5000 }),
        fc.nat(4999),
        (first, count, at) => {
          const page = first + Math.min(at, count - 1);
          const drawn = drawnPages({ first, count }, page);

          expect(drawn.first).toBeLessThanOrEqual(page);
          expect(drawn.first + drawn.count).toBeGreaterThan(page);
          expect(drawn.count).toBeLessThanOrEqual(MOST_DRAWN);
          expect(drawn.first + drawn.count).toBeLessThanOrEqual(first + count);
        },
      ),
    );
  });
});
