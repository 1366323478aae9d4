import fc from 'fast-check';
import { expect, it } from 'vitest';
import { APIS, POLICY_KEYS, PRESET_IDS, resolveStrategy } from '#core';
import { composeStrategy, POLICY_GROUPS } from './composer.ts';
import type { Composition, PolicyRow } from './composer.ts';

function compose(request: unknown, apis = APIS.slice(0, 1)): Composition {
  const composition = composeStrategy(request, apis);
  if (composition === null) throw new Error('there is no such preset');
  return composition;
}

function row({ rows }: Composition, key: string): PolicyRow | undefined {
  return rows.find((each) => each.key === key);
}

it('shows every policy once, under a heading', () => {
  expect(POLICY_GROUPS.flatMap(({ keys }) => keys).sort()).toEqual([...POLICY_KEYS].sort());
});

it.each(PRESET_IDS)('takes %s apart without a contradiction', (id) => {
  const { rows, problem } = compose({ id });

  expect(problem).toBeNull();
  expect(rows.every(({ isOwn, isContradicting }) => !isOwn && !isContradicting)).toBe(true);
});

it('says of every value what the core says of the whole', () => {
  const choice = fc.constantFrom(
    ...compose({ id: 'today' }).rows.flatMap(({ key, choices }) =>
      choices.map(({ value }) => [key, value] as const),
    ),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...PRESET_IDS),
      choice,
      choice,
      fc.constantFrom(...APIS),
      (id, [key, value], [other, otherValue], api) => {
        const policies = { [key]: value };
        const found = row(compose({ id, policies }, [api]), other)?.choices.find(
          (each) => each.value === otherValue,
        );

        const resolved = resolveStrategy(
          { id, policies: { ...policies, [other]: otherValue } },
          api,
        );

        expect(found?.problem === null).toBe(resolved.ok);
        if (!resolved.ok) expect(resolved.problem.message).toContain(found?.problem);
      },
    ),
  );
});

it('shows which policies contradict each other', () => {
  const composition = compose({ id: 'today', policies: { era: 'v2.6' } });

  expect(composition.problem).toContain('kind=pin needs era=v5.10');
  expect(
    composition.rows.filter(({ isContradicting }) => isContradicting).map(({ key }) => key),
  ).toEqual(['era', 'kind']);
  expect(row(composition, 'kind')?.choices).toMatchObject([
    { value: 'get', problem: null },
    { value: 'pin', problem: composition.problem },
  ]);
});

it('shows the policy that a contradiction asks for, and what would end it', () => {
  const composition = compose({ id: 'today', policies: { result: 'folio-range' } });
  const marked = composition.rows.filter(({ isContradicting }) => isContradicting);

  expect(composition.problem).toContain('needs grab=per-run');
  expect(marked.map(({ key }) => key)).toEqual(['grab', 'result']);
  expect(
    marked.flatMap(({ key, choices }) =>
      choices.flatMap(({ value, problem }) =>
        problem === null ? [`${key}=${String(value)}`] : [],
      ),
    ),
  ).toEqual(['result=page-pointers']);
});

it('names the API that rules a composition out', () => {
  const request = {
    id: 'today',
    policies: { memory: 'caller', add: 'none', release: 'per-array' },
  };

  expect(compose(request, ['gup-test']).problem).toBeNull();
  expect(
    compose({ id: 'today', policies: { add: 'none' } }, ['gup-test', 'direct-io']).problem,
  ).toMatch(/\(api direct-io\)$/);
});

it('tells what a composition does not look at', () => {
  const unused = compose({ id: 'today' }).rows.filter(({ isUsed }) => !isUsed);

  expect(unused.map(({ key }) => key)).toEqual([
    'references',
    'visit',
    'entries',
    'growth',
    'header',
    'threshold',
    'unit',
    'pages',
    'naturalBoundary',
    'callers',
    'prototypeHoles',
  ]);
});

it('passes over values that are mistakes, and knows no preset that is not there', () => {
  expect(
    row(compose({ id: 'today', policies: { walk: 'slow', entries: 'many' } }), 'walk')?.value,
  ).toBe('fast');
  expect(composeStrategy({ id: 'tomorrow' }, APIS)).toBeNull();
  expect(composeStrategy(5, APIS)).toBeNull();
});
