/** The kernels whose GRAB table, recheck, dirty and merge rules are modelled. */
export const ERAS = ['v2.6', 'v5.10', 'v6.11', 'v6.12', 'v7.0'] as const;
export type Era = (typeof ERAS)[number];

/**
 * A strategy as a composition: how memory is pinned, reported, added to a bio and released. Every
 * key has a value; one that a composition does not use is ignored.
 */
export type Policies = {
  /** Kernel whose GRAB, recheck, dirty and merge rules apply. */
  readonly era: Era;
  /** How page tables are walked, or that the page cache is asked instead. */
  readonly walk: 'fast' | 'fast-2008' | 'locked' | 'page-cache';
  /** For walk `locked`: what one step stores. Whole leaves since v6.6, one page before. */
  readonly step: 'page' | 'leaf';
  /** What the slow path does with the pages the fast path already took. */
  readonly fallback: 'keep' | 'restart' | 'none';
  /** What one grab covers. */
  readonly grab: 'per-page' | 'per-leaf' | 'per-folio' | 'per-run';
  /** Plain reference (FOLL_GET) or DMA pin (FOLL_PIN). */
  readonly kind: 'get' | 'pin';
  /** How a short-term pin that only reads memory is kept. */
  readonly readOnlyPins: 'pins' | 'references' | 'separate';
  /** What else a pin keeps of its pages: the LRU book-keeping proposed in 2018. */
  readonly bookkeeping: 'none' | 'off-lru' | 'off-lru-batched';
  /** What a leaf entry of device memory is to the fast walk. */
  readonly devmap: 'era' | 'compound' | 'non-compound';
  /** For grab `per-run`: one reference a page, or one a run. */
  readonly references: 'pages' | 'one';
  /** For grab `per-run`: look at each page's folio, or compare page-table entries in a batch. */
  readonly visit: 'each' | 'batched';
  /** What the walk reports. */
  readonly result:
    'page-pointers' | 'folio-range' | 'bio-vec' | 'folio-pointers' | 'folio-heads' | 'pfn-list';
  /** Where the result lives. */
  readonly memory:
    | 'caller'
    | 'overlay'
    | 'stack'
    | 'per-io'
    | 'threshold'
    | 'callee-grow'
    | 'overallocate'
    | 'page-chain';
  /** For memory `stack`: entries a call can return, 1 to 65536; for `callee-grow`: the first guess. */
  readonly entries: number;
  /** For memory `callee-grow`: whether the walk ends to allocate, or goes on. */
  readonly growth: 'restart' | 'inside';
  /** For memory `stack`: bytes before the entries, 0 or 8. */
  readonly header: 0 | 8;
  /** For memory `threshold`: entries on the stack, 1 to 65536. */
  readonly threshold: number;
  /** For memory `threshold`: whether the threshold counts pages asked for or runs found. */
  readonly unit: 'pages' | 'runs';
  /** For memory `page-chain`: 4 KiB result pages the caller supplies, 1 to 512. */
  readonly pages: number;
  /** For memory `page-chain`: stop at the 2 MiB boundary when the next whole table does not fit. */
  readonly naturalBoundary: boolean;
  /** How the result becomes bvecs. */
  readonly add:
    | 'none'
    | 'page-per-bvec'
    | 'merge-per-page'
    | 'scan-and-merge'
    | 'scan-direct'
    | 'ranges'
    | 'coalesce';
  /** Whether callers take the result as it is, or a page array that is made from it. */
  readonly callers: 'converted' | 'shim';
  /** The known holes of the 2024 prototype, left open. */
  readonly prototypeHoles: boolean;
  /** How references are dropped after completion. */
  readonly release: 'per-page' | 'per-run' | 'per-array';
};

export type PolicyKey = keyof Policies;
export type PolicyValue = string | number | boolean;

/** A policy as users see it: what it decides, and what each value means. */
export type PolicyDescription = {
  readonly meaning: string;
  /** Allowed words with their meaning, or the range of a number. */
  readonly values:
    Readonly<Record<string, string>> | { readonly least: number; readonly most: number };
};

