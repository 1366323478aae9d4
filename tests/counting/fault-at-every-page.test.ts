import { describe, expect, it } from 'vitest';
import type { ReferenceRequest, ReferenceRow } from '../reference/index.ts';
import {
  comparable,
  countedByReference,
  explainRequest,
  isCountable,
} from './compare-with-reference.ts';

const FIRST_PAGE = 500;
const PAGES = 23;
/** From byte 512 of the first page to the end of the last. */
const RANGE = { offset: FIRST_PAGE * 4096 + 512, length: PAGES * 4096 - 512 };

/**
 * A copied page inside a folio, the tail of another folio, four small neighbours: 23 pages, and the
 * end of a page table after the twelfth.
 */
const byPtes: readonly ReferenceRow[] = [
  { vaPage: 500, pfn: 4096, pages: 6, order: 4, leaf: 'pte', flags: [] },
  { vaPage: 506, pfn: 9001, pages: 1, order: 0, leaf: 'pte', flags: [] },
  { vaPage: 507, pfn: 4103, pages: 9, order: 4, leaf: 'pte', flags: [] },
  { vaPage: 516, pfn: 8193, pages: 3, order: 2, leaf: 'pte', flags: [] },
  { vaPage: 519, pfn: 20_000, pages: 4, order: 0, leaf: 'pte', flags: [] },
];
/** The same to the end of the page table, then a huge folio under one entry. */
const withHugePage: readonly ReferenceRow[] = [
  ...byPtes.slice(0, 2),
  { vaPage: 507, pfn: 4103, pages: 5, order: 4, leaf: 'pte', flags: [] },
  { vaPage: 512, pfn: 32_768, pages: 512, order: 9, leaf: 'pmd', flags: [] },
];

/** The same memory with flags on one page more, or on the whole entry that maps it. */
function withFlags(
  rows: readonly ReferenceRow[],
  vaPage: number,
  type: readonly string[],
  flags: readonly string[],
): readonly ReferenceRow[] {
  return rows.flatMap((row) => {
    const typed = { ...row, flags: type };
    const before = vaPage - row.vaPage;
    if (before < 0 || before >= row.pages) return [typed];
    if (row.leaf !== 'pte') return [{ ...typed, flags: [...type, ...flags] }];
    return [
      { ...typed, pages: before },
      {
        ...typed,
        vaPage,
        pfn: row.pfn + before,
        pages: 1,
        order: flags.includes('zero') ? 0 : row.order,
        flags: [...type, ...flags],
      },
      {
        ...typed,
        vaPage: vaPage + 1,
        pfn: row.pfn + before + 1,
        pages: row.pages - before - 1,
      },
    ].filter(({ pages }) => pages > 0);
  });
}

const states: readonly (readonly string[])[] = [
  ['absent'],
  ['readonly'],
  ['shared'],
  ['readonly', 'shared'],
  ['absent', 'shared'],
  ['zero'],
  ['cma'],
  ['absent', 'cma'],
  ['protnone'],
  ['protnone', 'readonly'],
  ['special'],
  ['file'],
];

type Preset = Pick<ReferenceRequest, 'strategy' | 'parameters'>;

const presets: readonly Preset[] = [
  { strategy: 'per-page', parameters: { kernel: 'v5.10' } },
  { strategy: 'per-page', parameters: { kernel: 'v6.11' } },
  { strategy: 'folio-add', parameters: { kernel: 'v6.12' } },
  { strategy: 'folio-add', parameters: { kernel: 'v7.0' } },
  { strategy: 'folio-vec', parameters: { visit: 'each' } },
  { strategy: 'folio-vec', parameters: { visit: 'batched' } },
  { strategy: 'folio-batch', parameters: { entries: 31, form: 'range' } },
  { strategy: 'folio-batch', parameters: { entries: 3, form: 'range' } },
  { strategy: 'folio-batch', parameters: { entries: 15, form: 'pointer' } },
  { strategy: 'folio-threshold', parameters: { threshold: 32, unit: 'pages' } },
  { strategy: 'folio-threshold', parameters: { threshold: 2, unit: 'runs' } },
];

type Manner = Pick<ReferenceRequest, 'api' | 'op' | 'path' | 'pagesPerCall'>;

const manners: readonly Manner[] = [
  { api: 'direct-io', op: 'read', path: 'async' },
  { api: 'direct-io', op: 'read', path: 'sync' },
  { api: 'direct-io', op: 'write', path: 'async' },
  { api: 'direct-io', op: 'write', path: 'sync' },
  { api: 'gup-test', op: 'read', path: 'async', pagesPerCall: 10 },
  { api: 'gup-test', op: 'write', path: 'async', pagesPerCall: 512 },
  { api: 'register', op: 'read', path: 'async' },
];

/** Compares every preset and manner on memory, telling which it was that differed. */
function expectAgreement(rows: readonly ReferenceRow[], page: number): void {
  for (const preset of presets) {
    for (const manner of manners) {
      const request = { ...manner, ...RANGE, ...preset };
      if (!isCountable(rows, request)) continue;
      const what = { page, ...manner, ...preset };
      expect({ ...what, ...comparable(rows, explainRequest(rows, request)) }).toEqual({
        ...what,
        ...countedByReference(rows, request),
      });
    }
  }
}

const pages = Array.from({ length: PAGES }, (_, index) => FIRST_PAGE + index);

describe('[COUNT-1] a page in the wrong state at each place costs every preset what the reference counts', () => {
  it.each(states.map((flags) => ({ name: flags.join(' '), flags })))(
    'among PTEs: $name',
    ({ flags }) => {
      for (const page of pages) {
        const type = flags.includes('file') ? [] : ['anon'];
        expectAgreement(withFlags(byPtes, page, type, flags), page);
      }
    },
  );

  it.each(states.map((flags) => ({ name: flags.join(' '), flags })))(
    'before and under a PMD entry: $name',
    ({ flags }) => {
      for (const page of pages.filter((each) => each <= 512)) {
        const type = flags.includes('file') ? [] : ['anon'];
        expectAgreement(withFlags(withHugePage, page, type, flags), page);
      }
    },
  );

  it.each(['file', 'shmem', 'hugetlb', 'devmap compound'])('in a buffer of type %s', (name) => {
    for (const flags of [[], ['absent'], ['readonly'], ['readonly', 'shared'], ['cma']]) {
      for (const page of pages) {
        expectAgreement(withFlags(byPtes, page, name.split(' '), flags), page);
      }
      expectAgreement(withFlags(withHugePage, 512, name.split(' '), flags), 512);
    }
  });
});
