import { describe, expect, it } from 'vitest';
import {
  ALLOCATION_SOURCES,
  bioSource,
  isHeldUntilCompletion,
  resultPageSource,
  resultSource,
} from './allocations.ts';

const nameOf = (source: number): string | undefined => ALLOCATION_SOURCES[source];

describe('sources of memory', () => {
  it('[MEM-1] are 14 kmalloc caches and pages for results, the same caches and 4 slabs for bios', () => {
    expect(ALLOCATION_SOURCES).toHaveLength(14 + 1 + 14 + 4);
    expect(new Set(ALLOCATION_SOURCES).size).toBe(33);
  });

  it('[MEM-1] of a result follow its size', () => {
    expect([8, 9, 96, 769, 1024, 8192, 8193, 1e6].map(resultSource).map(nameOf)).toEqual([
      'result/kmalloc-8',
      'result/kmalloc-16',
      'result/kmalloc-96',
      'result/kmalloc-1k',
      'result/kmalloc-1k',
      'result/kmalloc-8k',
      'result/kmalloc-large',
      'result/kmalloc-large',
    ]);
    expect(nameOf(resultPageSource())).toBe('result/page');
  });

  it('[BIO-1] of a bio are its slab, or kmalloc of exactly its vectors', () => {
    expect([
      nameOf(bioSource('slab', 16, 256)),
      nameOf(bioSource('slab', 64, 1024)),
      nameOf(bioSource('slab', 128, 2048)),
      nameOf(bioSource('slab', 256, 4096)),
      nameOf(bioSource('kmalloc', 5, 80)),
      nameOf(bioSource('kmalloc', 32, 512)),
    ]).toEqual([
      'bio/biovec-16',
      'bio/biovec-64',
      'bio/biovec-128',
      'bio/biovec-256',
      'bio/kmalloc-96',
      'bio/kmalloc-512',
    ]);
  });

  it('[SIM-8] of bios are held until completion, those of results are not', () => {
    const held = ALLOCATION_SOURCES.filter((_name, source) => isHeldUntilCompletion(source));

    expect(held).toEqual(ALLOCATION_SOURCES.filter((name) => name.startsWith('bio/')));
  });
});
