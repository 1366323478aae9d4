import type { Policies } from '../policies.ts';
import { ENTRIES, PROTOTYPE, TODAY } from './preset.ts';
import type { ParameterDescription, Preset } from './preset.ts';

const CHAIN_PARAMETERS: readonly ParameterDescription[] = [
  {
    name: 'pages',
    meaning: '4 KiB result pages the caller supplies',
    initial: 1,
    values: { least: 1, most: 512 },
  },
  {
    name: 'naturalBoundary',
    meaning: 'stop at a 2 MiB boundary when the next whole table does not fit',
    initial: true,
    values: [true, false],
  },
];

/** Result pages of the caller, filled by comparing entries in a batch. */
const CHAIN: Policies = {
  ...PROTOTYPE,
  visit: 'batched',
  references: 'pages',
  memory: 'page-chain',
  add: 'none',
};

/** The answers of December 2021 to the question what a pin should return. */
const RETURN_FORMATS: readonly Preset[] = [
  {
    id: 'bvec-callee',
    title: 'bio_vecs in an array that the walk allocates and doubles',
    source: 'M. Wilcox, first of three options, December 2021',
    parameters: [
      { name: 'entries', meaning: 'entries of the first guess', initial: 16, values: ENTRIES },
    ],
    policies: ({ entries }) => ({
      ...PROTOTYPE,
      result: 'bio-vec',
      memory: 'callee-grow',
      entries: Number(entries),
    }),
  },
  {
    id: 'bvec-stack',
    title: 'bio_vecs in a small array on the stack, as many calls as it takes',
    source: 'M. Wilcox, second of three options, December 2021',
    parameters: [
      { name: 'entries', meaning: 'entries of the array', initial: 32, values: ENTRIES },
    ],
    policies: ({ entries }) => ({
      ...PROTOTYPE,
      result: 'bio-vec',
      memory: 'stack',
      entries: Number(entries),
      header: 0,
    }),
  },
  {
    id: 'bvec-overallocate',
    title: 'bio_vecs in an array with one entry for every page, at most 256',
    source: 'M. Wilcox, third of three options, December 2021',
    parameters: [],
    policies: () => ({ ...PROTOTYPE, result: 'bio-vec', memory: 'overallocate' }),
  },
  {
    id: 'page-chain',
    title: 'page pointers in whole pages of the caller',
    source: 'J. Gunthorpe, December 2021',
    parameters: CHAIN_PARAMETERS,
    policies: ({ pages, naturalBoundary }) => ({
      ...CHAIN,
      result: 'page-pointers',
      pages: Number(pages),
      naturalBoundary: naturalBoundary === true,
    }),
  },
  {
    id: 'pfn-list',
    title: 'frame numbers in whole pages of the caller, sizes packed from the far end',
    source: 'J. Gunthorpe, December 2021',
    parameters: CHAIN_PARAMETERS,
    policies: ({ pages, naturalBoundary }) => ({
      ...CHAIN,
      result: 'pfn-list',
      pages: Number(pages),
      naturalBoundary: naturalBoundary === true,
    }),
  },
];

const KERNEL: ParameterDescription = {
  name: 'kernel',
  meaning: 'whose rules apply',
  initial: 'v7.0',
  values: ['v6.11', 'v6.12', 'v7.0'],
  isNamed: true,
};

function eraOf(kernel: unknown): 'v6.11' | 'v6.12' | 'v7.0' {
  return kernel === 'v6.11' || kernel === 'v6.12' ? kernel : 'v7.0';
}

/** Registrations of long-lived buffers as kernels have them. */
const REGISTRATIONS: readonly Preset[] = [
  {
    id: 'io-uring-coalesce',
    title: 'a registered buffer of io_uring, one bvec for each folio where all are of one size',
    source: 'Linux 6.12 io_uring/rsrc.c (6.11: only where the whole buffer is one folio)',
    parameters: [KERNEL],
    policies: ({ kernel }) => ({
      ...TODAY,
      era: eraOf(kernel),
      memory: 'per-io',
      add: 'coalesce',
      release: 'per-page',
    }),
  },
  {
    id: 'memfd-pin',
    title: 'folios of a memfd pinned from the page cache, without page tables',
    source: 'Linux 6.11 mm/gup.c memfd_pin_folios()',
    parameters: [KERNEL],
    policies: ({ kernel }) => ({
      ...TODAY,
      era: eraOf(kernel),
      walk: 'page-cache',
      grab: 'per-run',
      references: 'one',
      result: 'folio-heads',
      memory: 'caller',
      add: 'none',
    }),
  },
];

export const RETURN_PRESETS: readonly Preset[] = [...RETURN_FORMATS, ...REGISTRATIONS];
