import type { Api } from '../counting/request.ts';
import { effectivePolicies } from './effective.ts';
import type { Policies } from './policies.ts';

/** One reason why policies cannot work together. */
type Rule = {
  readonly isBroken: (policies: Policies) => boolean;
  readonly reason: string;
};

const isRange = (policies: Policies): boolean => policies.result !== 'page-pointers';
const addsPages = (policies: Policies): boolean =>
  policies.add !== 'none' && policies.add !== 'ranges';
/** A page array that is made from the ranges of the result, for callers that know nothing else. */
const makesPages = (policies: Policies): boolean =>
  isRange(policies) && policies.callers === 'shim';

/** Checked in order; the first broken one is told. Source: SPEC rule COMP-1. */
const RULES: readonly Rule[] = [
  {
    isBroken: ({ era, kind }) => era === 'v2.6' && kind === 'pin',
    reason: 'kind=pin needs era=v5.10 or later; 2.6 kernels had plain references only',
  },
  {
    isBroken: ({ walk, kind }) => walk === 'fast-2008' && kind === 'pin',
    reason: 'walk=fast-2008 needs kind=get; the 2008 patch had no pins and no check against fork',
  },
  {
    isBroken: (policies) => isRange(policies) && policies.grab !== 'per-run',
    reason:
      'a result of ranges, vectors or folio pointers needs grab=per-run; per-page and per-leaf grabs report page-pointers',
  },
  {
    isBroken: ({ walk, grab }) => walk === 'locked' && grab === 'per-run',
    reason:
      'walk=locked takes one page or one entry at a step; grab=per-run needs walk=fast or fast-2008',
  },
  {
    isBroken: ({ fallback, grab }) => fallback === 'restart' && grab === 'per-run',
    reason:
      'fallback=restart has the slow path take every page again, one page or one entry at a step; grab=per-run needs fallback=keep or none',
  },
  {
    isBroken: (policies) => isRange(policies) && addsPages(policies) && !makesPages(policies),
    reason:
      'this add policy reads page-pointers; a result of ranges needs add=ranges or none, or callers=shim',
  },
  {
    isBroken: (policies) => makesPages(policies) && policies.add === 'ranges',
    reason:
      'callers=shim hands on an array of pages; add=ranges needs callers=converted, or another add policy',
  },
  {
    isBroken: (policies) => makesPages(policies) && policies.references === 'one',
    reason:
      'callers=shim needs references=pages: callers of an array drop one reference for each page',
  },
  {
    isBroken: (policies) => !isRange(policies) && policies.add === 'ranges',
    reason: 'add=ranges needs result=folio-range, bio-vec or folio-pointers',
  },
  {
    isBroken: ({ memory, result }) => memory === 'overlay' && result !== 'page-pointers',
    reason:
      'memory=overlay holds 8-byte page-pointers only: wider or fewer entries would be overwritten by the bvecs built below them',
  },
  {
    isBroken: ({ memory, add }) => memory === 'overlay' && add === 'none',
    reason:
      "memory=overlay lies in the bio's own vectors, so it needs an add policy other than none",
  },
  {
    isBroken: (policies) =>
      !isRange(policies) &&
      (policies.memory === 'callee-grow' ||
        (policies.memory === 'threshold' && policies.unit === 'runs')),
    reason:
      'page-pointers need one entry a page, known in advance; growing while walking is for results of runs',
  },
  {
    isBroken: ({ bookkeeping, kind }) => bookkeeping !== 'none' && kind === 'get',
    reason:
      'bookkeeping keeps track of pinned pages; kind=get pins none, so it needs kind=pin or bookkeeping=none',
  },
  {
    isBroken: ({ memory, growth }) => memory === 'callee-grow' && growth === 'inside',
    reason:
      'growth=inside allocates while interrupts are off, where the allocator may not sleep; memory=callee-grow needs growth=restart',
  },
  {
    isBroken: ({ result, add }) => result === 'folio-heads' && add === 'ranges',
    reason:
      'folio-heads do not say where inside a folio the memory starts, which a bio vector has to; they need add=none',
  },
  {
    isBroken: ({ result, memory }) =>
      result === 'pfn-list' && memory !== 'page-chain' && memory !== 'caller',
    reason:
      'a pfn-list packs its sizes from the far end of whole pages; it needs memory=page-chain or caller',
  },
  {
    isBroken: ({ result, add }) => result === 'pfn-list' && add === 'ranges',
    reason: 'a pfn-list has frame numbers for a device and no pages for a bio; it needs add=none',
  },
  {
    isBroken: ({ walk, grab, references, result, kind, add }) =>
      walk === 'page-cache' &&
      (grab !== 'per-run' ||
        references !== 'one' ||
        result !== 'folio-heads' ||
        kind !== 'pin' ||
        add !== 'none'),
    reason:
      'walk=page-cache pins whole folios; it needs grab=per-run, references=one, result=folio-heads, kind=pin and add=none',
  },
  {
    isBroken: ({ add, result, kind, grab }) =>
      add === 'coalesce' && (result !== 'page-pointers' || kind !== 'pin' || grab === 'per-run'),
    reason:
      'add=coalesce reads an array of pages with a pin for each; it needs result=page-pointers, kind=pin and a grab other than per-run',
  },
  {
    isBroken: ({ add, memory }) => add === 'coalesce' && memory !== 'per-io' && memory !== 'caller',
    reason: 'add=coalesce needs the whole array of pages at once: memory=per-io or caller',
  },
  {
    isBroken: ({ prototypeHoles, grab, visit, result, references, walk, callers }) =>
      prototypeHoles &&
      (grab !== 'per-run' ||
        visit !== 'each' ||
        result !== 'folio-range' ||
        references !== 'one' ||
        walk !== 'fast' ||
        callers !== 'converted'),
    reason:
      'prototypeHoles are those of the prototype: they need walk=fast, grab=per-run, visit=each, references=one, result=folio-range and callers=converted',
  },
  {
    isBroken: ({ grab, references, release }) =>
      grab === 'per-run' && references === 'one' && release !== 'per-run',
    reason:
      'references=one takes one reference a run; releasing per page or per array would drop more than were taken, so it needs release=per-run',
  },
  {
    isBroken: (policies) =>
      policies.grab === 'per-run' && policies.references === 'one' && addsPages(policies),
    reason:
      'references=one needs add=ranges or none: the page scan joins what the walk counted as several runs, and completion would drop too few',
  },
  {
    isBroken: ({ release, add }) => release === 'per-array' && add !== 'none',
    reason:
      'release=per-array needs the page array after completion; a bio keeps only its vectors, so it needs add=none',
  },
  {
    isBroken: ({ release, result }) => release === 'per-array' && result !== 'page-pointers',
    reason: 'release=per-array needs result=page-pointers',
  },
];

/**
 * Says why a composition cannot be counted.
 *
 * @param api  Who pins: gup_test and registration replace memory and add before the rules apply.
 * @returns The reason in words, or null when the composition works.
 */
export function compositionProblem(policies: Policies, api: Api): string | null {
  // Reading memory from a device keeps every pin a pin.
  const effective = effectivePolicies(policies, { api, op: 'read' });
  return RULES.find((rule) => rule.isBroken(effective))?.reason ?? null;
}
