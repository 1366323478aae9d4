import type { Api } from '../counting/request.ts';
import type { Policies } from './policies.ts';

/** Whether the I/O ends up in a bio. */
export function buildsBio(policies: Policies): boolean {
  return policies.add !== 'none';
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
 * The composition an API really runs: gup_test and buffer registration bring the result's memory and
 * build no bio, and from v5.12 on they drop pins with unpin_user_pages(), which compares folios.
 *
 * @source Linux 6.11 mm/gup.c unpin_user_pages(); SPEC rule COMP-2.
 */
export function effectivePolicies(policies: Policies, api: Api): Policies {
  if (api === 'direct-io') return policies;
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
