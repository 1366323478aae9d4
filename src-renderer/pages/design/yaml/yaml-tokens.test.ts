import fc from 'fast-check';
import { expect, it } from 'vitest';
import { yamlTokens } from './yaml-tokens.ts';

it('loses no character of a line', () => {
  const piece = fc.constantFrom('key:', ' ', '# c', '"q"', "'it''s'", '4KiB', '{', ',', '[', 'word', '-1.5', '%');
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.array(piece).map((parts) => parts.join(''))), (line) => {
      expect(yamlTokens(line).map(({ text }) => text).join('')).toBe(line);
    }),
  );
});

it.each([
  ['  blockSize: 128KiB # each', [['blockSize', 'key'], ['128KiB', 'figure'], ['# each', 'comment']]],
  ['  - { id: today, name: "a # b" }', [['id', 'key'], ['name', 'key'], ['"a # b"', 'quoted']]],
  ['  workload.blockSize: [4KiB, 16KiB]', [['workload.blockSize', 'key'], ['4KiB', 'figure'], ['16KiB', 'figure']]],
  ["  tracer: ['off', function-graph]", [['tracer', 'key'], ["'off'", 'quoted']]],
])('colours %s', (line, expected) => {
  const coloured = yamlTokens(line).filter(({ kind }) => kind !== 'plain');

  expect(coloured.map(({ text, kind }) => [text, kind])).toEqual(expected);
});
