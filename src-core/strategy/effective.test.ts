import { describe, expect, it } from 'vitest';
import { strategyFrom } from '../testing/explained.ts';
import { buildsBio, effectivePolicies } from './effective.ts';
import type { Policies } from './policies.ts';

const today = strategyFrom('today').policies;
const prototype = strategyFrom('folio-vec').policies;
const plain = strategyFrom({ id: 'per-page', parameters: { kernel: 'v5.10' } }).policies;

describe('effectivePolicies', () => {
  it('[COMP-2] leaves direct I/O as it was composed', () => {
    expect(effectivePolicies(today, { api: 'direct-io', op: 'read' })).toEqual(today);
    expect(buildsBio(today)).toBe(true);
  });

  it.each(['gup-test', 'register'] as const)(
    '[COMP-2] %s brings the memory, builds no bio and releases the array of pins',
    (api) => {
      const effective = effectivePolicies(today, { api, op: 'read' });

      expect(effective).toEqual({ ...today, memory: 'caller', add: 'none', release: 'per-array' });
      expect(buildsBio(effective)).toBe(false);
    },
  );

  it.each(['per-io', 'threshold', 'callee-grow', 'overallocate', 'page-chain'] as const)(
    '[COMP-2] memory %s allocates whatever the API',
    (memory) => {
      expect(effectivePolicies({ ...prototype, memory }, { api: 'register', op: 'read' })).toEqual({
        ...prototype,
        memory,
        add: 'none',
      });
    },
  );

  it.each(['stack', 'overlay', 'caller'] as const)(
    '[COMP-2] memory %s is replaced by what the caller brings',
    (memory) => {
      expect(effectivePolicies({ ...today, memory }, { api: 'gup-test', op: 'read' }).memory).toBe(
        'caller',
      );
    },
  );

  it.each<[string, Policies]>([
    ['plain references', { ...today, kind: 'get' }],
    ['v5.10, which unpinned page by page', { ...today, era: 'v5.10', release: 'per-page' }],
    ['v2.6', { ...plain, era: 'v2.6' }],
    ['a result of ranges', prototype],
    ['one reference a run', { ...prototype, result: 'page-pointers' }],
  ])('[COMP-2] keeps the release of %s', (_name, policies) => {
    expect(effectivePolicies(policies, { api: 'gup-test', op: 'read' }).release).toBe(
      policies.release,
    );
  });
});
