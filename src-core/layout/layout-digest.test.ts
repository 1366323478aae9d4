import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { layoutDigest } from './layout-digest.ts';
import { buildLayout } from './layout.ts';
import type { Extent } from './layout.ts';

const base: Extent = { vaPage: 8, pfn: 96, pages: 4, order: 2, leaf: 'pte', flags: ['anon'] };

function digestOf(...extents: readonly Extent[]): string {
  const result = buildLayout(extents);
  if (!result.ok) throw new Error(result.problem.message);
  return layoutDigest(result.layout);
}

describe('layoutDigest', () => {
  it('[LAY-11] is the same for the same memory, on every machine', () => {
    expect(digestOf(base)).toBe(digestOf({ ...base, flags: [] }));
    const bytes = Buffer.alloc(42);
    bytes.write('layout');
    [1, 8, 96, 4].forEach((figure, index) => bytes.writeDoubleLE(figure, 6 + 8 * index));
    bytes.set([2, 0], 38);
    bytes.writeUInt16LE(0b1, 40);
    expect(digestOf(base)).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('[LAY-11] differs when anything differs', () => {
    const variants: Extent[][] = [
      [base],
      [{ ...base, vaPage: 9 }],
      [{ ...base, pfn: 100 }],
      [{ ...base, pages: 3 }],
      [{ ...base, order: 1 }],
      [{ ...base, vaPage: 512, pfn: 512, pages: 512, order: 9 }],
      [{ ...base, vaPage: 512, pfn: 512, pages: 512, order: 9, leaf: 'pmd' }],
      [{ ...base, flags: ['file'] }],
      [{ ...base, flags: ['anon', 'special'] }],
      [
        { ...base, pages: 2 },
        { ...base, vaPage: 10, pfn: 98, pages: 2 },
      ],
    ];

    expect(new Set(variants.map((extents) => digestOf(...extents))).size).toBe(variants.length);
  });
});
