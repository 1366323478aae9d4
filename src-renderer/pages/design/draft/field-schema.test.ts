import { expect, it } from 'vitest';
import { fieldSchema, keysInOrder } from './field-schema.ts';

it('finds what the schema says about a field, wherever it is', () => {
  expect(fieldSchema(['workload', 'blockSize'])).toEqual({
    description: 'length of one I/O',
    initial: undefined,
    words: [],
    isNeeded: true,
  });
  expect(fieldSchema(['layouts', 3, 'uniform', 'leaf'])).toMatchObject({
    initial: 'pte',
    words: ['pte', 'pmd', 'pud'],
    isNeeded: false,
  });
  expect(fieldSchema(['workload', 'device', 'service', 'distribution']).words).toEqual([
    'constant',
    'exponential',
    'log-normal',
  ]);
  expect(fieldSchema(['sweep', 'tracer', 0]).words).toEqual(['off', 'function-graph']);
});

it('says nothing about what the schema does not know', () => {
  expect(fieldSchema(['nothing', 0, 'like', 'it'])).toEqual({
    description: '',
    initial: undefined,
    words: [],
    isNeeded: false,
  });
});

it('knows the usual order of keys', () => {
  expect(keysInOrder([]).slice(0, 3)).toEqual(['schema', 'name', 'title']);
  expect(keysInOrder(['layouts', 0])).toEqual([
    'name',
    'uniform',
    'mixed',
    'buddy',
    'extents',
    'file',
  ]);
  expect(keysInOrder(['nothing'])).toEqual([]);
});
