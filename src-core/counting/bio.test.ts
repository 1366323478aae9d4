import { describe, expect, it } from 'vitest';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { explainOn, requestOn, strategyFrom } from '../testing/explained.ts';
import { ALLOCATION_SOURCES } from './allocations.ts';
import { createCounter } from './counter.ts';
import { createLedger } from './events.ts';
import type { Explanation } from '../explain/explain.ts';

const small = layoutFromText('A0-599');

function bioOf(explanation: Explanation): unknown {
  const { bios, biosStarted, bio } = explanation;
  return { bios, biosStarted, ...bio };
}

describe('bios of an I/O', () => {
  it.each([
    [4, { path: 'async', vecs: 4, bytes: 64, source: 'inline' }],
    [5, { path: 'async', vecs: 16, bytes: 256, source: 'slab' }],
    [200, { path: 'async', vecs: 256, bytes: 4096, source: 'slab' }],
  ])('[BIO-1] have for %i pages the vectors of their class', (pages, bio) => {
    expect(explainOn(small, 'today', { pages }).bio).toEqual(bio);
  });

  it.each([
    [4, { path: 'sync', vecs: 4, bytes: 64, source: 'stack' }],
    [5, { path: 'sync', vecs: 5, bytes: 80, source: 'kmalloc' }],
    [256, { path: 'sync', vecs: 256, bytes: 4096, source: 'kmalloc' }],
    // Too long for the synchronous path: a bio of 256 vectors, one of 1.
    [257, { path: 'sync', vecs: 256 + 4, bytes: 4096 + 64, source: 'slab' }],
  ])('[BIO-1] have on the synchronous path for %i pages what is needed', (pages, bio) => {
    expect(explainOn(small, 'today', { pages, path: 'sync' }).bio).toEqual(bio);
  });

  it('[BIO-3] follow each other when their vectors are used up', () => {
    // 600 small folios: 256, 256 and 88, for which there is a class of 128.
    expect(bioOf(explainOn(small, 'today'))).toEqual({
      bios: 3,
      biosStarted: 3,
      path: 'async',
      vecs: 640,
      bytes: 10_240,
      source: 'slab',
    });
  });

  it('[BIO-4] count in what is reported only when they carry a vector', () => {
    // The first bio is full when the gap comes; the second was started for nothing.
    expect(bioOf(explainOn(layoutFromText('A0-255'), 'today', { pages: 300 }))).toEqual({
      bios: 1,
      biosStarted: 2,
      path: 'async',
      vecs: 256,
      bytes: 4096,
      source: 'slab',
    });
    expect(bioOf(explainOn(layoutFromText('.20 A0'), 'today'))).toEqual({
      bios: 0,
      biosStarted: 1,
      path: 'async',
      vecs: 0,
      bytes: 0,
      source: 'slab',
    });
  });

  it('[BIO-4] report the source of the first', () => {
    // 258 small folios: a slab of 256 vectors, then two inside the second bio.
    const { bio } = explainOn(small, 'folio-batch', { pages: 258 });

    expect(bio).toEqual({ path: 'async', vecs: 256 + 4, bytes: 4096 + 64, source: 'slab' });
  });

  it('[BIO-4] [SIM-8] take their vectors from memory that is held', () => {
    const request = requestOn(small, { pages: 300 });
    const { allocations } = createCounter(strategyFrom('today').policies).count(
      { layout: small, request },
      createLedger(),
    );
    const of = (source: string): unknown => {
      const at = ALLOCATION_SOURCES.indexOf(source);
      return [allocations.count[at], allocations.bytes[at], allocations.peak[at]];
    };

    expect([of('bio/biovec-256'), of('bio/biovec-64'), of('bio/biovec-16')]).toEqual([
      [1, 4096, 4096],
      [1, 1024, 1024],
      [0, 0, 0],
    ]);
  });

  it('[BIO-1] allocate nothing for vectors on the stack or inside the bio', () => {
    for (const path of ['sync', 'async'] as const) {
      const request = requestOn(small, { pages: 4, path });
      const { allocations } = createCounter(strategyFrom('today').policies).count(
        { layout: small, request },
        createLedger(),
      );

      expect(allocations.count).toEqual(new Float64Array(ALLOCATION_SOURCES.length));
    }
  });
});
