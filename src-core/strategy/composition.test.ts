import { describe, expect, it } from 'vitest';
import { strategyFrom } from '../testing/explained.ts';
import { compositionProblem } from './composition.ts';
import type { Policies } from './policies.ts';

const today = strategyFrom('today').policies;
const prototype = strategyFrom('folio-vec').policies;

type Case = readonly [told: string, base: Policies, change: Partial<Policies>];

const CONTRADICTIONS: readonly Case[] = [
  ['kind=pin needs era=v5.10 or later', today, { era: 'v2.6' }],
  ['walk=fast-2008 needs kind=get', today, { walk: 'fast-2008' }],
  [
    'vectors or folio pointers needs grab=per-run',
    prototype,
    { grab: 'per-leaf', references: 'pages' },
  ],
  ['per-page and per-leaf grabs report', prototype, { grab: 'per-page', result: 'bio-vec' }],
  ['walk=locked takes one page or one entry at a step', prototype, { walk: 'locked' }],
  ['fallback=restart has the slow path take', prototype, { fallback: 'restart' }],
  ['this add policy reads page-pointers', prototype, { add: 'scan-direct' }],
  ['needs add=ranges or none, or callers=shim', prototype, { add: 'page-per-bvec' }],
  ['callers=shim hands on an array', prototype, { callers: 'shim', references: 'pages' }],
  ['callers=shim needs references=pages', prototype, { callers: 'shim', add: 'scan-direct' }],
  [
    'growth=inside allocates while interrupts are off',
    prototype,
    { memory: 'callee-grow', growth: 'inside' },
  ],
  ['bookkeeping keeps track of pinned pages', today, { kind: 'get', bookkeeping: 'off-lru' }],
  ['do not say where inside a folio', prototype, { result: 'folio-heads' }],
  ['from the far end of whole pages', prototype, { result: 'pfn-list', add: 'none' }],
  ['no pages for a bio', prototype, { result: 'pfn-list', memory: 'page-chain' }],
  ['walk=page-cache pins whole folios', prototype, { walk: 'page-cache' }],
  ['add=coalesce reads an array of pages', today, { add: 'coalesce', kind: 'get' }],
  ['add=coalesce needs the whole array', today, { add: 'coalesce', memory: 'stack' }],
  [
    'prototypeHoles are those of the prototype',
    prototype,
    { prototypeHoles: true, visit: 'batched' },
  ],
  ['add=ranges needs result=folio-range', today, { add: 'ranges' }],
  ['memory=overlay holds 8-byte page-pointers only', prototype, { memory: 'overlay' }],
  ["memory=overlay lies in the bio's own vectors", today, { add: 'none' }],
  ['growing while walking is for results of runs', today, { memory: 'callee-grow' }],
  ['page-pointers need one entry a page', today, { memory: 'threshold', unit: 'runs' }],
  ['references=one takes one reference a run', prototype, { release: 'per-page' }],
  ['references=one needs add=ranges or none', today, { grab: 'per-run', references: 'one' }],
  ['release=per-array needs the page array', today, { release: 'per-array' }],
  [
    'release=per-array needs result=page-pointers',
    prototype,
    { references: 'pages', add: 'none', release: 'per-array' },
  ],
];

const COMPATIBLE: readonly Case[] = [
  ['today', today, {}],
  ['the prototype', prototype, {}],
  ['plain references in 2.6', today, { era: 'v2.6', kind: 'get' }],
  ['the proposal of 2008', today, { walk: 'fast-2008', kind: 'get', fallback: 'restart' }],
  ['pins that are dropped by a restart', today, { fallback: 'restart' }],
  ['a locked walk', today, { walk: 'locked', step: 'page' }],
  ['page pointers grabbed by runs', today, { grab: 'per-run' }],
  ['a threshold of pages', today, { memory: 'threshold', unit: 'pages' }],
  ['an array without a bio', today, { add: 'none', memory: 'caller', release: 'per-array' }],
  ['one reference a run, pages reported', prototype, { add: 'none', result: 'page-pointers' }],
  ['ranges released page by page', prototype, { references: 'pages', release: 'per-page' }],
];

describe('compositionProblem', () => {
  it.each(CONTRADICTIONS)('[COMP-1] tells the contradiction: %s', (reason, base, change) => {
    expect(compositionProblem({ ...base, ...change }, 'direct-io')).toContain(reason);
  });

  it.each(COMPATIBLE)('[COMP-1] accepts %s', (_name, base, change) => {
    expect(compositionProblem({ ...base, ...change }, 'direct-io')).toBeNull();
  });

  it('[COMP-1] judges what an API makes of a composition', () => {
    // gup_test brings the memory and builds no bio: the overlay is gone, and with it the contradiction.
    const policies: Policies = { ...today, add: 'none' };

    expect(compositionProblem(policies, 'gup-test')).toBeNull();
    expect(compositionProblem(policies, 'register')).toBeNull();
  });
});
