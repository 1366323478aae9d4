import fc from 'fast-check';
import { POLICIES, POLICY_KEYS, PRESETS } from '#core';
import { UNIFORM_DEFAULTS } from '../question/question.ts';
import type { LayoutWords, Question, StrategyWords } from '../question/question.ts';

const size = fc.constantFrom('4KiB', '64KiB', '1MiB', '4MiB', '8MiB', '12345', 'seven');
const frames = fc.constantFrom('scattered', 'contiguous', '0.5', '2');
const flags = fc.constantFrom('', 'anon', 'file', 'anon|shared', 'zero', 'nonsense');
const seed = fc.nat(1000).map(String);

const rowText = fc
  .tuple(fc.nat(64), fc.nat(4096), fc.integer({ min: 1, max: 40 }), fc.nat(6))
  .map((cells) => cells.join(','));

export const drawnLayout: fc.Arbitrary<LayoutWords> = fc.oneof(
  fc.record({ kind: fc.constant('catalogue'), name: fc.constantFrom('anon4k', 'a b', "it's") }),
  fc.record({
    kind: fc.constant('uniform'),
    size,
    order: fc.nat(10).map(String),
    frames,
    leaf: fc.constantFrom('pte', 'pte', 'pmd', 'pud'),
    misalignment: fc.constantFrom('0', '4KiB', '2MiB'),
    flags,
    seed,
  }),
  fc.record({
    kind: fc.constant('mixed'),
    size,
    weights: fc.constantFrom('0:3+5:1', '0:1+2:4+9:1', 'x'),
    frames,
    leaf: fc.constantFrom('pmd', 'pte'),
    flags,
    seed,
  }),
  fc.record({
    kind: fc.constant('buddy'),
    size,
    orders: fc.constantFrom('', '4', '2+9', '1', 'x'),
    zone: fc.constantFrom('16MiB', '1GiB', '5MiB'),
    occupancy: fc.constantFrom('0', '0.5', '1', '2'),
    fragmentation: fc.constantFrom('0', '0.9', 'x'),
    misalignment: fc.constantFrom('0', '4KiB'),
    flags,
    seed,
  }),
  fc
    .array(rowText, { minLength: 1, maxLength: 6 })
    .map((rows) => ({ kind: 'rows' as const, text: rows.join('\n') })),
);

/** States of pages that the fast walk leaves to the slow path. */
const STATES = ['absent', 'readonly', 'shared', 'zero', 'cma', 'protnone'] as const;

/** Layouts that can be built, without states that cannot be counted. */
export const goodLayout: fc.Arbitrary<LayoutWords> = fc.oneof(
  fc.record({
    kind: fc.constant('uniform'),
    size: fc.constantFrom('1MiB', '4MiB', '8MiB'),
    order: fc.constantFrom('0', '1', '2', '4', '5', '9'),
    frames: fc.constantFrom('scattered', 'contiguous', '0.5'),
    leaf: fc.constant('pte'),
    misalignment: fc.constantFrom('0', '4KiB', '2044KiB'),
    flags: fc.constantFrom('', 'file', 'devmap|compound', ...STATES),
    seed,
  }),
  fc.constant({ ...UNIFORM_DEFAULTS, size: '4MiB', order: '9', leaf: 'pmd' }),
  fc.constant({ ...UNIFORM_DEFAULTS, size: '4MiB', leaf: 'pmd', flags: 'devmap' }),
  fc.record({
    kind: fc.constant('mixed'),
    size: fc.constantFrom('1MiB', '4MiB'),
    weights: fc.constantFrom('0:3+5:1', '0:1+2:4+9:1'),
    frames: fc.constantFrom('scattered', '0.5'),
    leaf: fc.constantFrom('pmd', 'pte'),
    flags: fc.constant(''),
    seed,
  }),
  fc.record({
    kind: fc.constant('buddy'),
    size: fc.constantFrom('1MiB', '4MiB'),
    orders: fc.constantFrom('', '2+4', '5+9'),
    zone: fc.constantFrom('16MiB', '64MiB'),
    occupancy: fc.constantFrom('0', '0.5'),
    fragmentation: fc.constantFrom('0', '0.5', '1'),
    misalignment: fc.constantFrom('0', '4KiB'),
    flags: fc.constantFrom('', 'file'),
    seed,
  }),
  fc.constant({ kind: 'rows' as const, text: '0,4096,8,4\n12,4108,4,4\n30,9001,40,0' }),
  // Every second row is in a state that only the slow path copes with.
  fc.tuple(fc.constantFrom(...STATES), fc.constantFrom(...STATES)).map(([first, second]) => ({
    kind: 'rows' as const,
    text: [
      `0,4096,5,4,pte,`,
      `5,4101,6,4,pte,${first}`,
      `11,9001,7,0,pte,`,
      `18,20000,14,0,pte,${second}`,
      `32,8192,300,9,pte,${first}`,
      `512,16384,1024,9,pmd,${second}`,
    ].join('\n'),
  })),
);

