import { z } from 'zod';
import { describeValue } from './problem.ts';
import { suggestNames } from './nearest-name.ts';

/** Every sentence about a list of unknown keys stands on its own line, in the order of the keys. */
export const SENTENCE_BREAK = '\n';

type ErrorOption = { readonly error: (issue: z.core.$ZodRawIssue) => string };

/**
 * Makes a schema say what it allows instead of what its type is called.
 *
 * @param allowed  Words that finish the sentence "allowed: …".
 */
export function allowing(allowed: string): ErrorOption {
  return {
    error: (issue) =>
      issue.input === undefined
        ? `is missing; it takes ${allowed}`
        : `found ${describeValue(issue.input)}; allowed: ${allowed}`,
  };
}

/** A map with these keys and no others; an unknown key is answered with the nearest known one. */
export function closedMap<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys') {
        const sentences = issue.keys.map((key) => `unknown key; ${suggestNames(key, known)}`);
        return sentences.join(SENTENCE_BREAK);
      }
      return allowing(`a map with the keys ${known.join(', ')}`).error(issue);
    },
  });
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, allowing(words.join(', ')));
}

/** A whole number within bounds, both included. */
export function wholeNumber(least: number, most: number) {
  const option = allowing(`a whole number from ${least} to ${most}`);
  return z.int(option).min(least, option).max(most, option);
}

/** A number within bounds, both included. */
export function numberBetween(least: number, most: number, unit = '') {
  const option = allowing(`a number from ${least} to ${most}${unit}`);
  return z.number(option).min(least, option).max(most, option);
}

/** Text of at least one character. */
export function textLine(meaning: string) {
  const option = allowing(meaning);
  return z.string(option).min(1, option).max(20_000, option).describe(meaning);
}

/** A list of at least one element. */
export function listOf<Element extends z.core.SomeType>(element: Element, meaning: string) {
  const option = allowing(meaning);
  return z.array(element, option).min(1, option);
}

/** What a union found wrong with its last or its first alternative, whichever the value looks like. */
function sentenceOfAlternative(issue: z.core.$ZodRawIssue): string {
  if (issue.code !== 'invalid_union') return allowing('one value or a list').error(issue);
  const alternative = Array.isArray(issue.input) ? issue.errors.at(0) : issue.errors.at(-1);
  return alternative?.at(0)?.message ?? allowing('one value or a list').error(issue);
}

/** One value or a list of at least one; always a list once read. */
export function oneOrMore<Element extends z.ZodType>(element: Element) {
  const list = z.array(element).min(1, allowing('at least one value'));
  return z
    .union([list, element], { error: sentenceOfAlternative })
    .transform((value): z.output<Element>[] => (Array.isArray(value) ? value : [value]));
}
