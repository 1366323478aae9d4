import { describe, expect, it } from 'vitest';
import { extentWith, layoutFromExtents, layoutFromText } from '../testing/drawn-layout.ts';
import { textFromVectors } from '../testing/drawn-results.ts';
import { explainOn } from '../testing/explained.ts';

const perPage = { id: 'per-page', parameters: { kernel: 'v6.11' } };
const merging = { id: 'folio-add', parameters: { kernel: 'v6.12' } };
const direct = { id: 'folio-add', parameters: { kernel: 'v7.0' } };

/** Runs of 3, 1, 4 and 3 pages: a copied page in an order-3 folio, then the tail of another folio. */
const copied = layoutFromText('A0-2 B0 A4-7 C1-3', { A: 3, C: 2 });

describe('adding page by page', () => {
  it('[ADD-1] tests every page once the bio has a vector, and merges the next frame', () => {
    const explanation = explainOn(copied, perPage);

    // 11 pages, 4 physical runs.
    expect(explanation.ledger.add).toEqual({ merge_test: 10, merge_ok: 7, bvec_new: 4 });
    expect(textFromVectors(explanation)).toBe('A0:12288 B0:4096 A4:16384 C1:12288');
  });

  it('[ADD-1] merges across folios and extents whose frames go on', () => {
    // Small folios side by side, cut into two extents.
    const explanation = explainOn(layoutFromText('D0-1 D2-3'), perPage);

    expect(explanation.ledger.add).toEqual({ merge_test: 3, merge_ok: 3, bvec_new: 1 });
    expect(textFromVectors(explanation)).toBe('D0:16384');
  });

  it('[ADD-1] tests nothing at the first page of a bio', () => {
    // Scattered: the second bio begins at page 256.
    const words = Array.from({ length: 258 }, (_, page) => `A${2 * page}`).join(' ');
    const explanation = explainOn(layoutFromText(words), perPage);

    expect(explanation.bios).toBe(2);
    expect(explanation.ledger.add).toEqual({ merge_test: 256, bvec_new: 258 });
  });

  it('[ADD-2] page-per-bvec makes a vector for every page', () => {
    const explanation = explainOn(layoutFromText('D0-2 E1', { E: 1 }), {
      id: 'today',
      policies: { add: 'page-per-bvec' },
    });

    expect(explanation.ledger.add).toEqual({ bvec_new: 4 });
    expect(textFromVectors(explanation)).toBe('D0:4096 D1:4096 D2:4096 E1:4096');
  });

  it('[ADD-2] [REL-4] page-per-bvec releases every page by itself', () => {
    // Four pages of one order-2 folio: four vectors, so four pieces of two locked operations.
    const { ledger } = explainOn(layoutFromText('A0-3', { A: 2 }), {
      id: 'today',
      policies: { add: 'page-per-bvec' },
    });

    expect(ledger.release).toEqual({ unpin_call: 4, nodestat: 4, 'lock_op.release': 8 });
  });
});

