import { BadInput } from './bad-input.ts';

/**
 * Reads `key=value` words of a repeatable option.
 *
 * @param option  The option they were given to, for the message.
 * @returns The values by key; of a repeated key the last.
 */
export function readAssignments(
  option: string,
  words: readonly string[] = [],
): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const word of words) {
    const equals = word.indexOf('=');
    if (equals < 1) {
      throw new BadInput(`${option}: found "${word}"; it takes key=value, such as entries=15`);
    }
    values[word.slice(0, equals).trim()] = word.slice(equals + 1).trim();
  }
  return values;
}

/** Collects the words of a repeatable option, in their order. */
export function collect(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word];
}
