import { besideOptions, optionsFromQuestion, questionFromOptions } from './options.ts';
import type { Option } from './options.ts';
import type { Question, StrategyWords } from './question.ts';

/**
 * The arguments of the command line that explains the same I/O.
 *
 * @param strategy   The one of the two that is asked about.
 * @param showsTrace Prints function_graph text instead of the figures.
 */
export function wordsFromQuestion(
  question: Question,
  strategy: StrategyWords,
  showsTrace = false,
): readonly string[] {
  const options = optionsFromQuestion({ ...question, strategy, beside: null });
  const words = options.flatMap(({ name, value }) => [`--${name}`, value]);
  return ['explain', ...words, ...(showsTrace ? ['--trace'] : [])];
}

/** The arguments of the command line that prints the call chain of the same I/O, by both strategies. */
export function wordsOfChain(question: Question): readonly string[] {
  const options = [...optionsFromQuestion(question), ...besideOptions(question)];
  const words = options.flatMap(({ name, value }) => [`--${name}`, value]);
  return ['explain', ...words, '--chain'];
}

/** Options that take no value. */
const SWITCHES: readonly string[] = ['--trace', '--chain', '--json'];

/**
 * Reads a command line back, with or without what starts it: `folio-lab explain --layout …`. Both
 * `--name value` and `--name=value` are understood.
 *
 * @returns Null when it is no `explain` that names a layout.
 */
export function questionFromWords(words: readonly string[]): Question | null {
  const start = words.indexOf('explain');
  if (start < 0) return null;
  const options: Option[] = [];
  const rest = words.slice(start + 1);
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? '';
    if (!word.startsWith('--') || SWITCHES.includes(word)) continue;
    const equals = word.indexOf('=');
    if (equals > 0) {
      options.push({ name: word.slice(2, equals), value: word.slice(equals + 1) });
    } else {
      options.push({ name: word.slice(2), value: rest[at + 1] ?? '' });
      at += 1;
    }
  }
  return questionFromOptions(options);
}

const WORD = /(?:[^\s'"\\]+|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/gs;
const PIECE = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)/gs;

/** Splits a line as a POSIX shell would, without expanding anything. */
export function wordsFromLine(line: string): readonly string[] {
  const joined = line.replaceAll(/\\\r?\n/g, ' ');
  return (joined.match(WORD) ?? []).map((word) =>
    word.replaceAll(
      PIECE,
      (_whole, single?: string, double?: string, escaped?: string, plain?: string) =>
        single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? escaped ?? plain ?? '',
    ),
  );
}
