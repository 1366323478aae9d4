import { QUESTION_DEFAULTS, UNIFORM_DEFAULTS, presetWords } from './question.ts';
import type { Question } from './question.ts';

/** A question worth asking, with what it shows. */
export type SampleQuestion = {
  readonly title: string;
  readonly text: string;
  readonly question: Question;
};

/** The worked example of the SPEC: A order 4, X a copied page, C order 2, D four adjacent pages. */
const COPIED_PAGE_ROWS = [
  '0,4096,6,4',
  '6,9001,1,0',
  '7,4103,9,4',
  '16,8193,3,2',
  '19,20000,4,0',
].join('\n');

/** Eight pages of an order-4 folio, a hole of four, the rest of the folio. */
const GAP_ROWS = ['0,4096,8,4', '12,4108,4,4'].join('\n');

/** Eight pages of an order-4 folio, one page shared with a child, seven pages of their own. */
const SHARED_ROWS = ['0,4096,8,4', '8,9001,1,0,pte,shared', '9,20000,7,0'].join('\n');

/** A buffer whose second folio lies in memory that has to stay movable. */
const CMA_ROWS = ['0,4096,16,4', '16,8192,16,4,pte,cma'].join('\n');

const BEFORE = presetWords('per-page');
const AFTER = presetWords('folio-threshold');

export const TALK_QUESTION: Question = {
  ...QUESTION_DEFAULTS,
  layout: { ...UNIFORM_DEFAULTS, order: '5' },
  strategy: BEFORE,
  beside: AFTER,
  costModel: 'lpc-2024',
  tracer: 'function-graph',
};

/** Ready-made questions, in the order of a lecture. */
export const SAMPLE_QUESTIONS: readonly SampleQuestion[] = [
  {
    title: '128 KiB write of the 2024 talk, before and after',
    text: 'One order-5 folio under 32 page-table entries: 135 traced calls become 9.',
    question: TALK_QUESTION,
  },
  {
    title: '128 KiB on scattered 4 KiB pages',
    text: 'Where there are no large folios, ranges save nothing.',
    question: {
      ...QUESTION_DEFAULTS,
      layout: UNIFORM_DEFAULTS,
      strategy: presetWords('today'),
      beside: presetWords('folio-batch'),
    },
  },
  {
    title: 'A copied page inside a folio',
    text: 'Copy-on-write put another page in the middle of a folio: 23 pages, 8 folio runs, 5 physical runs.',
    question: {
      ...QUESTION_DEFAULTS,
      layout: { kind: 'rows', text: COPIED_PAGE_ROWS },
      offset: '512',
      length: '90112',
      strategy: presetWords('folio-add'),
      beside: presetWords('folio-vec', { visit: 'batched' }),
    },
  },
  {
    title: 'One 2 MiB folio under a PMD entry',
    text: 'One entry maps 512 pages; calls of 256, 255 and 1 pages, as the page array in the bio grows smaller.',
    question: {
      ...QUESTION_DEFAULTS,
      layout: { ...UNIFORM_DEFAULTS, size: '4MiB', order: '9', leaf: 'pmd' },
      length: '2MiB',
      strategy: presetWords('today'),
      beside: presetWords('folio-vec', { visit: 'batched' }),
    },
  },
  {
    title: 'A write that runs into a gap',
    text: 'The ninth page is not mapped: a short I/O, and the slow path fails twice.',
    question: {
      ...QUESTION_DEFAULTS,
      layout: { kind: 'rows', text: GAP_ROWS },
      length: '64KiB',
      strategy: presetWords('today'),
      beside: presetWords('folio-batch'),
    },
  },
  {
    title: 'Batch of 15 ranges on scattered pages',
    text: 'A batch on the stack is full after 15 runs: three calls, each from the top of the page tables.',
    question: {
      ...QUESTION_DEFAULTS,
      layout: UNIFORM_DEFAULTS,
      strategy: presetWords('folio-batch', { entries: '15' }),
      beside: presetWords('folio-vec'),
    },
  },
  {
    title: 'A read, page by page under mmap_lock',
    text: 'What kernels did until 2.6.26: a full walk and a page-table lock for every page.',
    question: {
      ...QUESTION_DEFAULTS,
      layout: UNIFORM_DEFAULTS,
      operation: 'read',
      length: '64KiB',
      strategy: presetWords('gup-locked'),
      beside: presetWords('today'),
    },
  },
  {
    title: 'A shared page in the middle',
    text: 'A child of fork() shares the ninth page: the fast walk stops there, and the slow path copies it.',
    question: {
      ...QUESTION_DEFAULTS,
      layout: { kind: 'rows', text: SHARED_ROWS },
      length: '64KiB',
      strategy: presetWords('per-page'),
      beside: presetWords('folio-vec', { prototypeHoles: 'true' }),
    },
  },
  {
    title: 'A buffer registered for long',
    text: 'One folio lies in CMA memory: everything the slow path took is unpinned, the folio moved, and the walk starts over.',
    question: {
      ...QUESTION_DEFAULTS,
      api: 'register',
      layout: { kind: 'rows', text: CMA_ROWS },
      strategy: presetWords('io-uring-coalesce'),
      beside: presetWords('memfd-pin'),
    },
  },
];
