import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** What a start of the application was asked for. */
export type CommandWords = {
  /** The library to open; null for the usual one. */
  readonly library: string | null;
  /** Files to open: sessions and experiments. */
  readonly files: readonly string[];
};

const OPENED = /\.(foliolab|yaml|yml)$/i;
const LIBRARY = '--library=';

/**
 * Reads the words of a command line, those that Chromium put there included.
 *
 * @param words   All of them: the program, switches of others, and what is meant for us.
 * @param folder  To which relative paths are relative.
 */
export function readCommandWords(words: readonly string[], folder: string): CommandWords {
  const library = words.findLast((word) => word.startsWith(LIBRARY));
  const files = words
    .slice(1)
    .filter((word) => !word.startsWith('-') && OPENED.test(word))
    .map((word) => resolve(folder, word))
    .filter((path) => existsSync(path));
  return {
    library: library === undefined ? null : resolve(folder, library.slice(LIBRARY.length)),
    files,
  };
}
