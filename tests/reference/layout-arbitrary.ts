import fc from 'fast-check';
import type { ReferenceRow } from './types.ts';

/** Memory and the bytes of one I/O in it: multiples of 512, beginning and ending in the layout. */
export type MemoryRange = {
  readonly rows: readonly ReferenceRow[];
  readonly offset: number;
  readonly length: number;
};

/** One stretch of memory, laid after the one before it. */
type Stretch =
  | { readonly kind: 'gap'; readonly pages: number }
  | { readonly kind: 'scattered'; readonly pages: number }
  | { readonly kind: 'neighbours'; readonly pages: number }
  | {
      readonly kind: 'folio';
      readonly order: number;
      readonly skipHead: number;
      readonly skipTail: number;
      /** Index of a page that was copied away, when it lies inside. */
      readonly copied: number;
    }
  | {
      /** Folios side by side, from a page inside the first on. */
      readonly kind: 'row of folios';
      readonly order: number;
      readonly skip: number;
      readonly pages: number;
    }
  | {
      readonly kind: 'pmd' | 'pud';
      readonly order: number;
      readonly index: number;
      /** Entries in a row; several folios where the order is small. */
      readonly entries: number;
    };

/** The type of all memory of an I/O: device memory does not mix with other memory. */
const typeFlags: fc.Arbitrary<readonly string[]> = fc.constantFrom(
  ['anon'],
  ['anon'],
  ['file'],
  ['shmem'],
  ['hugetlb'],
  ['devmap', 'compound'],
);

const stretches: fc.Arbitrary<Stretch> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('gap'), pages: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('scattered'),
      pages: fc.integer({ min: 1, max: 300 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('neighbours'),
      pages: fc.integer({ min: 1, max: 300 }),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('folio'),
      order: fc.integer({ min: 1, max: 10 }),
      skipHead: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 })),
      skipTail: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 })),
      copied: fc.oneof(fc.constant(-1), fc.integer({ min: 0, max: 40 })),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('row of folios'),
      order: fc.integer({ min: 1, max: 8 }),
      skip: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 200 })),
      pages: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 700 })),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pmd'),
      order: fc.integer({ min: 9, max: 11 }),
      index: fc.integer({ min: 0, max: 3 }),
      entries: fc.constantFrom(1, 1, 1, 2, 3),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('pud'),
      order: fc.constant(18),
      index: fc.constant(0),
      entries: fc.constant(1),
    }),
  },
);

/** First pages at and just before the boundaries of every page-table level. */
const firstPages = fc.constantFrom(0, 7, 500, 2 ** 18 - 300, 2 ** 27 - 100, 2 ** 35 + 511);

/** States of pages that stop a walk or make it fault; most rows have none. */
const pageStates: fc.Arbitrary<readonly string[]> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<readonly string[]>([]) },
  {
    weight: 4,
    arbitrary: fc.subarray(['absent', 'readonly', 'shared', 'cma', 'protnone'], { minLength: 1 }),
  },
  { weight: 1, arbitrary: fc.constantFrom<readonly string[]>(['zero'], ['zero', 'readonly']) },
  { weight: 1, arbitrary: fc.constant<readonly string[]>(['special']) },
);

/**
 * Draws memory of every kind the reference models, without or with gaps, and a range in it.
 *
 * @param options.states  Rows may be in any state, alone or together.
 */
export function drawMemoryRange(options: {
  readonly gaps: boolean;
  readonly states?: boolean;
}): fc.Arbitrary<MemoryRange> {
  return fc
    .record({
      states: fc.array(options.states === true ? pageStates : fc.constant([]), {
        minLength: 1,
        maxLength: 7,
      }),
      firstPage: firstPages,
      flags: typeFlags,
      parts: fc.array(stretches, { minLength: 1, maxLength: 12 }),
      begin: fc.nat({ max: 100_000 }),
      sectors: fc.oneof(fc.integer({ min: 1, max: 2048 }), fc.integer({ min: 1, max: 12_000 })),
      cut: fc.nat({ max: 1000 }),
    })
    .map(({ states, firstPage, flags, parts, begin, sectors, cut }) => {
      const kept = options.gaps ? parts : parts.filter(({ kind }) => kind !== 'gap');
      const rows = layOut(firstPage, flags, kept, options.gaps)
        .flatMap((row, index) => ((index + cut) % 3 === 0 ? cutRow(row, cut) : [row]))
        .map((row, index) => ({
          ...row,
          flags: [...row.flags, ...(states[index % states.length] ?? [])],
        }));
      const possible = inOnePlace(rows);
      return { rows: possible, ...chooseRange(possible, firstPage, begin, sectors) };
    })
    .filter(({ rows }) => rows.length > 0);
}

