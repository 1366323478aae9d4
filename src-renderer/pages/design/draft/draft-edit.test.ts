import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMap, isNode, isScalar, Lexer, parse, parseDocument } from 'yaml';
import { applyEdits } from './draft-edit.ts';
import type { DraftEdit } from './draft-edit.ts';
import { entriesAt, listAt, valueAt } from './draft-path.ts';
import type { DraftPath } from './draft-path.ts';
import { apply, casesOf, commentedTexts, plain, value } from './testing/drawn-drafts.ts';

const NAMES = ['allocation-policies', 'lpc-2024-write-128k', 'real-layouts'];
const TEXTS = NAMES.map((name) =>
  readFileSync(new URL(`../../../../experiments/${name}.yaml`, import.meta.url), 'utf8'),
);
const commented = commentedTexts(TEXTS);
const cases = casesOf(commented);

function commentsOf(text: string): string[] {
  return [...new Lexer().lex(text)]
    .filter((token) => token.startsWith('#'))
    .map((token) => token.trim())
    .sort();
}

/** Lines that differ, as they are after the change. */
function changedLines(before: string, after: string): string[] {
  const known = new Set(before.split('\n'));
  return after.split('\n').filter((line) => !known.has(line));
}

/** The value with the part at a path taken out, to compare everything else. */
function without(root: unknown, path: DraftPath): unknown {
  const copy: unknown = structuredClone(root);
  const parent = valueAt(copy, path.slice(0, -1));
  const last = path.at(-1);
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (typeof parent === 'object' && parent !== null)
    Reflect.deleteProperty(parent, last ?? '');
  return copy;
}

