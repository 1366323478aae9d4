import { GUP_TEST_SCHEMA, GUP_TESTS } from '#contract';
import type {
  GupTestDocument,
  GupTestGroup,
  GupTestName,
  GupTestResult,
  MeasuredProblem,
} from '#contract';
import { findGupTestCommand, readGupTestCommand } from './gup-test-command.ts';
import { lineBatches, LINE_CHARACTERS_LIMIT } from './line-batches.ts';
import { ProblemList, quotedText } from './problem-list.ts';
import type { TextChunks } from './read-csv-rows.ts';
import { RemarkList } from './remark-list.ts';

/** The most results of one file. */
const MOST_RESULTS = 100_000;

/** All results of a file, or what is wrong with it and nothing else. */
export type GupTestOutcome =
  | { readonly ok: true; readonly document: GupTestDocument }
  | { readonly ok: false; readonly problems: readonly MeasuredProblem[] };

/** The old program prints no name; the new one prints `# ` before what is left of a line. */
const RESULT =
  /^(?:([A-Z_]{1,40}):\s*)?Time:\s*get:\s*(\d{1,15})\s+put:\s*(\d{1,15})\s*us[\s#]*(?:,\s*truncated\s*\(size:\s*(\d{1,15})\))?[\s#]*$/;
const DONE = /^([A-Z_]{1,40}):\s*done$/;
const MALFORMED = /Time:|\b(?:get|put):/;
const EXPECTED =
  'allowed: lines such as "PIN_FAST_BENCHMARK: Time: get:1234 put:567 us", and the gup_test command before them';

/** What the test harness and shells print around results. */
const AROUND = [
  /^$/,
  /^TAP version \d+$/,
  /^\d+\.\.\d+/,
  /^ok \d+/,
  /^Totals: /,
  /^-+$/,
  /^\[PASS\]/,
  /^Truncated \(size: \d+\)$/,
  /^(?:real|user|sys)\s+\d/,
];
const FAILED = /^(?:not ok \d+|\[FAIL\]|ok \d+ .*# SKIP)/i;

type OpenGroup = {
  -readonly [Key in Exclude<keyof GupTestGroup, 'results' | 'untimed'>]: GupTestGroup[Key];
} & { results: GupTestResult[]; untimed: { line: number; test: GupTestName }[] };

function isTest(name: string): name is GupTestName {
  return GUP_TESTS.some((test) => test === name);
}

/** Reads line by line what gup_test printed. */
class GupTestReader {
  readonly problems = new ProblemList();
  private readonly groups: OpenGroup[] = [];
  private readonly assumptions = new RemarkList();
  private readonly warnings = new RemarkList();
  private results = 0;
  private lastLine = 0;
  private readonly defaultCommand: string | null;

  constructor(command: string | null) {
    this.defaultCommand = command;
  }

  take(text: string, line: number): void {
    this.lastLine = line;
    const plain = text.replace(/^(?:#\s?)+/, '').trim();
    // No result is that long, and the pattern takes its time over what is no result.
    const result = plain.length <= 512 ? RESULT.exec(plain) : null;
    if (result !== null) {
      this.takeResult(result, line);
      return;
    }
    const done = DONE.exec(plain);
    if (done?.[1] !== undefined && isTest(done[1])) {
      this.group().untimed.push({ line, test: done[1] });
      return;
    }
    if (MALFORMED.test(plain)) {
      this.problems.add(line, `found ${quotedText(plain)}; ${EXPECTED}`);
      return;
    }
    this.takeAround(text, plain, line);
  }

  private takeAround(text: string, plain: string, line: number): void {
    if (FAILED.test(plain)) {
      this.warnings.add(line, `A test was not passed: ${quotedText(plain)}.`);
      return;
    }
    if (AROUND.some((pattern) => pattern.test(plain))) return;
    const command = findGupTestCommand(text) ?? findGupTestCommand(plain);
    if (command === null) this.warnings.add(line, `Not read: ${quotedText(plain)}.`);
    else this.openGroup(`${command.program} ${command.rest}`.trim(), line);
  }

  private takeResult(match: RegExpExecArray, line: number): void {
    const [, name, get = '', put = '', size] = match;
    if (name !== undefined && !isTest(name)) {
      this.problems.add(
        line,
        `found the test ${quotedText(name)}; allowed: ${GUP_TESTS.join(', ')}`,
      );
      return;
    }
    this.results += 1;
    if (this.results > MOST_RESULTS) {
      this.problems.addLast(line, `there are more than ${MOST_RESULTS} results; allowed: fewer`);
      return;
    }
    const group = this.group();
    const asked = group.settings?.bytes ?? null;
    group.results.push({
      line,
      test: name ?? group.settings?.test ?? null,
      getMicroseconds: Number(get),
      putMicroseconds: Number(put),
      bytes: size === undefined ? asked : Number(size),
      isTruncated: size !== undefined,
    });
  }

  private group(): OpenGroup {
    const open = this.groups.at(-1);
    if (open !== undefined) return open;
    return this.openGroup(this.defaultCommand, null);
  }

  private openGroup(command: string | null, line: number | null): OpenGroup {
    const group: OpenGroup = {
      command,
      commandLine: line,
      settings: null,
      results: [],
      untimed: [],
    };
    const found = command === null ? null : findGupTestCommand(command);
    if (found !== null) {
      const { settings, assumptions, doubts } = readGupTestCommand(found.program, found.rest);
      group.settings = settings;
      for (const text of assumptions) this.assumptions.add(line, text);
      for (const text of doubts) this.warnings.add(line, `In the command line, ${text}`);
    }
    this.groups.push(group);
    return group;
  }

  end(): GupTestOutcome {
    const groups = this.groups.filter(
      ({ results, untimed }) => results.length > 0 || untimed.length > 0,
    );
    if (groups.length === 0 && this.problems.isEmpty) {
      this.problems.add(Math.max(1, this.lastLine), `no result of gup_test was found; ${EXPECTED}`);
    }
    if (!this.problems.isEmpty) return { ok: false, problems: this.problems.list() };
    this.remarkOn(groups);
    const document: GupTestDocument = {
      schema: GUP_TEST_SCHEMA,
      kind: 'gup-test',
      groups,
      assumptions: this.assumptions.list(),
      warnings: this.warnings.list(),
    };
    return { ok: true, document };
  }

  private remarkOn(groups: readonly OpenGroup[]): void {
    for (const { settings, results, commandLine } of groups) {
      const first = results[0];
      if (first === undefined) continue;
      if (settings === null) {
        const text = 'No command line says how much memory was taken; there are no times per page.';
        this.assumptions.add(first.line, text);
        continue;
      }
      const other = results.find(({ test }) => test !== settings.test);
      if (other !== undefined) {
        const text = `The result is of ${other.test}, the command line asks for ${settings.test}.`;
        this.warnings.add(other.line, text);
      }
      const expected = settings.repeats * settings.threads;
      if (results.length !== expected) {
        const made = `${expected} ${expected === 1 ? 'result' : 'results'}`;
        const there = `${results.length} ${results.length === 1 ? 'is' : 'are'}`;
        const text = `The command line makes ${made}, ${there} there.`;
        this.warnings.add(commandLine ?? first.line, text);
      }
    }
  }
}

/**
 * Reads what gup_test or gup_benchmark printed, with the command lines among it. Keeps the results
 * and nothing else; nothing is kept of a file with a fault.
 *
 * @param command  The command line of results that have none in the text.
 * @throws What the chunks throw, such as a file that cannot be read.
 * @source Linux 6.12 tools/testing/selftests/mm/gup_test.c gup_thread(); Linux 5.10 gup_benchmark.c.
 */
export async function readGupTest(
  chunks: TextChunks,
  command: string | null = null,
): Promise<GupTestOutcome> {
  const reader = new GupTestReader(command);
  if (command !== null && findGupTestCommand(command) === null) {
    const found = `found the command ${quotedText(command)}; allowed: gup_test or gup_benchmark`;
    reader.problems.addLast(null, found);
  }
  for await (const { firstLine, lines, isTooLong } of lineBatches(chunks)) {
    for (const [index, text] of lines.entries()) {
      if (!reader.problems.isFull) reader.take(text, firstLine + index);
    }
    if (isTooLong) {
      const found = `the line is longer than ${LINE_CHARACTERS_LIMIT} characters; ${EXPECTED}`;
      reader.problems.addLast(firstLine + lines.length, found);
    }
    if (reader.problems.isFull) break;
  }
  return reader.end();
}
