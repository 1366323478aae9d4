import fc from 'fast-check';
import { parse } from 'yaml';
import { applyEdits } from '../draft-edit.ts';
import type { DraftEdit } from '../draft-edit.ts';
import { valueAt } from '../draft-path.ts';
import type { DraftPath } from '../draft-path.ts';

/** @throws {Error} for a text that is no YAML. */
export function apply(text: string, ...edits: readonly DraftEdit[]): string {
  const changed = applyEdits(text, edits);
  if (changed === null) throw new Error('the text cannot be read');
  return changed;
}

/** The texts with comments above and behind their lines, wherever a comment can stand. */
export const commentedTexts = (texts: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...texts), fc.array(fc.nat({ max: 400 }), { maxLength: 12 }))
    .map(([text, places]) => {
      let scalarIndent = -1;
      let number = 0;
      return text
        .split('\n')
        .flatMap((line, index) => {
          const indent = line.search(/\S/);
          if (scalarIndent >= 0 && (indent < 0 || indent > scalarIndent)) return [line];
          scalarIndent = line.endsWith('>-') ? indent : -1;
          const isPlace = places.includes(index) && /^ *(?:- )?[\w.]+:/.test(line);
          if (!isPlace || line.endsWith('>-')) return [line];
          number += 1;
          const comment = `# comment ${number}`;
          return index % 2 === 0
            ? [`${' '.repeat(indent)}${comment}`, line]
            : [`${line} ${comment}`];
        })
        .join('\n');
    });

/** Every path of a value, deepest last. */
function pathsOf(value: unknown, path: DraftPath = []): DraftPath[] {
  if (typeof value !== 'object' || value === null) return [path];
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return [path, ...keys.flatMap((key) => pathsOf(valueAt(value, [key]), [...path, key]))];
}

/** What a field can write: words, figures, and texts that YAML has to quote. */
export const plain = fc.oneof(
  fc.integer({ min: 0, max: 1_000_000 }),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.boolean(),
  fc.constantFrom(
    '4KiB',
    'off',
    'a # b',
    'a: b',
    '',
    '- a',
    "it's",
    '{a}',
    'x, y',
    'ü',
    'two words',
  ),
  fc.string(),
);
export const value = fc.oneof(
  plain,
  fc.array(plain, { maxLength: 4 }),
  fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), plain, { maxKeys: 3 }),
);

/** A text, a path in it, and a value to put there. */
type Case = { readonly text: string; readonly path: DraftPath; readonly value: unknown };
export const casesOf = (texts: fc.Arbitrary<string>): fc.Arbitrary<Case> =>
  texts.chain((text) => {
    const paths = pathsOf(parse(text)).filter((path) => path.length > 0);
    return fc.record({ text: fc.constant(text), path: fc.constantFrom(...paths), value });
  });
