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
