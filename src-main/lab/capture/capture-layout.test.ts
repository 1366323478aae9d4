import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extentsFromLayout } from '#core';
import type { Extent } from '#core';
import { parseLayoutCsv } from '../import/layout-csv.ts';
import { CaptureError } from './capture-error.ts';
import { captureLayout } from './capture-layout.ts';
import type { CapturedLayout, CaptureRequest } from './capture-layout.ts';
import { areAlike, isWithoutFrame } from './extent-builder.ts';
import { FRAME_FLAG } from './folio-index.ts';
import type { ProcessSource } from './process-source.ts';
import { madeUpProcess } from './testing/made-up-process.ts';
import type { MadeUpMemory } from './testing/made-up-process.ts';
import { GIB, MEMORY_FLAGS, planMemory, START } from './testing/planned-memory.ts';
import type { Piece, TruePage } from './testing/planned-memory.ts';

const EVERYTHING: CaptureRequest = {
  range: null,
  onlyWritable: false,
  onlyPresent: false,
  isAbsolute: true,
};
const count = fc.integer({ min: 1, max: 6 });
const piece: fc.Arbitrary<Piece> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('folio' as const),
      order: fc.constantFrom(0, 0, 1, 2, 4, 9),
      memory: fc.constantFrom('anon', 'anon', 'file', 'shmem'),
      skipped: fc.nat(20),
      pages: count,
      isExclusive: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('zero', 'untouched', 'swapped', 'guard'),
      pages: count,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('pmd', 'huge-zero') }) },
);
/** Some areas with pieces of all kinds. */
const plannedAreas = fc.array(
  fc.record({
    permissions: fc.constantFrom('rw-p', 'rw-p', 'r--p', 'rw-s'),
    pieces: fc.array(piece, { minLength: 1, maxLength: 8 }),
  }),
  { minLength: 1, maxLength: 4 },
);

function pagesOf(extents: readonly Extent[]): TruePage[] {
  return extents.flatMap((extent) =>
    Array.from({ length: extent.pages }, (_, index) => ({
      vaPage: extent.vaPage + index,
      order: extent.order,
      leaf: extent.leaf,
      pfn: isWithoutFrame(extent) ? null : extent.pfn + index,
      flags: extent.flags.join('|'),
    })),
  );
}

/** Whether a row could have been part of the one before it. */
function continuesRow(before: Extent | undefined, row: Extent): boolean {
  if (before === undefined || !areAlike(before, row)) return false;
  const isNext = before.vaPage + before.pages === row.vaPage;
  return isNext && (isWithoutFrame(row) || before.pfn + before.pages === row.pfn);
}

