import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_ORDER } from '../units.ts';
import { folioHead, foliosSpanned, pagesLeftInFolio, startsFolio } from './folio.ts';

const orders = fc.integer({ min: 0, max: MAX_ORDER });
const frames = fc.integer({ min: 0, max: 2 ** 40 - 1 });

describe('folios', () => {
  it('[LAY-3] begin at multiples of their size', () => {
    expect(folioHead(100, 5)).toBe(96);
    expect(folioHead(2 ** 40 - 1, 18)).toBe(2 ** 40 - 2 ** 18);
    expect(startsFolio(96, 5)).toBe(true);
    expect(startsFolio(97, 5)).toBe(false);
    expect(pagesLeftInFolio(100, 5)).toBe(28);
    expect(pagesLeftInFolio(96, 5)).toBe(32);
  });

  it('[LAY-3] hold each frame between their head and the end of what is left', () => {
    fc.assert(
      fc.property(frames, orders, (pfn, order) => {
        const head = folioHead(pfn, order);

        expect(head % 2 ** order).toBe(0);
        expect(head <= pfn && pfn < head + 2 ** order).toBe(true);
        expect(pfn + pagesLeftInFolio(pfn, order)).toBe(head + 2 ** order);
        expect(startsFolio(pfn, order)).toBe(pfn === head);
      }),
    );
  });

  it('[LAY-3] are counted as the distinct heads of consecutive frames', () => {
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 600 }), orders, (pfn, pages, order) => {
        const heads = Array.from({ length: pages }, (_, page) => folioHead(pfn + page, order));

        expect(foliosSpanned(pfn, pages, order)).toBe(new Set(heads).size);
      }),
    );
  });
});
