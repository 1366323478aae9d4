import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_ORDER, PAGE_BYTES } from '../units.ts';
import { FIRST_FRAME } from './frame-placement.ts';
import { layoutDigest } from './layout-digest.ts';
import { buildLayoutFromSpec, layoutSpecProblem } from './layout-spec.ts';
import type { FrameArrangement, LayoutSpec, MixedSpec, UniformSpec } from './layout-spec.ts';
import { buildLayout, extentsFromLayout, leafPages } from './layout.ts';
import type { Extent, Layout } from './layout.ts';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

function uniform(differences: Partial<UniformSpec> = {}): UniformSpec {
  return {
    kind: 'uniform',
    bytes: 2 * MIB,
    order: 0,
    frames: 'contiguous',
    leaf: 'pte',
    misalignmentPages: 0,
    flags: ['anon'],
    ...differences,
  };
}

function mixed(differences: Partial<MixedSpec> = {}): MixedSpec {
  return {
    kind: 'mixed',
    bytes: 2 * MIB,
    weights: [
      { order: 0, weight: 3 },
      { order: 4, weight: 1 },
    ],
    frames: 'scattered',
    leaf: 'pmd',
    flags: ['anon'],
    ...differences,
  };
}

function built(spec: LayoutSpec, seed = 1): Layout {
  const result = buildLayoutFromSpec(spec, seed);
  if (!result.ok) throw new Error(result.problem.message);
  return result.layout;
}

/** A folio where it is mapped; several rows may hold its pages. */
type MappedFolio = { readonly vaPage: number; readonly pfn: number; readonly order: number };

/** The folios of a layout in the order they are mapped. */
function foliosOf(layout: Layout): MappedFolio[] {
  return extentsFromLayout(layout).flatMap(({ vaPage, pfn, pages, order }) =>
    Array.from({ length: Math.ceil(pages / 2 ** order) }, (_, index) => ({
      vaPage: vaPage + index * 2 ** order,
      pfn: pfn + index * 2 ** order,
      order,
    })),
  );
}

/** How many folios start where the one mapped before them ended. */
function adjacentFolios(folios: readonly MappedFolio[]): number {
  return folios.filter(({ pfn }, index) => {
    const before = folios[index - 1];
    return before !== undefined && before.pfn + 2 ** before.order === pfn;
  }).length;
}

const arrangements: fc.Arbitrary<FrameArrangement> = fc.oneof(
  fc.constantFrom<FrameArrangement>('contiguous', 'scattered'),
  fc.record({ adjacency: fc.double({ min: 0, max: 1, noNaN: true }) }),
);

const uniformSpecs: fc.Arbitrary<UniformSpec> = fc
  .record({
    kind: fc.constant('uniform' as const),
    pages: fc.integer({ min: 1, max: 3000 }),
    order: fc.integer({ min: 0, max: MAX_ORDER }),
    frames: arrangements,
    leaf: fc.constantFrom('pte' as const, 'pmd' as const, 'pud' as const),
    misalignmentPages: fc.integer({ min: 0, max: 2 ** 18 - 1 }),
    flags: fc.constantFrom<UniformSpec['flags']>([], ['anon'], ['file', 'shared'], ['devmap']),
  })
  .map(({ pages, ...rest }) => ({ ...rest, bytes: pages * PAGE_BYTES }))
  .map((spec) => {
    // The nearest specification that a leaf of this size allows.
    const isPossible = spec.order >= { pte: 0, pmd: 9, pud: 18 }[spec.leaf];
    const leaf = isPossible || spec.flags.includes('devmap') ? spec.leaf : 'pte';
    const size = leafPages(leaf);
    return {
      ...spec,
      leaf,
      misalignmentPages: spec.misalignmentPages - (spec.misalignmentPages % size),
      bytes: Math.ceil(spec.bytes / (size * PAGE_BYTES)) * size * PAGE_BYTES,
    };
  });

const mixedSpecs: fc.Arbitrary<MixedSpec> = fc
  .record({
    kind: fc.constant('mixed' as const),
    pages: fc.integer({ min: 1, max: 5000 }),
    weights: fc
      .uniqueArray(
        fc.record({
          order: fc.integer({ min: 0, max: 12 }),
          weight: fc.double({ min: 0, max: 10, noNaN: true }),
        }),
        { minLength: 1, maxLength: 5, selector: ({ order }) => order },
      )
      .filter((weights) => weights.some(({ weight }) => weight > 0)),
    frames: arrangements,
    leaf: fc.constantFrom('pte' as const, 'pmd' as const),
    flags: fc.constantFrom<MixedSpec['flags']>(['anon'], ['shmem', 'readonly']),
  })
  .map(({ pages, ...rest }) => ({ ...rest, bytes: pages * PAGE_BYTES }));

