import { describe, expect, it } from 'vitest';
import { APIS } from '../counting/request.ts';
import { strategyFrom } from '../testing/explained.ts';
import { compositionProblem } from './composition.ts';
import { POLICY_KEYS, isPolicyKey, reportsEveryPage, walksWholeRange } from './policies.ts';
import type { Policies, PolicyValue } from './policies.ts';
import { PRESETS, PRESET_IDS } from './presets.ts';
import type { Preset } from './presets.ts';

const today = strategyFrom('today').policies;

/** What a composition changes of today's kernel. */
function departures(policies: Policies): Partial<Record<keyof Policies, PolicyValue>> {
  return Object.fromEntries(
    POLICY_KEYS.filter((key) => policies[key] !== today[key]).map((key) => [key, policies[key]]),
  );
}

/** Every combination of the parameters of a preset; of a range its ends and its initial value. */
function parameterSets(preset: Preset): Record<string, PolicyValue>[] {
  let sets: Record<string, PolicyValue>[] = [{}];
  for (const { name, initial, values } of preset.parameters) {
    const choices = 'least' in values ? [values.least, initial, values.most] : values;
    sets = sets.flatMap((set) => choices.map((choice) => ({ ...set, [name]: choice })));
  }
  return sets;
}

const ranges = {
  era: 'v6.11',
  grab: 'per-run',
  result: 'folio-range',
  memory: 'per-io',
  add: 'ranges',
} as const;
const prototype = { ...ranges, references: 'one' } as const;

describe('presets', () => {
  it('[COMP-1] have the ids that experiments name', () => {
    expect(PRESET_IDS).toEqual([
      'gup-locked',
      'fast-gup-2008',
      'per-page',
      'compound-head',
      'for-each-folio',
      'folio-add',
      'today',
      'folio-vec',
      'folio-batch',
      'folio-threshold',
      'folio-head',
      'bvec-callee',
      'bvec-stack',
      'bvec-overallocate',
      'page-chain',
      'pfn-list',
      'io-uring-coalesce',
      'memfd-pin',
    ]);
  });

  it('[COMP-1] start with parameters that are allowed', () => {
    for (const { parameters } of PRESETS) {
      for (const { initial, values } of parameters) {
        const isAllowed =
          'least' in values
            ? Number(initial) >= values.least && Number(initial) <= values.most
            : values.includes(initial);
        expect(isAllowed).toBe(true);
      }
    }
  });

  it.each(PRESETS)('[COMP-1] $id can be counted with every parameter and API', (preset) => {
    // The holes are those of the prototype as it was; a variant of it is refused.
    const asItWas = parameterSets(preset).filter(
      ({ prototypeHoles, callers, visit, form }) =>
        prototypeHoles !== true ||
        (callers === 'converted' && visit !== 'batched' && form !== 'pointer'),
    );
    for (const parameters of asItWas) {
      const { policies } = strategyFrom({ id: preset.id, parameters });
      for (const api of APIS) expect(compositionProblem(policies, api)).toBeNull();
    }
  });

  it.each<[string, Record<string, PolicyValue>, Partial<Policies>]>([
    ['today', {}, {}],
    ['folio-add', { kernel: 'v7.0' }, {}],
    ['folio-add', { kernel: 'v6.12' }, { era: 'v6.12', add: 'scan-and-merge' }],
    ['per-page', { kernel: 'v6.11' }, { era: 'v6.11', add: 'merge-per-page', release: 'per-page' }],
    [
      'per-page',
      { kernel: 'v5.10' },
      {
        era: 'v5.10',
        step: 'page',
        kind: 'get',
        add: 'merge-per-page',
        release: 'per-page',
      },
    ],
    [
      'gup-locked',
      { batch: 16 },
      {
        era: 'v2.6',
        walk: 'locked',
        step: 'page',
        grab: 'per-page',
        kind: 'get',
        memory: 'stack',
        entries: 16,
        header: 0,
        add: 'page-per-bvec',
        release: 'per-page',
      },
    ],
    ['folio-vec', { visit: 'each' }, prototype],
    ['folio-vec', { visit: 'batched' }, { ...ranges, visit: 'batched' }],
    ['folio-batch', { entries: 15, form: 'range' }, { ...prototype, memory: 'stack', entries: 15 }],
    [
      'folio-batch',
      { entries: 14, form: 'pointer' },
      { ...prototype, memory: 'stack', entries: 14, result: 'folio-pointers' },
    ],
    [
      'folio-threshold',
      { threshold: 8, unit: 'runs' },
      { ...prototype, memory: 'threshold', threshold: 8, unit: 'runs' },
    ],
  ])('[COMP-1] %s with %j departs from today as told', (id, parameters, expected) => {
    expect(departures(strategyFrom({ id, parameters }).policies)).toEqual(expected);
  });
});

describe('policies', () => {
  it('[COMP-1] are known by their names and by nothing else', () => {
    expect(POLICY_KEYS).toHaveLength(24);
    expect(isPolicyKey('naturalBoundary')).toBe(true);
    expect(isPolicyKey('toString')).toBe(false);
  });

  it('[BIO-2] ask for the whole range only where memory grows or comes in batches', () => {
    const wholeRange = (id: string, parameters: Record<string, PolicyValue>): boolean =>
      walksWholeRange(strategyFrom({ id, parameters }).policies);

    expect({
      overlay: wholeRange('today', {}),
      each: wholeRange('folio-vec', { visit: 'each' }),
      batched: wholeRange('folio-vec', { visit: 'batched' }),
      batch: wholeRange('folio-batch', {}),
      threshold: wholeRange('folio-threshold', {}),
    }).toEqual({ overlay: false, each: false, batched: true, batch: true, threshold: false });
  });

  it('[MEM-3] report every page with page pointers alone', () => {
    expect(reportsEveryPage(today)).toBe(true);
    expect(reportsEveryPage({ ...today, result: 'folio-pointers' })).toBe(false);
  });
});
