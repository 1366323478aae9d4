import type { MeasuredProblem } from './measured-problem.ts';
import type { Remark } from './remark.ts';

/** The JSON inside a file that fio wrote. */
export type FioJson =
  | {
      readonly ok: true;
      readonly value: unknown;
      readonly json: string;
      /** How many lines of the file stand before it. */
      readonly linesBefore: number;
      /** What was left out or replaced. */
      readonly assumptions: readonly Remark[];
    }
  | { readonly ok: false; readonly problem: MeasuredProblem };

type Reading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly line: number | null; readonly reason: string };

function tryJson(text: string): Reading {
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch (error) {
    const message = error instanceof Error ? error.message : 'the parser gave up';
    const [, line] = /\(line (\d+) column \d+\)/.exec(message) ?? [];
    const reason = message.replace(/\s*(?:in JSON )?(?:at position|\(line) .*/s, '');
    return { ok: false, line: line === undefined ? null : Number(line), reason };
  }
}

/** A number that JSON has no word for, as fio prints it. */
const NO_NUMBER = /(:\s*)-?(?:nan|inf)(?=\s*[,}\n])/gi;

/** Where a line begins with this character. */
function linesBeginningWith(text: string, character: string): number[] {
  const places = text.startsWith(character) ? [0] : [];
  for (
    let at = text.indexOf(`\n${character}`);
    at !== -1;
    at = text.indexOf(`\n${character}`, at + 1)
  ) {
    places.push(at + 1);
  }
  return places;
}

function lineCount(text: string): number {
  return text.split('\n').length - 1;
}

/**
 * Finds the JSON in what fio wrote: notes may stand before it, and with `--status-interval` there are
 * several documents, of which the last one covers the whole run.
 */
export function findFioJson(text: string): FioJson {
  const begins = linesBeginningWith(text, '{');
  const first = begins[0];
  if (first === undefined) {
    const message = 'no line begins with {; allowed: what fio --output-format=json writes';
    return { ok: false, problem: { line: null, message } };
  }
  const assumptions: Remark[] = [];
  const assume = (text: string): void => void assumptions.push({ line: null, text });
  const end = text.lastIndexOf('}') + 1;
  const begin = begins.at(-1) ?? first;
  if (begins.length > 1) {
    assume(`The file has ${begins.length} reports of one run: the last one was read.`);
  }
  if (text.slice(0, first).trim() !== '') {
    assume('Text before the JSON was left out.');
  }
  let json = text.slice(begin, Math.max(end, begin));
  let reading = tryJson(json);
  if (!reading.ok && json.search(NO_NUMBER) !== -1) {
    json = json.replace(NO_NUMBER, '$1null');
    reading = tryJson(json);
    if (reading.ok) assume('Figures that fio gives as nan or inf were left out.');
  }
  const linesBefore = lineCount(text.slice(0, begin));
  if (reading.ok) return { ok: true, value: reading.value, json, linesBefore, assumptions };
  const line = reading.line === null ? null : reading.line + linesBefore;
  return { ok: false, problem: { line, message: `not readable as JSON: ${reading.reason}` } };
}