const specs: fc.Arbitrary<UniformSpec | MixedSpec> = fc.oneof(uniformSpecs, mixedSpecs);
const seeds = fc.nat();

describe('buildLayoutFromSpec', () => {
  it('[LAY-8] builds layouts that keep every rule for layouts', () => {
    fc.assert(
      fc.property(specs, seeds, (spec, seed) => {
        const layout = built(spec, seed);

        expect(buildLayout(extentsFromLayout(layout))).toEqual({ ok: true, layout });
      }),
    );
  });

  it('[LAY-8] maps exactly the bytes asked for, without a gap', () => {
    fc.assert(
      fc.property(specs, seeds, (spec, seed) => {
        const layout = built(spec, seed);
        const first = spec.kind === 'uniform' ? spec.misalignmentPages : 0;
        const last = layout.length - 1;
        const end = (layout.vaPage[last] ?? NaN) + (layout.pages[last] ?? NaN);

        expect(layout.mappedPages * PAGE_BYTES).toBe(spec.bytes);
        expect([layout.vaPage[0], end]).toEqual([first, first + layout.mappedPages]);
      }),
    );
  });

  it('[LAY-8] gives every folio whole frames of its own, naturally aligned', () => {
    fc.assert(
      fc.property(specs, seeds, (spec, seed) => {
        const folios = foliosOf(built(spec, seed)).sort((a, b) => a.pfn - b.pfn);

        expect(folios[0]?.pfn).toBeGreaterThanOrEqual(FIRST_FRAME);
        folios.forEach(({ pfn, order }, index) => {
          const next = folios[index + 1];
          expect(pfn % 2 ** order).toBe(0);
          expect(next === undefined || pfn + 2 ** order <= next.pfn).toBe(true);
        });
      }),
    );
  });

  it('[LAY-8] builds the same layout from the same seed, and another from another', () => {
    fc.assert(
      fc.property(specs, seeds, (spec, seed) => {
        expect(built(spec, seed)).toEqual(built(spec, seed));
      }),
    );
    const spec = uniform({ frames: 'scattered' });
    expect(built(spec, 1)).not.toEqual(built(spec, 2));
  });

  it('[LAY-8] builds the layouts that results recorded earlier were found on', () => {
    const frames = { adjacency: 0.5 };

    expect(layoutDigest(built(uniform({ order: 3, frames }), 42))).toBe(
      'beb7f858e23ac31d81a3d33978213fa666a1b23927363bc906a787d80f174fe0',
    );
    expect(layoutDigest(built(mixed({ frames }), 42))).toBe(
      '42da259b6b2a1e552b9baef9e7709456615c5810244e18813c527f96195285bc',
    );
  });

  it('[LAY-8] leaves a free frame or more between any two scattered folios', () => {
    fc.assert(
      fc.property(specs, seeds, (spec, seed) => {
        const isDevice = spec.flags.includes('devmap') && spec.leaf !== 'pte';
        fc.pre(!isDevice);
        const folios = foliosOf(built({ ...spec, frames: 'scattered' }, seed));
        const byFrame = folios.toSorted((a, b) => a.pfn - b.pfn);

        expect(adjacentFolios(folios)).toBe(0);
        expect(adjacentFolios(byFrame)).toBe(0);
      }),
    );
  });

  it('[LAY-8] makes all folios adjacent in contiguous frames', () => {
    fc.assert(
      fc.property(specs, seeds, (spec, seed) => {
        const folios = foliosOf(built({ ...spec, frames: 'contiguous' }, seed));

        expect(folios[0]?.pfn).toBe(FIRST_FRAME);
        expect(adjacentFolios(folios)).toBe(folios.length - 1);
      }),
    );
  });

  it.each([0.05, 0.5, 0.9])('[LAY-8] makes folios adjacent with probability %d', (adjacency) => {
    for (const spec of [uniform({ order: 2 }), mixed()]) {
      const folios = foliosOf(built({ ...spec, bytes: GIB, frames: { adjacency } }, 7));
      const share = adjacentFolios(folios) / (folios.length - 1);
      const deviation = Math.sqrt((adjacency * (1 - adjacency)) / folios.length);

      expect(folios.length).toBeGreaterThan(60_000);
      expect(Math.abs(share - adjacency)).toBeLessThan(4 * deviation);
    }
  });

  it('[LAY-8] takes 0 and 1 as probabilities for scattered and contiguous', () => {
    for (const spec of [uniform(), mixed()]) {
      expect(built({ ...spec, frames: { adjacency: 0 } })).toEqual(
        built({ ...spec, frames: 'scattered' }),
      );
      expect(built({ ...spec, frames: { adjacency: 1 } })).toEqual(
        built({ ...spec, frames: 'contiguous' }),
      );
    }
  });

  it('refuses a bad specification with the key and what is wrong with it', () => {
    expect(buildLayoutFromSpec(uniform({ order: 19 }), 1)).toEqual({
      ok: false,
      problem: { row: 0, message: 'order 19 is not a whole number from 0 to 18' },
    });
  });

  it('takes listed extents as they are, and names the one that is wrong', () => {
    const good: Extent = { vaPage: 0, pfn: 9, pages: 3, order: 0, leaf: 'pte', flags: ['file'] };
    const bad: Extent = { ...good, vaPage: 2 };

    expect(extentsFromLayout(built({ kind: 'explicit', extents: [good] }))).toEqual([good]);
    expect(layoutSpecProblem({ kind: 'explicit', extents: [good] })).toBeNull();
    expect(layoutSpecProblem({ kind: 'explicit', extents: [good, bad] })).toEqual({
      key: 'extents[1]',
      message: 'va_page 2 overlaps the row before it, which ends before 3',
    });
    expect(buildLayoutFromSpec({ kind: 'explicit', extents: [good, bad] }, 1)).toMatchObject({
      problem: { row: 1 },
    });
  });
});

