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
    isBroken: (policies) => isRange(policies) && addsPages(policies),
    reason: 'this add policy reads page-pointers; a result of ranges needs add=ranges or add=none',
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
  const effective = effectivePolicies(policies, api);
  return RULES.find((rule) => rule.isBroken(effective))?.reason ?? null;
}
