import { describe, expect, it } from 'vitest';
import { bioVectorsFor, isLargeKmalloc, kmallocClassBytes } from './memory-classes.ts';
import type { BioVectors } from './memory-classes.ts';

describe('kmalloc', () => {
  it.each([
    [1, 8],
    [8, 8],
    [9, 16],
    [33, 64],
    [65, 96],
    [96, 96],
    [97, 128],
    [129, 192],
    [193, 256],
    [552, 1024],
    [768, 1024],
    [1025, 2048],
    [4096, 4096],
    [8192, 8192],
    [8193, 16_384],
    [12_288, 16_384],
    [16_385, 32_768],
    [6_291_456, 8_388_608],
  ])('[MEM-1] takes for %i bytes %i', (bytes, taken) => {
    expect(kmallocClassBytes(bytes)).toBe(taken);
  });

  it('[MEM-1] goes to the page allocator above 8 KiB', () => {
    expect([8192, 8193].map(isLargeKmalloc)).toEqual([false, true]);
  });
});

describe('vectors of a bio', () => {
  it.each<[number, BioVectors]>([
    [1, { vectors: 4, bytes: 64, source: 'inline' }],
    [4, { vectors: 4, bytes: 64, source: 'inline' }],
    [5, { vectors: 16, bytes: 256, source: 'slab' }],
    [17, { vectors: 64, bytes: 1024, source: 'slab' }],
    [65, { vectors: 128, bytes: 2048, source: 'slab' }],
    [129, { vectors: 256, bytes: 4096, source: 'slab' }],
    [256, { vectors: 256, bytes: 4096, source: 'slab' }],
    [100_000, { vectors: 256, bytes: 4096, source: 'slab' }],
  ])('[BIO-1] come for %i pages from the class that holds them', (pages, expected) => {
    expect(bioVectorsFor('async', pages, pages)).toEqual(expected);
  });

  it.each<[number, BioVectors]>([
    [1, { vectors: 4, bytes: 64, source: 'stack' }],
    [4, { vectors: 4, bytes: 64, source: 'stack' }],
    [5, { vectors: 5, bytes: 80, source: 'kmalloc' }],
    [256, { vectors: 256, bytes: 4096, source: 'kmalloc' }],
    [257, { vectors: 256, bytes: 4096, source: 'slab' }],
  ])('[BIO-1] come for %i synchronous pages as many as asked for', (pages, expected) => {
    expect(bioVectorsFor('sync', pages, pages)).toEqual(expected);
  });

  it('[BIO-3] of a later bio are sized for the pages left', () => {
    expect(bioVectorsFor('async', 300, 44)).toEqual({ vectors: 64, bytes: 1024, source: 'slab' });
  });
});