describe('a uniform layout', () => {
  it('[LAY-9] is one extent when its frames are contiguous, whatever its size', () => {
    expect(extentsFromLayout(built(uniform({ bytes: GIB })))).toEqual([
      { vaPage: 0, pfn: FIRST_FRAME, pages: 2 ** 18, order: 0, leaf: 'pte', flags: ['anon'] },
    ]);
    expect(built(uniform({ bytes: 2 ** 46, order: 18, leaf: 'pud' })).length).toBe(1);
  });

  it('[LAY-9] places each of 262,144 scattered pages of 1 GiB', () => {
    expect(built(uniform({ bytes: GIB, frames: 'scattered' })).length).toBe(2 ** 18);
  });

  it('[LAY-9] maps folios from their heads on, and cuts the last one short', () => {
    const layout = built(uniform({ bytes: 40 * PAGE_BYTES, order: 4, frames: 'scattered' }));

    expect([...layout.pages]).toEqual([16, 16, 8]);
    expect([...layout.pfn].map((pfn) => pfn % 16)).toEqual([0, 0, 0]);
  });

  it('[LAY-9] begins misaligned by the pages asked for, folio heads following from there', () => {
    const layout = built(
      uniform({ bytes: 4 * MIB, order: 9, frames: 'scattered', misalignmentPages: 3 }),
    );

    expect([...layout.vaPage]).toEqual([3, 515]);
    expect([...layout.pfn].map((pfn) => pfn % 512)).toEqual([0, 0]);
  });

  it('[LAY-9] keeps the pages of a leaf entry together where device memory is not compound', () => {
    const spec = uniform({ bytes: 8 * MIB, frames: 'scattered', leaf: 'pmd', flags: ['devmap'] });

    expect([...built(spec).pages]).toEqual([512, 512, 512, 512]);
  });

  it.each([
    [{ bytes: 0 }, 'bytes', '0 is not a multiple of 4096 from 4096 to 140737488355328 (128 TiB)'],
    [{ bytes: 4097 }, 'bytes', '4097 is not a multiple of 4096'],
    [{ bytes: 2 ** 47 + 4096 }, 'bytes', '140737488359424 is not a multiple of 4096 from 4096 to'],
    [{ bytes: NaN }, 'bytes', 'NaN is not a multiple of 4096'],
    [{ order: 1.5 }, 'order', '1.5 is not a whole number from 0 to 18'],
    [{ frames: { adjacency: 1.01 } }, 'frames.adjacency', '1.01 is not a probability from 0 to 1'],
    [{ frames: { adjacency: NaN } }, 'frames.adjacency', 'NaN is not a probability from 0 to 1'],
    [{ misalignmentPages: -1 }, 'misalignmentPages', '-1 is not a whole number from 0 to 262143'],
    [
      { flags: ['file', 'shmem'] },
      'flags',
      'file, shmem are 2 types of memory; one extent has one type',
    ],
    [
      { leaf: 'pmd', order: 5 },
      'leaf',
      'pmd with order 5; it needs order 9 or more unless flags say devmap without compound',
    ],
    [
      { leaf: 'pmd', order: 9, misalignmentPages: 1 },
      'misalignmentPages',
      '1 with leaf pmd; such an entry maps an aligned block, so only a multiple of 512 pages is possible',
    ],
    [
      { leaf: 'pmd', order: 9, bytes: 3 * MIB },
      'bytes',
      '3145728 with leaf pmd; such an entry maps a whole block, so only a multiple of 2097152 bytes is possible',
    ],
    [
      { bytes: 16 * GIB + 4096, frames: 'scattered' },
      'bytes',
      '17179873280 may take 4194305 folios with frames of their own; allowed are 4194304, so ask for less memory, larger folios or contiguous frames',
    ],
  ] as [Partial<UniformSpec>, string, string][])(
    '[LAY-9] refuses %o',
    (differences, key, message) => {
      const problem = layoutSpecProblem(uniform(differences));

      expect(problem?.key).toBe(key);
      expect(problem?.message.startsWith(message)).toBe(true);
    },
  );
});