function assigned(keys: readonly string[], values: readonly string[]): Record<string, string> {
  return Object.fromEntries(keys.map((key, index) => [key, values[index] ?? '']));
}

const policyWord = fc.constantFrom(...POLICY_KEYS).chain((key) => {
  const { values } = POLICIES[key];
  const words = 'least' in values ? ['1', '5', '31'] : Object.keys(values);
  return fc.constantFrom(...words).map((value) => ({ key, value }));
});

export const drawnStrategy: fc.Arbitrary<StrategyWords> = fc
  .tuple(
    fc.constantFrom(...PRESETS),
    fc.array(fc.nat(20), { maxLength: 3 }),
    fc.array(policyWord, { maxLength: 3 }),
  )
  .map(([preset, picks, policies]) => {
    const chosen = preset.parameters.slice(0, picks.length);
    const values = chosen.map((parameter, index) => {
      const pick = picks[index] ?? 0;
      return 'least' in parameter.values
        ? String(parameter.values.least + pick)
        : String(parameter.values[pick % parameter.values.length]);
    });
    return {
      id: preset.id,
      parameters: assigned(
        chosen.map(({ name }) => name),
        values,
      ),
      policies: Object.fromEntries(policies.map(({ key, value }) => [key, value])),
    };
  });

/** Only gup_test has pages of a call. */
function withoutIdleWords(question: Question): Question {
  return question.api === 'gup-test' ? question : { ...question, pagesPerCall: '' };
}

export const drawnQuestion: fc.Arbitrary<Question> = fc
  .record({
    layout: drawnLayout,
    api: fc.constantFrom('direct-io', 'gup-test', 'register', 'other'),
    operation: fc.constantFrom('read', 'write'),
    path: fc.constantFrom('async', 'sync'),
    caches: fc.constantFrom('hot', 'evicted', 'cold'),
    offset: fc.constantFrom('0', '512', '8KiB', '2MiB', '', 'x y'),
    length: fc.constantFrom('512', '64KiB', '128KiB', '1MiB', '-1'),
    pagesPerCall: fc.constantFrom('', '1', '7', '64'),
    strategy: drawnStrategy,
    beside: fc.option(drawnStrategy),
    costModel: fc.constantFrom('textbook', 'lpc-2024', 'none of these'),
    tracer: fc.constantFrom('off', 'function-graph'),
  })
  .map(withoutIdleWords);

/** Questions whose I/O mostly can be explained. */
export const goodQuestion: fc.Arbitrary<Question> = fc
  .record({
    layout: goodLayout,
    api: fc.constantFrom('direct-io', 'direct-io', 'direct-io', 'gup-test', 'register'),
    operation: fc.constantFrom('read', 'write'),
    path: fc.constantFrom('async', 'sync'),
    caches: fc.constantFrom('hot', 'evicted', 'cold'),
    offset: fc.constantFrom('0', '512', '8KiB', '32KiB'),
    length: fc.constantFrom('512', '32KiB', '128KiB', '1MiB', '3MiB'),
    pagesPerCall: fc.constantFrom('', '1', '7', '64'),
    strategy: drawnStrategy,
    beside: fc.option(drawnStrategy),
    costModel: fc.constantFrom('textbook', 'lpc-2024'),
    tracer: fc.constantFrom('off', 'function-graph'),
  })
  .map(withoutIdleWords);
