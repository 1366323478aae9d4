import type { GupTestName, GupTestSettings } from '#contract';

const MEBIBYTE = 1_048_576;

/** Words that may stand before the program. */
const PREFIX = '(?:(?:sudo|time|env|nice|chrt|numactl|taskset|perf)\\s.{0,80}?)?';
const COMMAND = new RegExp(
  `^(?:running:?\\s+|.{0,120}?[$#%>]\\s+)?${PREFIX}(?:[^\\s$]{0,200}/)?(gup_test|gup_benchmark)(?:\\s(.*))?$`,
);

/** Where the shell takes over from the command. */
const SHELL_WORD = /(?:^|\s)(?:[|;&]+|\d?>{1,2}&?\d?)/;

/** Options of every version, and those that take a value. Source: gup_test.c, gup_benchmark.c. */
const VALUED = 'mrnFfj';
const FLAGS = 'abctTLUuwWSHpz';

/** A command line of gup_test as it was understood. */
export type GupTestCommand = {
  readonly settings: GupTestSettings;
  /** Sentences: what was assumed, and what was not understood. */
  readonly assumptions: readonly string[];
  readonly doubts: readonly string[];
};

type Draft = { -readonly [Key in keyof GupTestSettings]: GupTestSettings[Key] };

type Option = { readonly name: string; readonly value: string };

/** The program and its words, when a line is a command line of gup_test; shell prompts are left out. */
export function findGupTestCommand(line: string): { program: string; rest: string } | null {
  if (line.length > 4096 || !line.includes('gup_')) return null;
  const match = COMMAND.exec(line.trim());
  const program = match?.[1];
  if (program === undefined) return null;
  const words = match?.[2] ?? '';
  return { program, rest: words.slice(0, SHELL_WORD.exec(words)?.index ?? words.length).trim() };
}

/** Splits words into options as getopt() does: flags may be joined, a value may follow at once. */
function readOptions(words: readonly string[]): { options: Option[]; others: string[] } {
  const options: Option[] = [];
  const others: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!/^-[A-Za-z]/.test(word)) {
      others.push(word);
      continue;
    }
    for (let letter = 1; letter < word.length; letter += 1) {
      const name = word.charAt(letter);
      if (!VALUED.includes(name)) {
        options.push({ name, value: '' });
        continue;
      }
      const joined = word.slice(letter + 1);
      if (joined === '') at += 1;
      options.push({ name, value: joined === '' ? (words[at] ?? '') : joined });
      break;
    }
  }
  return { options, others };
}

/** What the letters that choose a test stand for. The last of them holds. */
function testOf(letter: string, program: string): GupTestName | undefined {
  const isOld = program === 'gup_benchmark';
  const tests: Readonly<Record<string, GupTestName>> = {
    u: 'GUP_FAST_BENCHMARK',
    U: isOld ? 'GUP_BENCHMARK' : 'GUP_BASIC_TEST',
    a: 'PIN_FAST_BENCHMARK',
    b: isOld ? 'PIN_BENCHMARK' : 'PIN_BASIC_TEST',
    L: 'PIN_LONGTERM_BENCHMARK',
    c: 'DUMP_USER_PAGES_TEST',
  };
  return Object.hasOwn(tests, letter) ? tests[letter] : undefined;
}

/** A whole number as atoi() and strtol() would read it; null where it is none or too large. */
function wholeNumber(text: string): number | null {
  if (!/^-?(?:0[xX][0-9a-fA-F]{1,8}|\d{1,9})$/.test(text)) return null;
  const isNegative = text.startsWith('-');
  const size = Number(isNegative ? text.slice(1) : text);
  return isNegative ? -size : size;
}

/** Sets what an option with a number says; returns what is wrong with it. */
function applyNumber(draft: Draft, { name, value }: Option): string | null {
  const number = wholeNumber(value);
  if (number === null || (number < 0 && name !== 'n')) {
    return `the value of -${name} is not a whole number: ${JSON.stringify(value.slice(0, 40))}`;
  }
  if (name === 'm') draft.bytes = number * MEBIBYTE;
  else if (name === 'r') draft.repeats = number;
  else if (name === 'j') draft.threads = number;
  else if (name === 'F') draft.gupFlags = number;
  else draft.pagesPerCall = number < 0 ? null : number;
  return null;
}

function applyFlag(draft: Draft, name: string): string | null {
  const test = testOf(name, draft.program);
  if (test !== undefined) draft.test = test;
  else if (name === 't') draft.hugePages = 'asked-for';
  else if (name === 'T') draft.hugePages = 'declined';
  else if (name === 'w') draft.isWrite = true;
  else if (name === 'W') draft.isWrite = false;
  else if (name === 'S') draft.isShared = true;
  else if (name === 'H') draft.isHugetlb = true;
  else if (name === 'z') draft.isTouchedByGup = true;
  else if (!FLAGS.includes(name)) return `-${name} is not an option of ${draft.program}`;
  return null;
}

function defaults(program: string): Draft {
  return {
    program: program === 'gup_benchmark' ? 'gup_benchmark' : 'gup_test',
    test: 'GUP_FAST_BENCHMARK',
    bytes: 128 * MEBIBYTE,
    pagesPerCall: 1,
    repeats: 1,
    threads: 1,
    hugePages: 'as-configured',
    isHugetlb: false,
    isShared: false,
    isWrite: program === 'gup_test',
    isTouchedByGup: false,
    gupFlags: 0,
    file: '/dev/zero',
  };
}

/**
 * Reads a command line of gup_test or its forerunner gup_benchmark. Later options win, as in getopt().
 *
 * @param rest  What follows the program's name.
 * @source Linux 6.12 tools/testing/selftests/mm/gup_test.c main(); Linux 5.10 gup_benchmark.c.
 */
export function readGupTestCommand(program: string, rest: string): GupTestCommand {
  const draft = defaults(program);
  const words = rest.split(/\s+/).filter((word) => word !== '');
  const { options, others } = readOptions(words);
  const doubts: string[] = [];
  for (const option of options) {
    if (option.name === 'f') draft.file = option.value.slice(0, 1000);
    else {
      const doubt = VALUED.includes(option.name)
        ? applyNumber(draft, option)
        : applyFlag(draft, option.name);
      if (doubt !== null) doubts.push(`${doubt}; it is left out.`);
    }
  }
  if (others.length > 0 && draft.test !== 'DUMP_USER_PAGES_TEST') {
    doubts.push(`${JSON.stringify(others.join(' ').slice(0, 60))} is no option; it is left out.`);
  }
  const assumptions =
    options.some(({ name }) => name === 'w' || name === 'W') || program === 'gup_benchmark'
      ? []
      : ['Neither -w nor -W is given: pages are taken for writing, the default since Linux 5.13.'];
  return { settings: draft, assumptions, doubts };
}