/** Every policy with its values; `list policies`, the forms and the error messages read this. */
export const POLICIES: Readonly<Record<PolicyKey, PolicyDescription>> = {
  era: {
    meaning: 'the kernel whose grab, recheck, dirty and merge rules apply',
    values: {
      'v2.6': 'plain references only, no P4D level',
      'v5.10': 'one bvec merge test a page; put_page or per-page unpin',
      'v6.11': 'pins with a separate count on every large folio; unpin per page',
      'v6.12': 'v6.12 to v6.19: folios are added and unpinned whole',
      'v7.0': 'v7.0 and v7.1: runs are written straight to bvecs',
    },
  },
  walk: {
    meaning: 'how page tables are walked',
    values: {
      fast: 'lockless with interrupts off, every entry re-read after the grab',
      'fast-2008': 'lockless as proposed in 2008: no re-read, no referenced mark, no fork check',
      locked: 'under mmap_lock, a full walk and a page-table lock for every step',
      'page-cache': 'no page tables: folios of a memfd by batches of 31 (memfd_pin_folios)',
    },
  },
  step: {
    meaning: 'what one step of the locked walk stores',
    values: { page: 'one page (before v6.6)', leaf: 'one whole page-table entry (v6.6 and later)' },
  },
  fallback: {
    meaning: 'what happens when the fast walk stops early',
    values: {
      keep: 'the slow path continues at the failing page',
      restart: 'everything is dropped and the slow path starts over (2008)',
      none: 'the caller gets what there is',
    },
  },
  grab: {
    meaning: 'what one reference operation covers',
    values: {
      'per-page': 'every 4 KiB page, also inside a PMD or PUD entry',
      'per-leaf': 'every page-table entry (a PTE is one): kernels up to v7.1',
      'per-folio': 'every folio inside a leaf entry, every page on PTEs (for_each_folio, 2020)',
      'per-run': 'every run of consecutive pages of one folio',
    },
  },
  kind: {
    meaning: 'what kind of reference is taken',
    values: { get: 'plain reference (FOLL_GET)', pin: 'DMA pin (FOLL_PIN)' },
  },
  readOnlyPins: {
    meaning: 'how a short-term pin that only reads memory is kept (2021)',
    values: {
      pins: 'like any other pin',
      references: 'as a plain reference: the flags are known again when it is dropped',
      separate: 'with a counter of its own beside that of writing pins',
    },
  },
  bookkeeping: {
    meaning: 'what else is done to pinned pages (2018)',
    values: {
      none: 'nothing',
      'off-lru': 'each page is taken off the LRU while it is pinned, under the LRU lock',
      'off-lru-batched': 'the same, one LRU lock for 15 pages',
    },
  },
  devmap: {
    meaning: 'what a leaf entry of device memory is to the fast walk',
    values: {
      era: 'page by page up to v6.11, one folio later',
      compound: 'one compound page: one grab, and one pagemap look-up (2020)',
      'non-compound': 'separate pages, each grabbed, with a pagemap look-up each',
    },
  },
  references: {
    meaning: 'how many references a run takes',
    values: { pages: 'one for each page', one: 'one for the whole run' },
  },
  visit: {
    meaning: 'how a run is found',
    values: {
      each: "every page's folio is looked up and compared (the prototype)",
      batched: 'consecutive page-table entries are compared, the folio is looked up once',
    },
  },
  result: {
    meaning: 'what the walk reports',
    values: {
      'page-pointers': '8 bytes for every page',
      'folio-range': '24 bytes for every run: folio, offset, length',
      'bio-vec': '16 bytes for every run: page, length, offset',
      'folio-pointers':
        '8 bytes for every folio; only the first may start inside, the last end inside',
      'folio-heads':
        '8 bytes for every folio, its head page; positions inside are lost (FOLL_HEAD)',
      'pfn-list':
        '8 bytes for every run, and 8 more from the far end of the page where its size does not show',
    },
  },
  memory: {
    meaning: 'where the result lives',
    values: {
      caller: 'the caller has it already; it costs nothing',
      overlay: "the upper half of the bio's own vectors",
      stack: 'a fixed number of entries on the stack, as many calls as it takes',
      'per-io': 'one kmalloc for every extract call',
      threshold: 'the stack up to a threshold, kmalloc above it',
      'callee-grow': 'kmalloc inside the walk, doubled when full',
      overallocate: 'kmalloc for one entry a page, at most 256 a call',
      'page-chain': 'whole 4 KiB pages supplied by the caller',
    },
  },
  entries: {
    meaning: 'entries on the stack (memory stack) or first guess (memory callee-grow)',
    values: { least: 1, most: 65_536 },
  },
  growth: {
    meaning: 'how a full result grows (memory callee-grow)',
    values: {
      restart: 'interrupts on, allocate, walk on from there in a new call',
      inside: 'allocate inside the walk, where interrupts are off',
    },
  },
  header: {
    meaning: 'bytes before the entries (memory stack)',
    values: { 0: 'a bare array', 8: 'a counter in front, as in folio_batch' },
  },
  threshold: {
    meaning: 'entries on the stack (memory threshold)',
    values: { least: 1, most: 65_536 },
  },
  unit: {
    meaning: 'what the threshold counts',
    values: { pages: 'pages asked for, known in advance', runs: 'runs found while walking' },
  },
  pages: {
    meaning: 'result pages the caller supplies (memory page-chain)',
    values: { least: 1, most: 512 },
  },
  naturalBoundary: {
    meaning: 'stop at a 2 MiB boundary when the next whole table does not fit (memory page-chain)',
    values: { true: 'no table is walked twice', false: 'fill the last entry' },
  },
  add: {
    meaning: 'how the result becomes bio vectors',
    values: {
      none: 'no bio is built',
      'page-per-bvec': 'one bvec for every page (before v5.1)',
      'merge-per-page': 'one merge test for every page (v5.1 to v6.11)',
      'scan-and-merge': 'runs of one folio are found, then merged (v6.12 to v6.19)',
      'scan-direct': 'runs of one folio are found and written to new bvecs (v7.0 and later)',
      ranges: 'every range of the result becomes one bvec',
      coalesce: 'no bio: a long-term pin, one bvec for every folio where all fit (io_uring)',
    },
  },
  callers: {
    meaning: 'whether callers take ranges',
    values: {
      converted: 'callers take the result as it is',
      shim: 'ranges are expanded into an array of pages for callers that know nothing else',
    },
  },
  prototypeHoles: {
    meaning: 'the known holes of the 2024 prototype',
    values: { false: 'closed', true: 'open: what each breaks is told' },
  },
  release: {
    meaning: 'how references are dropped after completion',
    values: {
      'per-page': 'one call for every page',
      'per-run': 'one call for every piece of a folio in a bvec',
      'per-array': 'one call for every change of folio in the page array (unpin_user_pages)',
    },
  },
};

/** Whether a word names a policy. */
export function isPolicyKey(word: string): word is PolicyKey {
  return Object.hasOwn(POLICIES, word);
}

export const POLICY_KEYS: readonly PolicyKey[] = Object.keys(POLICIES).filter(isPolicyKey);

/** Bytes of one result entry on x86-64: a pointer, a bio_vec, or the folio_vec of the 2024 talk. */
export function resultEntryBytes(result: Policies['result']): 8 | 16 | 24 {
  if (result === 'folio-range') return 24;
  return result === 'bio-vec' ? 16 : 8;
}

/** Whether the result has one entry for every page, so that the pages asked for bound its size. */
export function reportsEveryPage(policies: Policies): boolean {
  return policies.result === 'page-pointers';
}

/**
 * Whether one extract call may cover the whole range; otherwise the bio loop asks for as many pages
 * as the bio has vectors left.
 *
 * @source SPEC rule BIO-2.
 */
export function walksWholeRange(policies: Policies): boolean {
  if (policies.callers === 'shim') return false;
  if (policies.memory === 'overlay' || policies.memory === 'threshold') return false;
  if (policies.memory !== 'per-io') return true;
  return policies.grab === 'per-run' && policies.visit === 'batched';
}