describe('captureLayout', () => {
  it.each([true, false])(
    'finds every page as it is, in as few rows as can be (PAGEMAP_SCAN %s)',
    (knowsLeaf) => {
      fc.assert(
        fc.property(plannedAreas, (areas) => {
          const plan = planMemory(areas);
          fc.pre(plan.truth.length > 0);
          const { layout, csv, passes, doubts } = captureLayout(
            madeUpProcess([plan], knowsLeaf),
            EVERYTHING,
          );
          const extents = extentsFromLayout(layout);
          expect(pagesOf(extents)).toEqual(plan.truth);
          expect(extents.filter((row, index) => continuesRow(extents[index - 1], row))).toEqual([]);
          expect({ passes, doubts }).toEqual({ passes: 2, doubts: [] });
          expect(parseLayoutCsv(csv, 'captured.csv')).toEqual({ ok: true, layout });
        }),
        { numRuns: 150 },
      );
    },
  );

  it('tells no address unless asked, and keeps every alignment', () => {
    fc.assert(
      fc.property(plannedAreas, (areas) => {
        const plan = planMemory(areas);
        fc.pre(plan.truth.length > 0);
        const rows = (isAbsolute: boolean): Extent[] =>
          extentsFromLayout(
            captureLayout(madeUpProcess([plan]), { ...EVERYTHING, isAbsolute }).layout,
          );
        const [absolute, relative] = [rows(true), rows(false)];
        const pfnShifts = new Set<number>();
        for (const [index, row] of absolute.entries()) {
          const other = relative[index];
          expect(row.vaPage - (other?.vaPage ?? 0)).toBe(7 * GIB);
          if (!row.flags.includes('zero')) pfnShifts.add(row.pfn - (other?.pfn ?? 0));
        }
        expect([...pfnShifts].every((shift) => shift % GIB === 0)).toBe(true);
        expect(pfnShifts.size).toBeLessThanOrEqual(1);
        expect(relative.some(({ pfn }) => pfn < GIB)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('cuts out a range, with whole PMD entries', () => {
    const plan = planMemory([
      { permissions: 'rw-p', pieces: [{ kind: 'untouched', pages: 9 }, { kind: 'pmd' }] },
    ]);
    const pmdStart = START + 1024;
    for (const knowsLeaf of [true, false]) {
      const range = { startPage: pmdStart - 3, endPage: pmdStart + 4 };
      const { layout } = captureLayout(madeUpProcess([plan], knowsLeaf), { ...EVERYTHING, range });
      const rows = extentsFromLayout(layout);
      expect(rows.map(({ vaPage, pages, leaf }) => [vaPage, pages, leaf])).toEqual([
        [pmdStart - 3, 3, 'pte'],
        [pmdStart, 512, 'pmd'],
      ]);
    }
  });

  it('leaves out what is not asked for, and what cannot be pinned', () => {
    const plan = planMemory([
      { permissions: 'r--p', pieces: [{ kind: 'zero', pages: 2 }] },
      {
        permissions: 'rw-p',
        pieces: [
          { kind: 'zero', pages: 3 },
          { kind: 'swapped', pages: 4 },
        ],
      },
    ]);
    const unreadable = { startPage: 100, endPage: 120, permissions: '---p' };
    const vvar = { startPage: 200, endPage: 204, permissions: 'r--p', vmFlags: 'pf io' };
    const memory = { ...plan, areas: [unreadable, vvar, ...plan.areas] };
    const found = (rest: Partial<CaptureRequest>): CapturedLayout =>
      captureLayout(madeUpProcess([memory]), { ...EVERYTHING, ...rest });

    expect(found({}).layout.mappedPages).toBe(9);
    expect(found({}).doubts).toEqual([
      "4 pages are left out: device memory, or of the kernel's own ([vvar]); /proc/kpageflags tells no folio for such",
    ]);
    expect(found({ onlyWritable: true }).layout.mappedPages).toBe(7);
    expect(found({ onlyWritable: true, onlyPresent: true }).layout.mappedPages).toBe(3);
  });

  it('says so where smaps leaves open which huge pages PMD entries map', () => {
    const plan = planMemory([{ permissions: 'rw-p', pieces: [{ kind: 'pmd' }, { kind: 'pmd' }] }]);
    const areas = plan.areas.map((area) => ({ ...area, pmdMappedKiB: 2048, name: '[heap]' }));
    const { layout, doubts } = captureLayout(
      madeUpProcess([{ ...plan, areas }], false),
      EVERYTHING,
    );

    expect(extentsFromLayout(layout).map(({ pages, leaf }) => [pages, leaf])).toEqual([
      [512, 'pmd'],
      [512, 'pte'],
    ]);
    expect(doubts).toEqual([
      'which parts PMD entries map is taken from totals, because this kernel is made up',
      'smaps says that PMD entries map 2 MiB of [heap], and not which of 2 stretches of 2 MiB; taken to be the first',
    ]);
  });
});

/** Some pages of their own, the frames from the one given. */
function smallMemory(firstFrame: number, pages = 4): MadeUpMemory {
  const entries = Array.from({ length: pages }, (_, index) => ({
    vaPage: START + index,
    frame: firstFrame + index,
    isExclusive: true,
  }));
  const frames = new Map(entries.map(({ frame }) => [frame, MEMORY_FLAGS.anon]));
  const area = { startPage: START, endPage: START + pages, permissions: 'rw-p', name: '[heap]' };
  return { areas: [area], entries, frames };
}

function refusal(source: ProcessSource, rest: Partial<CaptureRequest> = {}): CaptureError {
  try {
    captureLayout(source, { ...EVERYTHING, ...rest });
  } catch (error) {
    if (error instanceof CaptureError) return error;
    throw error;
  }
  throw new Error('it was captured');
}

describe('captureLayout of a process that lives', () => {
  it('reads until two readings in a row agree', () => {
    const [one, two, three] = [smallMemory(100), smallMemory(200), smallMemory(300)];
    const source = madeUpProcess([one, two, one, three]);
    const { layout, passes } = captureLayout(source, EVERYTHING);

    expect([passes, source.readings()]).toEqual([5, 5]);
    expect(extentsFromLayout(layout)[0]?.pfn).toBe(300);
  });

  it('says what moved when none do', () => {
    const half = smallMemory(100, 2);
    const memories = Array.from({ length: 20 }, (_, reading) => {
      const moved = smallMemory(1000 + reading * 10);
      const entries = [...half.entries, ...moved.entries.slice(2)];
      return { ...moved, entries, frames: new Map([...half.frames, ...moved.frames]) };
    });
    const source = madeUpProcess(memories);
    const { code, message } = refusal(source);

    expect(code).toBe('moved');
    expect(message).toBe(
      'process 7 was read 10 times and no two readings in a row agree: between the last two, 2 pages changed in 1c0402000-1c0404000 ([heap]); stop the process while it is read (kill -STOP 7), or ask for a part of it with --range',
    );
    expect(source.readings()).toBe(10);
  });

  it('takes nothing for certain that contradicts itself, and reads again', () => {
    const good = smallMemory(100);
    const lostHead = { ...good, frames: new Map([[101, FRAME_FLAG.compoundTail]]) };
    const smallPmd = {
      ...good,
      entries: good.entries.map((entry) => ({ ...entry, isPmdMapped: true })),
    };
    for (const torn of [lostHead, smallPmd]) {
      expect(captureLayout(madeUpProcess([torn, torn, torn, good]), EVERYTHING).passes).toBe(5);
      expect(refusal(madeUpProcess([torn])).code).toBe('moved');
    }
  });

  it('says when the process ended', () => {
    const gone = { areas: [], entries: [], frames: new Map<number, number>() };
    expect(refusal(madeUpProcess([smallMemory(100), gone]))).toMatchObject({
      code: 'process-ended',
      message: 'process 7 ended while it was read',
    });
    expect(refusal(madeUpProcess([gone]))).toMatchObject({
      code: 'no-memory',
      message: 'process 7 has no memory of its own: it is a thread of the kernel, or has ended',
    });
  });

  it('says when there is nothing in the range, and where frames are hidden all the same', () => {
    const range = { startPage: START + 100, endPage: START + 101 };
    expect(refusal(madeUpProcess([smallMemory(100)]), { range, onlyWritable: true })).toMatchObject(
      {
        code: 'no-memory',
        message:
          'process 7 has no writable page in 1c0464000-1c0465000; /proc/7/maps lists what it has',
      },
    );
    const hidden = smallMemory(100);
    const entries = hidden.entries.map((entry) => ({ ...entry, frame: 0 }));
    expect(refusal(madeUpProcess([{ ...hidden, entries }])).code).toBe('not-permitted');
  });

  it('refuses base pages of another size', () => {
    const { areas, ...rest } = smallMemory(100);
    const other = { ...rest, areas: areas.map((area) => ({ ...area, entryKiB: 64 })) };
    expect(refusal(madeUpProcess([other]))).toMatchObject({
      code: 'other-page-size',
      message: 'the base pages of this machine have 64 KiB; a layout has base pages of 4 KiB',
    });
  });
});