describe('a mixed layout', () => {
  it('[LAY-10] maps every folio naturally aligned', () => {
    fc.assert(
      fc.property(mixedSpecs, seeds, (spec, seed) => {
        for (const { vaPage, order } of foliosOf(built(spec, seed))) {
          expect(vaPage % 2 ** order).toBe(0);
        }
      }),
    );
  });

  it('[LAY-10] draws folios by weight where all orders fit', () => {
    const weights = [
      { order: 2, weight: 1 },
      { order: 4, weight: 3 },
    ];
    const folios = foliosOf(built(mixed({ bytes: GIB, weights }), 3));
    const atBoundaries = folios.filter(({ vaPage }) => vaPage % 16 === 0);
    const share = atBoundaries.filter(({ order }) => order === 4).length / atBoundaries.length;

    expect(atBoundaries.length).toBe(2 ** 14);
    expect(Math.abs(share - 0.75)).toBeLessThan(4 * Math.sqrt((0.75 * 0.25) / 2 ** 14));
  });

  it('[LAY-10] uses the orders that have a weight, and base pages at an end too short for them', () => {
    const weights = [
      { order: 4, weight: 1 },
      { order: 0, weight: 0 },
    ];
    const folios = foliosOf(built(mixed({ bytes: 35 * PAGE_BYTES, weights })));

    expect(folios.map(({ vaPage, order }) => [vaPage, order])).toEqual([
      [0, 4],
      [16, 4],
      [32, 0],
      [33, 0],
      [34, 0],
    ]);
  });

  it('[LAY-10] draws the same folios however their frames are arranged', () => {
    const ordersOf = (frames: FrameArrangement): number[] =>
      foliosOf(built(mixed({ frames }))).map(({ order }) => order);

    expect(ordersOf('contiguous')).toEqual(ordersOf('scattered'));
    expect(ordersOf({ adjacency: 0.5 })).toEqual(ordersOf('scattered'));
  });

  it('[LAY-10] maps folios of 2 MiB and more by PMD entries, or all by PTEs', () => {
    const weights = [
      { order: 9, weight: 1 },
      { order: 10, weight: 1 },
      { order: 8, weight: 1 },
    ];
    const rows = extentsFromLayout(built(mixed({ bytes: 64 * MIB, weights })));

    expect(new Set(rows.map(({ order }) => order))).toEqual(new Set([8, 9, 10]));
    for (const { order, leaf } of rows) expect(leaf).toBe(order >= 9 ? 'pmd' : 'pte');
    const split = extentsFromLayout(built(mixed({ bytes: 64 * MIB, weights, leaf: 'pte' })));
    expect(new Set(split.map(({ leaf }) => leaf))).toEqual(new Set(['pte']));
  });

  it.each([
    [{ bytes: 100 }, 'bytes', '100 is not a multiple of 4096'],
    [{ weights: [] }, 'weights', 'have no order with a weight above 0; at least one is needed'],
    [{ weights: [{ order: 4, weight: 0 }] }, 'weights', 'have no order with a weight above 0'],
    [
      { weights: [{ order: 19, weight: 1 }] },
      'weights[0].order',
      '19 is not a whole number from 0 to 18',
    ],
    [
      {
        weights: [
          { order: 4, weight: 1 },
          { order: 4, weight: 2 },
        ],
      },
      'weights[1].order',
      '4 has a weight already',
    ],
    [
      { weights: [{ order: 4, weight: -1 }] },
      'weights[0].weight',
      '-1 is not a number from 0 to 1000000000',
    ],
    [
      { weights: [{ order: 4, weight: NaN }] },
      'weights[0].weight',
      'NaN is not a number from 0 to 1000000000',
    ],
    [{ frames: { adjacency: -0.1 } }, 'frames.adjacency', '-0.1 is not a probability'],
    [{ flags: ['compound'] }, 'flags', 'compound without devmap'],
    [{ bytes: 32 * GIB }, 'bytes', '34359738368 may take 8388608 folios with frames of their own'],
  ] as [Partial<MixedSpec>, string, string][])(
    '[LAY-10] refuses %o',
    (differences, key, message) => {
      const problem = layoutSpecProblem(mixed(differences));

      expect(problem?.key).toBe(key);
      expect(problem?.message.startsWith(message)).toBe(true);
    },
  );
});