describe('the scan for runs of one folio', () => {
  it('[ADD-3] compares until the folio or the request ends, or a page does not match', () => {
    const explanation = explainOn(copied, direct);

    // A0-2: 2 and a mismatch; B0 is small: 0; A4-7 ends its folio: 3; C1-3 as well: 2.
    expect(explanation.ledger.add).toEqual({
      contig_cmp: 8,
      // Four runs and eight compares.
      meta: 12,
      bvec_new: 4,
      pagemap: 3,
    });
    expect(textFromVectors(explanation)).toBe('A0:12288 B0:4096 A4:16384 C1:12288');
  });

  it('[ADD-3] stops at the end of the request without a compare', () => {
    const { ledger } = explainOn(layoutFromText('A0-7', { A: 3 }), direct, { pages: 3 });

    expect(ledger.add).toEqual({ contig_cmp: 2, meta: 3, bvec_new: 1 });
  });

  it('[ADD-3] counts a mismatch where the same folio goes on elsewhere', () => {
    // A0-1 then A4-5: frames jump within one folio.
    const { ledger } = explainOn(layoutFromText('A0-1 A4-5', { A: 3 }), direct);

    expect(ledger.add).toEqual({ contig_cmp: 3, meta: 5, bvec_new: 2, pagemap: 1 });
  });

  it('[ADD-3] takes folios side by side one by one, without a mismatch between them', () => {
    // Pages 1 to 13 of folios of four pages: runs of 3, 4, 4 and 2.
    const explanation = explainOn(layoutFromText('A1-13', { A: 2 }), direct);

    expect(explanation.ledger.add).toEqual({ contig_cmp: 9, meta: 13, bvec_new: 4, pagemap: 3 });
    expect(textFromVectors(explanation)).toBe('A1:12288 A4:16384 A8:16384 A12:8192');
  });

  it('[ADD-3] goes on across extents of one folio and across 2 MiB', () => {
    const explanation = explainOn(layoutFromText('@510 A0-2 A3-5', { A: 3 }), direct, {
      firstPage: 510,
    });

    expect(explanation.ledger.add).toEqual({ contig_cmp: 5, meta: 6, bvec_new: 1 });
    expect(textFromVectors(explanation)).toBe('A0:24576');
  });

  it('[ADD-3] goes on where a folio changes in what does not concern the scan', () => {
    // Pages 4 to 7 of the folio are read-only, as after mprotect of a part; a write may take them.
    const split = layoutFromExtents([
      extentWith({ pfn: 64, pages: 4, order: 3 }),
      extentWith({ vaPage: 4, pfn: 68, pages: 4, order: 3, flags: ['readonly'] }),
    ]);

    expect(explainOn(split, direct).ledger.add).toEqual({ contig_cmp: 7, meta: 8, bvec_new: 1 });
    expect(explainOn(split, merging).ledger.add).toEqual({ contig_cmp: 7, meta: 8, bvec_new: 1 });
    expect(explainOn(split, direct).ledger.release).toMatchObject({ unpin_call: 1 });
  });

  it('[ADD-4] of v6.12 tests each run and merges those whose frames go on', () => {
    const explanation = explainOn(layoutFromText('A1-13 B0', { A: 2 }), merging);

    // Four runs of A side by side, then B: four tests, three of them good. The last run of A ends
    // inside its folio, at a page that does not match: 14 pages - 5 runs + 1 compares.
    expect(explanation.ledger.add).toEqual({
      contig_cmp: 10,
      meta: 15,
      merge_test: 4,
      merge_ok: 3,
      bvec_new: 2,
    });
    expect(textFromVectors(explanation)).toBe('A1:53248 B0:4096');
  });

  it('[ADD-4] of v6.12 merges what a later call of the bio loop brings', () => {
    const explanation = explainOn(layoutFromText('[A0-511]', { A: 9 }), merging);

    expect(explanation.ledger.add).toMatchObject({ merge_test: 2, merge_ok: 2, bvec_new: 1 });
    expect(textFromVectors(explanation)).toBe('A0:2097152');
  });

  it('[ADD-4] of v7.0 checks the pagemap of all vectors of a bio but the first', () => {
    // 300 small folios: bios of 256 and 44 vectors.
    const { ledger } = explainOn(layoutFromText('A0-299'), direct);

    expect(ledger.add).toMatchObject({ bvec_new: 300, pagemap: 255 + 43 });
  });
});

describe('adding ranges', () => {
  it('[ADD-5] writes one vector for each entry', () => {
    const explanation = explainOn(copied, 'folio-vec');

    expect(explanation.ledger.add).toEqual({ bvec_new: 4 });
    expect(textFromVectors(explanation)).toBe('A0:12288 B0:4096 A4:16384 C1:12288');
  });

  it('[ADD-5] [BIO-3] goes on in a new bio in the middle of folios side by side', () => {
    // 600 small folios found in one walk: bios of 256, 256 and 88 vectors.
    const explanation = explainOn(layoutFromText('A0-599'), {
      id: 'folio-vec',
      parameters: { visit: 'batched' },
    });

    expect(explanation.calls).toBe(1);
    expect(explanation.bvecs).toHaveLength(600);
    expect({ bios: explanation.bios, bio: explanation.bio }).toEqual({
      bios: 3,
      bio: { path: 'async', vecs: 256 + 256 + 128, bytes: 16 * 640, source: 'slab' },
    });
  });

  it('[ADD-5] keeps the folios of a new bio whole', () => {
    // Folios of two pages from the second page on: the 256th vector ends with page 511. The table ends
    // with page 512, in the middle of a folio: 257 vectors, then 45.
    const explanation = explainOn(layoutFromText('A1-600', { A: 1 }), {
      id: 'folio-vec',
      parameters: { visit: 'batched' },
    });

    expect(explanation.bios).toBe(2);
    expect(explanation.events.bvec_new).toBe(302);
    expect(explanation.bvecs).toHaveLength(302);
    expect(textFromVectors({ bvecs: explanation.bvecs.slice(255, 257) })).toBe(
      'A510:8192 A512:4096',
    );
  });
});

describe('reported vectors', () => {
  it('[ADD-6] lose the offset of the request at the start and its unused tail at the end', () => {
    // Bytes 512 to 12799 of pages 0 to 3.
    const explanation = explainOn(copied, perPage, { offset: 512, length: 12_288 });

    expect(textFromVectors(explanation)).toBe('A0+512:11776 B0:512');
  });

  it('[ADD-6] begin in the frame of the first byte', () => {
    const explanation = explainOn(copied, perPage, { offset: 2 * 4096 + 1024, length: 1024 });

    expect(textFromVectors(explanation)).toBe('A2+1024:1024');
  });
});
