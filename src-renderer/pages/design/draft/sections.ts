import { isMap, isScalar } from 'yaml';
import type { Document } from 'yaml';

/** The part of a text that one top-level key and its value take up. */
export type Section = {
  readonly key: string;
  /** Offset of the key, at the start of its line. */
  readonly start: number;
  /** Offset after the last line of the value. Blank lines and comments that follow are nobody's. */
  readonly end: number;
};

/** What only makes sense in the text as a whole: directives, document markers, anchors, aliases. */
const WHOLE_ONLY = /^(?:---|\.\.\.|%)|[:\-,[{]\s+[&*]\w/m;

function endOfContent(text: string, start: number, next: number): number {
  let end = next;
  for (;;) {
    const lineStart = text.lastIndexOf('\n', end - 2) + 1;
    if (lineStart <= start || !/^(?:#.*|\s*)$/.test(text.slice(lineStart, end).trimEnd()))
      return end;
    end = lineStart;
  }
}

/**
 * Splits a text into its top-level keys, so that an edit of one leaves the others as they are typed.
 *
 * @returns Null for a text that cannot be split: it is no map of keys on lines of their own.
 */
export function sectionsOf(text: string, document: Document.Parsed): readonly Section[] | null {
  const { contents } = document;
  if (!isMap(contents) || contents.flow === true || WHOLE_ONLY.test(text)) return null;
  const starts: { readonly key: string; readonly start: number }[] = [];
  for (const { key } of contents.items) {
    if (!isScalar(key)) return null;
    const [start] = key.range;
    if (start > 0 && text[start - 1] !== '\n') return null;
    starts.push({ key: String(key.value), start });
  }
  return starts.map(({ key, start }, index) => {
    const next = starts[index + 1]?.start ?? text.length;
    return { key, start, end: endOfContent(text, start, next) };
  });
}
