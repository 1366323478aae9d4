import { describe, expect, it } from 'vitest';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { explainOn, strategyFrom } from '../testing/explained.ts';
import { buildOf } from './tracer.ts';

const PER_PAGE = { id: 'per-page', parameters: { kernel: 'v6.11' } };
/** 128 KiB on one order-5 folio. */
const folio = layoutFromText('A0-31', { A: 5 });

function callsOf(...args: Parameters<typeof explainOn>): number {
  return explainOn(...args).tracer.calls;
}

describe('traced calls', () => {
  it('[TRC-2] are 135 before the conversion for 128 KiB on one folio', () => {
    // bio 1, GUP call 3, table 2 + 1, 32 pins of 3, one bvec, 31 merge tests.
    expect(1 + 3 + 3 + 32 * 3 + 1 + 31).toBe(135);
    expect(callsOf(folio, PER_PAGE)).toBe(135);
  });

  it('[TRC-3] are 9 after the conversion', () => {
    // bio 1, extract 1, GUP call 1, table 2 + 1, one pin of 3.
    expect(1 + 1 + 1 + 3 + 3).toBe(9);
    expect(callsOf(folio, 'folio-vec')).toBe(9);
  });

  it('[TRC-2] are two for each plain reference', () => {
    expect(callsOf(folio, { id: 'per-page', parameters: { kernel: 'v5.10' } })).toBe(
      1 + 3 + 3 + 32 * 2 + 1 + 31,
    );
  });

  it('[TRC-2] are one for the reference of 2008, whose walk asks no folio', () => {
    expect(
      callsOf(folio, {
        id: 'today',
        policies: { era: 'v2.6', walk: 'fast-2008', kind: 'get', add: 'page-per-bvec' },
      }),
    ).toBe(1 + 3 + 3 + 32 + 32);
  });

  it('[TRC-2] follow bvecs and merge tests of the kernel', () => {
    // Runs of 3, 1 and 4 pages: v6.12 tests two runs, v7.0 none; both make three bvecs.
    const copied = layoutFromText('A0-2 B0 A4-7', { A: 3 });
    const pins = 8 * 3;

    expect(callsOf(copied, { id: 'folio-add', parameters: { kernel: 'v6.12' } })).toBe(
      1 + 3 + 3 + pins + 3 + 2,
    );
    expect(callsOf(copied, 'today')).toBe(1 + 3 + 3 + pins + 3);
  });

  it('[TRC-2] are one for the slow path', () => {
    // Two pages, then a gap: two GUP calls, each with a table and a failing slow path.
    expect(callsOf(layoutFromText('A0-1'), 'today', { pages: 4 })).toBe(
      1 + 2 * (3 + 3 + 1) + 2 * 3 + 2,
    );
  });

  it('[TRC-2] under mmap_lock are get_user_pages and the slow path, and two for each pin', () => {
    const locked = { id: 'today', policies: { walk: 'locked', step: 'leaf' } };

    expect(callsOf(layoutFromText('A0-3', { A: 2 }), locked)).toBe(1 + 2 + 4 * 2 + 1);
    // An entry is grabbed twice: one page, then the others.
    expect(callsOf(layoutFromText('[A0-511]', { A: 9 }), locked, { pages: 8 })).toBe(
      1 + 2 + 2 * 2 + 1,
    );
  });

  it('[TRC-3] count extract calls of a bio only', () => {
    // Batches of 8 of 32 small folios: four extract calls, four GUP calls, one table and 8 pins each.
    const small = layoutFromText('A0-31');
    const batch = { id: 'folio-batch', parameters: { entries: 8 } };

    expect(callsOf(small, batch)).toBe(1 + 4 + 4 + 4 * 3 + 32 * 3);
    // gup_test brings the memory: one call, no bio.
    expect(callsOf(small, batch, { api: 'gup-test' })).toBe(1 + 3 + 32 * 3);
  });

  it('[TRC-3] count both GUP calls of an extract call whose memory grew', () => {
    const growing = { id: 'folio-threshold', parameters: { threshold: 20, unit: 'runs' } };

    expect(callsOf(layoutFromText('A0-31'), growing)).toBe(1 + 1 + 2 + 2 * 3 + 32 * 3);
  });
});

describe('a build', () => {
  it('[TRC-2] [TRC-3] is "before" with page pointers and "after" with ranges', () => {
    const buildFor = (id: string): string => buildOf(strategyFrom(id).policies);

    expect([buildFor('per-page'), buildFor('today'), buildFor('folio-batch')]).toEqual([
      'before',
      'before',
      'after',
    ]);
  });
});
