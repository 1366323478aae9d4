import type { IoRequest } from '../counting/request.ts';
import type { Policies } from './policies.ts';

/** Whether the I/O ends up in a bio. */
export function buildsBio(policies: Policies): boolean {
  return policies.add !== 'none' && policies.add !== 'coalesce';
}

/**
 * Whether a composition pins for long whatever the API: a registered buffer and the folios of a memfd are
 * kept until they are given back.
 */
export function pinsForLong(policies: Policies): boolean {
  return policies.add === 'coalesce' || policies.walk === 'page-cache';
}

/** Memory policies that allocate by themselves and keep doing so whatever the API. */
const ALLOCATING: readonly Policies['memory'][] = [
  'per-io',
  'threshold',
  'callee-grow',
  'overallocate',
  'page-chain',
];

/**
 * The composition a request really runs. A short-term pin that only reads memory may be a plain reference; gup_test and buffer registration bring the result's memory and
 * build no bio, and from v5.12 on they drop pins with unpin_user_pages(), which compares folios.
 *
 * @source Linux 6.11 mm/gup.c unpin_user_pages(); SPEC rules COMP-2, PIN-1.
 */
export function effectivePolicies(
  policies: Policies,
  { api, op }: Pick<IoRequest, 'api' | 'op'>,
): Policies {
  const isLight =
    policies.readOnlyPins === 'references' &&
    op === 'write' &&
    api !== 'register' &&
    !pinsForLong(policies);
  const kept: Policies = isLight ? { ...policies, kind: 'get' } : policies;
  return api === 'direct-io' || pinsForLong(policies) ? kept : withoutBio(kept);
}

/** A pin whose caller brings memory for the result and wants no bio. */
function withoutBio(policies: Policies): Policies {
  const releasesArray =
    policies.kind === 'pin' &&
    policies.result === 'page-pointers' &&
    policies.references === 'pages' &&
    policies.era !== 'v5.10' &&
    policies.era !== 'v2.6';
  return {
    ...policies,
    memory: ALLOCATING.includes(policies.memory) ? policies.memory : 'caller',
    add: 'none',
    release: releasesArray ? 'per-array' : policies.release,
  };
}
