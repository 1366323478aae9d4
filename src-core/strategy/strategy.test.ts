import { describe, expect, it } from 'vitest';
import { resolveStrategy } from './strategy.ts';
import type { StrategyRequest } from './strategy.ts';

function problemOf(request: StrategyRequest): unknown {
  const result = resolveStrategy(request, 'direct-io');
  return result.ok ? 'no problem' : result.problem;
}

function nameOf(request: StrategyRequest): string {
  const result = resolveStrategy(request, 'direct-io');
  return result.ok ? result.strategy.name : result.problem.message;
}

describe('resolveStrategy', () => {
  it('[COMP-1] fills in what a request leaves open', () => {
    const result = resolveStrategy({ id: 'folio-batch', parameters: { entries: 15 } }, 'direct-io');

    expect(result).toMatchObject({
      ok: true,
      strategy: {
        id: 'folio-batch',
        name: 'folio-batch entries=15',
        parameters: { entries: 15, form: 'range' },
        overrides: {},
        policies: { memory: 'stack', entries: 15, header: 8, result: 'folio-range' },
      },
    });
  });

  it('[COMP-1] reads numbers and switches that a command line gives as words', () => {
    const result = resolveStrategy(
      {
        id: 'folio-batch',
        parameters: { entries: '15' },
        policies: { header: '0', naturalBoundary: 'false', pages: '2' },
      },
      'direct-io',
    );

    expect(result).toMatchObject({
      strategy: {
        parameters: { entries: 15 },
        overrides: { header: 0, naturalBoundary: false, pages: 2 },
        policies: { entries: 15, header: 0, naturalBoundary: false, pages: 2 },
      },
    });
  });

  it('[COMP-1] lets a policy override what the preset says', () => {
    const result = resolveStrategy({ id: 'today', policies: { kind: 'get' } }, 'direct-io');

    expect(result).toMatchObject({
      strategy: { overrides: { kind: 'get' }, policies: { kind: 'get', era: 'v7.0' } },
    });
  });

  it.each<[string, StrategyRequest]>([
    ['today', { id: 'today' }],
    ['folio-add kernel=v6.12', { id: 'folio-add' }],
    ['folio-batch', { id: 'folio-batch' }],
    ['folio-batch form=pointer', { id: 'folio-batch', parameters: { form: 'pointer' } }],
    ['today kind=get fallback=none', { id: 'today', policies: { kind: 'get', fallback: 'none' } }],
    ['mine', { id: 'today', name: 'mine', policies: { kind: 'get' } }],
  ])('[COMP-1] calls a strategy %s by its id and what departs', (name, request) => {
    expect(nameOf(request)).toBe(name);
  });

  it.each<[string, StrategyRequest, string]>([
    [
      'id',
      { id: 'fastest' },
      'there is no strategy fastest; allowed: gup-locked, fast-gup-2008, per-page, compound-head, for-each-folio, folio-add, today, folio-vec, folio-batch, folio-threshold, folio-head, bvec-callee, bvec-stack, bvec-overallocate, page-chain, pfn-list, io-uring-coalesce, memfd-pin',
    ],
    [
      'parameters.size',
      { id: 'folio-batch', parameters: { size: 3 } },
      'strategy folio-batch has no parameter size; it takes entries, form, callers, prototypeHoles',
    ],
    [
      'parameters.kernel',
      { id: 'today', parameters: { kernel: 'v7.0' } },
      'strategy today has no parameter kernel; it takes none',
    ],
    [
      'parameters.kernel',
      { id: 'folio-add', parameters: { kernel: 'v6.11' } },
      'parameter kernel of folio-add is v6.11; allowed: v6.12, v7.0',
    ],
    [
      'parameters.entries',
      { id: 'folio-batch', parameters: { entries: 0 } },
      'parameter entries of folio-batch is 0; allowed: a whole number from 1 to 65536',
    ],
    [
      'parameters.entries',
      { id: 'folio-batch', parameters: { entries: 65_537 } },
      'parameter entries of folio-batch is 65537; allowed: a whole number from 1 to 65536',
    ],
    [
      'parameters.entries',
      { id: 'folio-batch', parameters: { entries: '' } },
      'parameter entries of folio-batch is ; allowed: a whole number from 1 to 65536',
    ],
    [
      'parameters.entries',
      { id: 'folio-batch', parameters: { entries: 2.5 } },
      'parameter entries of folio-batch is 2.5; allowed: a whole number from 1 to 65536',
    ],
    [
      'policies.pages',
      { id: 'today', policies: { pages: true } },
      'policy pages is true; allowed: a whole number from 1 to 512',
    ],
    [
      'policies.kind',
      { id: 'today', policies: { kind: 'hold' } },
      'policy kind is hold; allowed: get, pin',
    ],
    [
      'policies.header',
      { id: 'today', policies: { header: 4 } },
      'policy header is 4; allowed: 0, 8',
    ],
    [
      'policies.naturalBoundary',
      { id: 'today', policies: { naturalBoundary: 'yes' } },
      'policy naturalBoundary is yes; allowed: true, false',
    ],
  ])('[COMP-1] names the key %s that is wrong, and what is allowed', (key, request, message) => {
    expect(problemOf(request)).toEqual({ key, message });
  });

  it('[COMP-1] refuses an unknown policy with the list of known ones', () => {
    expect(problemOf({ id: 'today', policies: { grip: 'firm' } })).toEqual({
      key: 'policies.grip',
      message:
        'there is no policy grip; allowed: era, walk, step, fallback, grab, kind, readOnlyPins, bookkeeping, devmap, references, visit, result, memory, entries, growth, header, threshold, unit, pages, naturalBoundary, add, callers, prototypeHoles, release',
    });
  });

  it('[COMP-1] refuses policies that contradict each other with the reason', () => {
    expect(problemOf({ id: 'today', policies: { era: 'v2.6' } })).toEqual({
      key: 'policies',
      message: 'today: kind=pin needs era=v5.10 or later; 2.6 kernels had plain references only',
    });
  });

  it('[COMP-2] accepts for gup_test what direct I/O could not run', () => {
    const request = { id: 'today', policies: { add: 'none' } };

    expect(resolveStrategy(request, 'direct-io').ok).toBe(false);
    expect(resolveStrategy(request, 'gup-test').ok).toBe(true);
  });
});
