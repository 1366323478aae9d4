import { ENTRIES, TODAY } from './preset.ts';
import type { ParameterDescription, Preset } from './preset.ts';

const BATCH: ParameterDescription = {
  name: 'batch',
  meaning: 'pages a call asks for',
  initial: 64,
  values: ENTRIES,
};

/** Strategies that report an array of pages, from 2.6 to today. */
export const PAGE_PRESETS: readonly Preset[] = [
  {
    id: 'gup-locked',
    title: 'get_user_pages under mmap_sem, 64 pages a call (up to 2.6.26)',
    source: 'Linux 2.6.26 mm/memory.c, fs/direct-io.c',
    parameters: [{ ...BATCH, isNamed: true }],
    policies: ({ batch }) => ({
      ...TODAY,
      era: 'v2.6',
      walk: 'locked',
      step: 'page',
      grab: 'per-page',
      kind: 'get',
      memory: 'stack',
      entries: Number(batch),
      header: 0,
      add: 'page-per-bvec',
      release: 'per-page',
    }),
  },
  {
    id: 'fast-gup-2008',
    title:
      'the lockless fast_gup of 2008, which drops everything when it meets a page it cannot take',
    source: 'N. Piggin, "Re: [rfc] lockless get_user_pages for dio (and more)", 24 January 2008',
    parameters: [
      BATCH,
      {
        name: 'keepPartial',
        meaning: 'keep the first pages and go on slowly, as merged in 2.6.27',
        initial: false,
        values: [false, true],
      },
    ],
    policies: ({ batch, keepPartial }) => ({
      ...TODAY,
      era: 'v2.6',
      walk: 'fast-2008',
      step: 'page',
      fallback: keepPartial === true ? 'keep' : 'restart',
      kind: 'get',
      memory: 'stack',
      entries: Number(batch),
      header: 0,
      add: 'page-per-bvec',
      release: 'per-page',
    }),
  },
  {
    id: 'per-page',
    title: 'every page grabbed, merged and released by itself',
    source: 'Linux 5.10 (plain references) and 6.11 (pins)',
    parameters: [
      {
        name: 'kernel',
        meaning: 'whose rules apply',
        initial: 'v6.11',
        values: ['v5.10', 'v6.11'],
        isNamed: true,
      },
    ],
    policies: ({ kernel }) => ({
      ...TODAY,
      era: kernel === 'v5.10' ? 'v5.10' : 'v6.11',
      step: kernel === 'v5.10' ? 'page' : 'leaf',
      kind: kernel === 'v5.10' ? 'get' : 'pin',
      add: 'merge-per-page',
      release: 'per-page',
    }),
  },
  {
    id: 'compound-head',
    title: 'device memory grabbed once for a leaf entry whose pages are one compound page',
    source:
      'J. Martins, "mm/gup: Grab head page refcount once for group of subpages", December 2020',
    parameters: [
      {
        name: 'devmap',
        meaning: 'how the device set its memory up: this overrules what the layout says',
        initial: 'compound',
        values: ['compound', 'non-compound'],
        isNamed: true,
      },
    ],
    policies: ({ devmap }) => ({
      ...TODAY,
      era: 'v5.10',
      step: 'page',
      kind: 'get',
      devmap: devmap === 'compound' ? 'compound' : 'non-compound',
      add: 'merge-per-page',
      release: 'per-page',
    }),
  },
  {
    id: 'for-each-folio',
    title: 'one grab for each folio inside a leaf entry',
    source: 'J. Gunthorpe in the same thread, December 2020',
    parameters: [],
    policies: () => ({
      ...TODAY,
      era: 'v5.10',
      step: 'page',
      kind: 'get',
      grab: 'per-folio',
      add: 'merge-per-page',
      release: 'per-page',
    }),
  },
];
