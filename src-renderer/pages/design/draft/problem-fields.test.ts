import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  countWithin,
  fieldOfProblem,
  isWithin,
  problemsByField,
  sentenceFromProblem,
} from './problem-fields.ts';

const FIELDS = new Set([
  '',
  'workload',
  'workload.blockSize',
  'layouts[1]',
  'layouts[1].uniform.order',
  'layouts[10]',
  'sweep.workload.blockSize',
  'strategies[0].policies',
]);

it.each([
  ['workload.blockSize', 'workload.blockSize'],
  ['workload.blokSize', 'workload'],
  ['layouts[1].uniform.order', 'layouts[1].uniform.order'],
  ['layouts[1].uniform.size', 'layouts[1]'],
  ['layouts[10].name', 'layouts[10]'],
  ['layouts[2].name', ''],
  ['sweep.workload.blockSize[3]', 'sweep.workload.blockSize'],
  ['strategies[0].policies.add', 'strategies[0].policies'],
  ['workloads', ''],
  ['', ''],
])('marks a problem at %s where the reader finds it', (key, field) => {
  expect(fieldOfProblem(key, FIELDS)).toBe(field);
});

it('marks every problem exactly once', () => {
  const key = fc.constantFrom(
    ...FIELDS,
    'layouts[1].mixed.weights[2].order',
    'expect[3].of',
    'seed',
  );
  fc.assert(
    fc.property(fc.array(key), (keys) => {
      const problems = keys.map((one) => ({ file: 'draft', line: 1, key: one, message: 'wrong' }));

      const marked = [...problemsByField(problems, FIELDS).entries()];

      expect(marked.flatMap(([, found]) => found)).toHaveLength(problems.length);
      expect(marked.every(([field, found]) => found.every((one) => isWithin(one.key, field)))).toBe(
        true,
      );
    }),
  );
});

it('counts the problems of a part that is folded away', () => {
  const problems = ['layouts[1].name', 'layouts[1]', 'layouts[10].name', 'seed'].map((key) => ({
    file: 'draft',
    line: null,
    key,
    message: 'wrong',
  }));

  expect(countWithin(problems, 'layouts[1]')).toBe(2);
  expect(countWithin(problems, 'layouts')).toBe(3);
});

it.each([
  ['found 0; allowed: 1', 'Found 0; allowed: 1'],
  ['is missing; it takes a name', 'Missing; it takes a name'],
  ['va_page 2 overlaps the row before it', 'va_page 2 overlaps the row before it'],
  ['memory=overlay needs an add policy', 'memory=overlay needs an add policy'],
  ['today: a result needs a grab', 'today: a result needs a grab'],
])('makes a sentence of %j and leaves names as they are written', (message, sentence) => {
  expect(sentenceFromProblem({ message })).toBe(sentence);
});