/** Comments that are neither inside what stands at a path nor behind it on its last line. */
function commentsAround(text: string, path: DraftPath): string[] {
  const document = parseDocument(text);
  const node = document.getIn(path, true);
  const [valueStart, end] = isNode(node) && node.range ? node.range : [0, 0];
  const parent = document.getIn(path.slice(0, -1), true) ?? document.contents;
  const pair = isMap(parent)
    ? parent.items.find(({ key }) => String(key) === String(path.at(-1)))
    : undefined;
  const start = (isScalar(pair?.key) ? pair.key.range?.[0] : undefined) ?? valueStart;
  const content = text.slice(start, end).replace(/(\s|\n *#.*)+$/, '');
  const lineEnd = text.indexOf('\n', start + content.length);
  return commentsOf(`${text.slice(0, start)}\n${text.slice(lineEnd)}`);
}

describe('setting a value', () => {
  it('puts it at its path and leaves every other value, in its order', () => {
    fc.assert(
      fc.property(cases, ({ text, path, value: next }) => {
        const after: unknown = parse(apply(text, { kind: 'set', path, value: next }));

        expect(valueAt(after, path)).toEqual(next);
        expect(JSON.stringify(without(after, path))).toBe(
          JSON.stringify(without(parse(text), path)),
        );
      }),
    );
  });

  it('keeps every comment when a plain value takes the place of a plain value', () => {
    fc.assert(
      fc.property(cases, plain, ({ text, path }, next) => {
        fc.pre(typeof valueAt(parse(text), path) !== 'object');

        const after = apply(text, { kind: 'set', path, value: next });

        expect(commentsOf(after)).toEqual(expect.arrayContaining(commentsOf(text)));
      }),
    );
  });

  it('changes no character but those of a plain value', () => {
    const [text = ''] = TEXTS;

    const after = apply(text, { kind: 'set', path: ['workload', 'blockSize'], value: '64KiB' });

    expect(after).toBe(text.replace('blockSize: 128KiB\n', 'blockSize: 64KiB\n'));
  });

  it('quotes what would read as something else in a list on one line', () => {
    const text = 'strategies:\n  - { id: today, name: x } # first\n';

    const after = apply(text, { kind: 'set', path: ['strategies', 0, 'name'], value: 'a, b' });

    expect(after).toBe('strategies:\n  - { id: today, name: "a, b" } # first\n');
  });

  it('writes other top-level keys as they were, character by character', () => {
    const [text = ''] = TEXTS;

    const after = apply(text, {
      kind: 'insert',
      list: ['layouts'],
      index: 5,
      value: { name: 'x', uniform: { size: '2MiB', order: 3 } },
    });

    expect(changedLines(text, after)).toEqual([
      '  - name: x',
      '    uniform: { size: 2MiB, order: 3 }',
    ]);
  });

  it('gives a new key its usual place', () => {
    const text = 'schema: s\n# about the seed\nseed: 1 # one\n\n# about layouts\nlayouts: []\n';

    const after = apply(
      text,
      { kind: 'set', path: ['title'], value: 'A title' },
      { kind: 'set', path: ['replicates'], value: 3 },
    );

    expect(after).toBe(
      'schema: s\ntitle: A title\n# about the seed\nseed: 1 # one\nreplicates: 3\n\n# about layouts\nlayouts: []\n',
    );
  });

  it('writes the rows of a table below each other', () => {
    const after = apply('layouts:\n  - name: x\n', {
      kind: 'set',
      path: ['layouts', 0, 'extents'],
      value: [
        [0, 512, 3, 4, 'pte', 'anon'],
        [3, 4099, 1, 0, 'pte', 'anon|shared'],
      ],
    });

    expect(after).toBe(
      'layouts:\n  - name: x\n    extents:\n      - [0, 512, 3, 4, pte, anon]\n      - [3, 4099, 1, 0, pte, anon|shared]\n',
    );
    expect(
      apply(after, { kind: 'set', path: ['layouts', 0, 'extents', 1, 2], value: 2 }),
    ).toContain('- [3, 4099, 2, 0, pte, anon|shared]\n');
  });

  it('makes the maps on the way', () => {
    const after = apply('name: x\n', {
      kind: 'set',
      path: ['workload', 'device', 'parallelism'],
      value: 4,
    });

    expect(parse(after)).toEqual({ name: 'x', workload: { device: { parallelism: 4 } } });
  });
});

describe('removing', () => {
  it('takes out what stands at a path and nothing else', () => {
    fc.assert(
      fc.property(cases, ({ text, path }) => {
        const after = apply(text, { kind: 'remove', path });

        expect(JSON.stringify(parse(after) ?? {})).toBe(JSON.stringify(without(parse(text), path)));
      }),
    );
  });

  it('keeps the comments that are not inside what goes', () => {
    fc.assert(
      fc.property(cases, ({ text, path }) => {
        const after = apply(text, { kind: 'remove', path });

        expect(commentsOf(after)).toEqual(expect.arrayContaining(commentsAround(text, path)));
      }),
    );
  });

  it('hands a comment above what goes to what follows', () => {
    const text = [
      'expect:',
      '  # Memory',
      '  - text: a # inside',
      '  # Work',
      '  - text: b',
      'seed: 1 # the seed',
      '# the end',
      '',
    ].join('\n');

    expect(apply(text, { kind: 'remove', path: ['expect', 0] })).toBe(
      'expect:\n  # Memory\n  # Work\n  - text: b\nseed: 1 # the seed\n# the end\n',
    );
    expect(commentsOf(apply(text, { kind: 'remove', path: ['seed'] }))).toEqual(commentsOf(text));
    expect(commentsOf(apply(text, { kind: 'remove', path: ['expect', 1] }))).toEqual(
      commentsOf(text),
    );
  });
});

describe('lists', () => {
  const lists = ['layouts', 'strategies', 'expect'] as const;
  const listCases = fc.record({
    text: commented,
    key: fc.constantFrom(...lists),
    from: fc.nat({ max: 30 }),
    to: fc.nat({ max: 30 }),
    value,
  });

  it('insert, duplicate and move keep every comment and all other elements', () => {
    fc.assert(
      fc.property(
        listCases,
        fc.constantFrom('insert' as const, 'duplicate' as const, 'move' as const),
        ({ text, key, from, to, value: added }, kind) => {
          const before = listAt(parse(text), [key]);
          const index = from % before.length;
          const target = to % before.length;
          const edit: DraftEdit =
            kind === 'insert'
              ? { kind, list: [key], index, value: added }
              : kind === 'duplicate'
                ? { kind, list: [key], index }
                : { kind, list: [key], from: index, to: target };
          const expected = [...before];
          if (kind === 'insert') expected.splice(index, 0, added);
          else if (kind === 'duplicate') expected.splice(index + 1, 0, before[index]);
          else expected.splice(target, 0, ...expected.splice(index, 1));

          const after = apply(text, edit);

          expect(parse(after)).toEqual({ ...(parse(text) as object), [key]: expected });
          expect(commentsOf(after)).toEqual(expect.arrayContaining(commentsOf(text)));
        },
      ),
    );
  });

  it('moves the axes of a sweep with their comments', () => {
    const text = 'sweep:\n  # sizes\n  workload.blockSize: [4KiB]\n  tracer: [off] # both\n';

    const moved = apply(text, { kind: 'move', list: ['sweep'], from: 1, to: 0 });

    expect(entriesAt(parse(moved), ['sweep'])).toEqual([
      ['tracer', ['off']],
      ['workload.blockSize', ['4KiB']],
    ]);
    expect(commentsOf(moved)).toEqual(commentsOf(text));
  });
});

it('says so when a text cannot be read', () => {
  expect(applyEdits('a: [1', [{ kind: 'set', path: ['a'], value: 1 }])).toBeNull();
});

it('gives any text an answer', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), commented), fc.string(), (text, key) => {
      const after = applyEdits(text, [{ kind: 'set', path: [key], value: 1 }]);

      expect(after === null || valueAt(parse(after), [key]) === 1).toBe(true);
    }),
  );
});
