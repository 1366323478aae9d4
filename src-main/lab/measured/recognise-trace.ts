import { findGupTestCommand } from './gup-test-command.ts';
import { readGraphLine } from './graph-line.ts';
import { isRepeatMark } from './listing-lines.ts';

/** What a text is that one of the readers for traces and tests takes. */
export type TraceTextKind = 'gup-test' | 'function-graph' | 'talk-listing';

const GUP_TEST_LINE = /\bTime:\s*get:\s*\d+\s+put:\s*\d+\s*us|\b(?:GUP|PIN)_[A-Z_]{1,30}:/;
const GRAPH_HEADER = /^# tracer: function_graph\b/;
const SHORTENED_LINE = /^\s*\d{1,5}\)\s*[^|]*\|\s*[\w ]{1,200}\(\)\s*[;{]\s*$/;

function isCall(line: string): boolean {
  const { kind } = readGraphLine(line);
  return kind === 'leaf' || kind === 'enter' || kind === 'exit';
}

/**
 * Tells from the beginning of a text which reader takes it; null where none does.
 *
 * @param head  At least as much as holds the first calls or results; whole lines are not needed.
 */
export function recogniseTrace(head: string): TraceTextKind | null {
  const lines = head.split(/\r?\n/, 5000).filter((line) => line.length < 4096);
  if (lines.some((line) => GRAPH_HEADER.test(line)) && !lines.some(isRepeatMark)) {
    return 'function-graph';
  }
  if (lines.some(isRepeatMark) && lines.some((line) => SHORTENED_LINE.test(line))) {
    return 'talk-listing';
  }
  if (lines.some((line) => GUP_TEST_LINE.test(line))) return 'gup-test';
  if (lines.some(isCall)) return 'function-graph';
  return lines.some((line) => findGupTestCommand(line) !== null) ? 'gup-test' : null;
}
