import { LIBRARY_COMMANDS } from '#contract';
import type { LabDescription } from '#contract';

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** A word as a POSIX shell reads it back unchanged. */
export function shellWord(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * A line for a terminal.
 *
 * @param command  What starts the command line, taken as it stands: `folio-lab`.
 * @param words    Its arguments, quoted where a shell needs it.
 */
export function commandLine(command: string, words: readonly string[]): string {
  return [command, ...words.map(shellWord)].join(' ');
}

type CommandSource = Pick<LabDescription, 'command' | 'libraryWords'>;

/**
 * The line that does the same in a terminal as the window does.
 *
 * @param lab    Null before it is known.
 * @param words  A command and its arguments; the library is added where the command works on one.
 */
export function sameAsCommand(lab: CommandSource | null, words: readonly string[]): string {
  const { command, libraryWords } = lab ?? { command: 'folio-lab', libraryWords: [] };
  const takesLibrary = LIBRARY_COMMANDS.some((name) => name === words[0]);
  return commandLine(command, takesLibrary ? [...words, ...libraryWords] : words);
}
