import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extentsFromLayout } from '#core';
import type { Extent } from '#core';
import { layoutCsvText, parseLayoutCsv } from '../import/layout-csv.ts';

/** Reads a file that was captured from a real process (Linux 6.18). */
function readCaptured(name: string): { readonly text: string; readonly extents: Extent[] } {
  const text = readFileSync(join(import.meta.dirname, 'fixtures', `${name}.csv`), 'utf8');
  const result = parseLayoutCsv(text, name);
  if (!result.ok) throw new Error(result.problem.message);
  expect(layoutCsvText(result.layout)).toBe(text);
  return { text, extents: extentsFromLayout(result.layout) };
}

/** Pages by order, leaf and flags. */
function totalsOf(extents: readonly Extent[]): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const { pages, order, leaf, flags } of extents) {
    const kind = `${order} ${leaf} ${flags.join('|')}`;
    totals[kind] = (totals[kind] ?? 0) + pages;
  }
  return totals;
}

describe('layouts captured from real processes', () => {
  it('[LAY-12] hold memory of every kind there is in a child of the tests', () => {
    expect(totalsOf(readCaptured('every-kind').extents)).toEqual({
      // 64 small ones, 13 around a hole, 6 around guards, 2 written among zeros, 2 copied from a file.
      '0 pte anon': 64 + 13 + 6 + 2 + 2,
      '0 pte anon|absent': 2,
      '0 pte anon|readonly': 4,
      '0 pte anon|zero': 4,
      '0 pte shmem': 12,
      '0 pte shmem|absent': 4,
      '3 pte file': 8,
      '3 pte file|readonly': 6,
      '4 pte anon': 256,
      '9 pmd anon': 1024,
      '9 pmd anon|zero': 512,
      '9 pmd hugetlb': 512,
      '9 pmd hugetlb|absent': 512,
      '9 pte anon': 512,
    });
  });

  it('hold what a fork left shared, and a heap', () => {
    expect(totalsOf(readCaptured('forked').extents)).toEqual({
      '0 pte anon': 2,
      '0 pte anon|readonly|shared': 6,
    });
    expect(totalsOf(readCaptured('node-heap').extents)).toEqual({
      '0 pte anon': 2181,
      '0 pte anon|absent': 32,
    });
  });

  it('begin within 1 GiB of virtual memory and of frames', () => {
    for (const name of ['every-kind', 'forked', 'node-heap']) {
      const { extents } = readCaptured(name);
      const frames = extents.filter(({ flags }) => !flags.includes('zero')).map(({ pfn }) => pfn);
      expect(extents[0]?.vaPage).toBeLessThan(262_144);
      expect(Math.min(...frames)).toBeLessThan(262_144);
    }
  });
});