/** A folio lies in CMA memory as a whole: its later rows follow its first. */
function inOnePlace(rows: readonly ReferenceRow[]): readonly ReferenceRow[] {
  const places = new Map<string, boolean>();
  return rows.map((row) => {
    const size = 2 ** row.order;
    const keyOf = (pfn: number): string => `${row.order}:${Math.floor(pfn / size)}`;
    const isCma = places.get(keyOf(row.pfn)) ?? row.flags.includes('cma');
    places.set(keyOf(row.pfn), isCma);
    places.set(keyOf(row.pfn + row.pages - 1), isCma);
    const others = row.flags.filter((flag) => flag !== 'cma');
    return { ...row, flags: isCma ? [...others, 'cma'] : others };
  });
}

/** Cuts a row of PTEs in two: the same memory, as a change of nothing that counts would leave it. */
function cutRow(row: ReferenceRow, cut: number): ReferenceRow[] {
  if (row.leaf !== 'pte' || row.pages === 1) {
    return [row];
  }
  const pages = 1 + (cut % (row.pages - 1));
  const rest = {
    vaPage: row.vaPage + pages,
    pfn: row.pfn + pages,
    pages: row.pages - pages,
  };
  return [
    { ...row, pages },
    { ...row, ...rest },
  ];
}

function chooseRange(
  rows: readonly ReferenceRow[],
  firstPage: number,
  begin: number,
  sectors: number,
): { offset: number; length: number } {
  const last = rows.at(-1);
  const endPage = last === undefined ? firstPage + 1 : last.vaPage + last.pages;
  const allSectors = Math.min((endPage - firstPage) * 8, 40_000);
  const first = begin % allSectors;
  return {
    offset: firstPage * 4096 + first * 512,
    length: Math.min(sectors, allSectors - first) * 512,
  };
}

function layOut(
  firstPage: number,
  flags: readonly string[],
  parts: readonly Stretch[],
  mayGap: boolean,
): ReferenceRow[] {
  const rows: ReferenceRow[] = [];
  let vaPage = firstPage;
  let frame = 2 ** 20;

  const add = (pfn: number, pages: number, order: number, leaf: ReferenceRow['leaf']): void => {
    if (pages > 0) {
      rows.push({ vaPage, pfn, pages, order, leaf, flags });
      vaPage += pages;
    }
  };
  /** Frames of their own, aligned to the folio and not next to any before. */
  const reserve = (order: number, pages = 1): number => {
    const size = 2 ** order;
    const start = Math.ceil((frame + 1) / size) * size;
    frame = start + Math.ceil(pages / size) * size;
    return start;
  };
  const addSingles = (pages: number, apart: number): void => {
    for (let page = 0; page < pages; page += 1) {
      frame += apart;
      add(frame, 1, 0, 'pte');
      frame += 1;
    }
  };
  /** Moves to the next multiple of `span`: by single pages, or by a gap when that is far. */
  const align = (span: number): boolean => {
    const missing = (span - (vaPage % span)) % span;
    if (missing > 1024 && !mayGap) {
      return false;
    }
    if (missing > 1024) {
      vaPage += missing;
    } else {
      addSingles(missing, 0);
    }
    return true;
  };

  for (const part of parts) {
    switch (part.kind) {
      case 'gap':
        vaPage += part.pages;
        break;
      case 'scattered':
        addSingles(part.pages, 1);
        break;
      case 'neighbours':
        frame += 1;
        add(frame, part.pages, 0, 'pte');
        frame += part.pages;
        break;
      case 'folio':
        addFolioByPte(part, reserve, add);
        break;
      case 'row of folios': {
        const skip = part.skip % 2 ** part.order;
        add(reserve(part.order, skip + part.pages) + skip, part.pages, part.order, 'pte');
        break;
      }
      case 'pmd':
        if (align(512)) {
          const skip = 512 * (part.index % 2 ** (part.order - 9));
          const pages = 512 * part.entries;
          add(reserve(part.order, skip + pages) + skip, pages, part.order, 'pmd');
        }
        break;
      case 'pud':
        if (align(2 ** 18)) {
          add(reserve(18), 2 ** 18, 18, 'pud');
        }
        break;
    }
  }
  return rows;
}

/** A folio mapped by PTEs, its ends left out and a page inside it perhaps copied elsewhere. */
function addFolioByPte(
  part: Extract<Stretch, { kind: 'folio' }>,
  reserve: (order: number) => number,
  add: (pfn: number, pages: number, order: number, leaf: ReferenceRow['leaf']) => void,
): void {
  const head = reserve(part.order);
  const size = 2 ** part.order;
  const start = Math.min(part.skipHead, size - 1);
  const end = Math.max(start + 1, size - part.skipTail);
  if (part.copied > start && part.copied < end) {
    add(head + start, part.copied - start, part.order, 'pte');
    add(reserve(0), 1, 0, 'pte');
    add(head + part.copied + 1, end - part.copied - 1, part.order, 'pte');
  } else {
    add(head + start, end - start, part.order, 'pte');
  }
}
