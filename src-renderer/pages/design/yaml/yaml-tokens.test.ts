import fc from 'fast-check';
import { expect, it } from 'vitest';
import { yamlLines } from './yaml-tokens.ts';

it('loses no character', () => {
  const piece = fc.constantFrom(
    'key:',
    ' ',
    '# c',
    '"q"',
    "'it''s'",
    '4KiB',
    '{',
    ',',
    '[',
    'word',
    '-1.5',
    '%',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(piece).map((parts) => parts.join('')),
        fc.array(piece).map((parts) => parts.join('\n')),
      ),
      (line) => {
        const lines = yamlLines(line).map((tokens) => tokens.map(({ text }) => text).join(''));

        expect(lines.join('\n')).toBe(line);
      },
    ),
  );
});

it.each([
  [
    '  blockSize: 128KiB # each',
    [
      ['blockSize', 'key'],
      ['128KiB', 'figure'],
      ['# each', 'comment'],
    ],
  ],
  [
    '  - { id: today, name: "a # b" }',
    [
      ['id', 'key'],
      ['name', 'key'],
      ['"a # b"', 'quoted'],
    ],
  ],
  [
    '  workload.blockSize: [4KiB, 16KiB]',
    [
      ['workload.blockSize', 'key'],
      ['4KiB', 'figure'],
      ['16KiB', 'figure'],
    ],
  ],
  ['title: 128 KiB on 4 KiB pages, 31 entries', [['title', 'key']]],
  [
    '  - 31 # a folio_batch',
    [
      ['31', 'figure'],
      ['# a folio_batch', 'comment'],
    ],
  ],
  [
    "  tracer: ['off', function-graph]",
    [
      ['tracer', 'key'],
      ["'off'", 'quoted'],
    ],
  ],
])('colours %s', (line, expected) => {
  const coloured = yamlLines(line)
    .flat()
    .filter(({ kind }) => kind !== 'plain');

  expect(coloured.map(({ text, kind }) => [text, kind])).toEqual(expected);
});

it('leaves texts over several lines without colours', () => {
  const lines = yamlLines('question: >-\n  Is it 4 KiB: or not?\n\n  # no comment\nseed: 1');

  expect(lines.map((tokens) => tokens.map(({ kind }) => kind))).toEqual([
    ['key', 'plain'],
    ['plain'],
    ['plain'],
    ['plain'],
    ['key', 'plain', 'figure'],
  ]);
});
