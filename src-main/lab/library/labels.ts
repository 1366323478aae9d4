import { LibraryError } from './library-error.ts';

/** Whether a list shows what was put away: `false` leaves it out, `true` shows nothing else. */
export type Visibility = boolean | 'any';

/** Tags as they are stored: trimmed, without blanks, each once, in the order given. */
export function tagsText(tags: readonly string[]): string {
  const trimmed = tags.map((tag) => tag.trim()).filter((tag) => tag !== '');
  return JSON.stringify([...new Set(trimmed)]);
}

/**
 * @param kind  What is named, for the sentence.
 * @throws {LibraryError} `bad-name` for a name that is blank.
 */
export function checkedName(name: string, kind = 'session'): string {
  const trimmed = name.trim();
  if (trimmed === '') {
    throw new LibraryError('bad-name', `A ${kind} needs a name with at least one character.`);
  }
  return trimmed;
}

/**
 * The one that was meant.
 *
 * @param found  What fits the text.
 * @param kind   What it is, for the sentence.
 * @returns Null when nothing fits.
 * @throws {LibraryError} `ambiguous` when several do.
 */
export function theOnly<Item extends { readonly id: string }>(
  found: readonly Item[],
  kind: string,
  text: string,
): Item | null {
  if (found.length > 1) {
    const ids = found.map(({ id }) => id).join(', ');
    throw new LibraryError(
      'ambiguous',
      `${text} names ${found.length} ${kind}s; give the id of one: ${ids}.`,
    );
  }
  return found[0] ?? null;
}
