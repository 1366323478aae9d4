import { CALL_TRACE_SCHEMA, MOST_CALL_PATHS, MOST_NESTED_CALLS, TRACING_INFLATES } from '#contract';
import type { CallTraceDocument, CallTracePart, MeasuredProblem } from '#contract';
import { readGraphLine } from './graph-line.ts';
import type { GraphLine } from './graph-line.ts';
import { lineBatches, LINE_CHARACTERS_LIMIT } from './line-batches.ts';
import { ProblemList } from './problem-list.ts';
import type { TextChunks } from './read-csv-rows.ts';
import { RemarkList } from './remark-list.ts';
import { TraceRecorder } from './trace-recorder.ts';

/** A whole trace, or what is wrong with it and nothing else. */
export type CallTraceOutcome =
  | { readonly ok: true; readonly document: CallTraceDocument }
  | { readonly ok: false; readonly problems: readonly MeasuredProblem[] };

/** Lines before the first of the trace, such as the command that printed it. */
const MOST_LEADING_LINES = 50;
/** Lines of one comment; a comment that never ends would hide the rest of the trace. */
const MOST_COMMENT_LINES = 16;
const EMPTY =
  'no whole call of a function was found; allowed: the text of ftrace\'s function_graph, such as " 0)   0.110 us    |  name();"';

/** Reads line by line what function_graph printed. */
class FunctionGraphReader {
  readonly problems = new ProblemList();
  private readonly recorder = new TraceRecorder();
  private readonly assumptions = new RemarkList();
  private isReport = false;
  private firstLine = 0;
  private lastLine = 0;
  private leading: { line: number; found: string } | null = null;
  private commentLine = 0;

  take(text: string, line: number, isUnfinished: boolean): void {
    this.lastLine = line;
    if (this.commentLine > 0 && this.takeComment(text, line)) return;
    const read = readGraphLine(text);
    if (read.kind === 'unknown') this.takeUnknown(read.found, line, isUnfinished);
    else if (read.kind === 'open-note') this.commentLine = line;
    else this.record(read, line);
  }

  private record(read: GraphLine, line: number): void {
    const { recorder } = this;
    switch (read.kind) {
      case 'enter': {
        this.begin(read.isReport, line);
        const isTooDeep = recorder.stackOf(read).enter(read.name, read.module, read.depth);
        this.checkSize(isTooDeep, line);
        return;
      }
      case 'leaf':
        this.begin(read.isReport, line);
        recorder.stackOf(read).callLeaf(read.name, read.module, read.depth, read.ns);
        this.checkSize(false, line);
        return;
      case 'exit':
        this.begin(this.isReport, line);
        recorder.stackOf(read).exit(read.name, read.ns);
        this.checkSize(false, line);
        return;
      case 'switch':
        recorder.switchTask(read.cpu, read.from, read.to);
        return;
      case 'lost':
        recorder.loseEvents(read.cpu, read.events);
        return;
      case 'overrun':
        // The kernel counts overruns of a task as it goes on: the last figure has them all.
        recorder.overruns = Math.max(recorder.overruns, read.calls);
        return;
      case 'interrupt':
        if (read.isEntry) recorder.interrupts += 1;
        return;
      case 'note':
      case 'open-note':
      case 'unknown':
    }
  }

  private begin(isReport: boolean, line: number): void {
    if (isReport) this.isReport = true;
    if (this.firstLine === 0) this.firstLine = line;
  }

  /** A comment goes on to its end; returns whether this line is part of it. */
  private takeComment(text: string, line: number): boolean {
    if (line - this.commentLine > MOST_COMMENT_LINES) {
      this.problems.addLast(
        this.commentLine,
        'a comment begins here that does not end; allowed: /* up to */',
      );
      return true;
    }
    if (text.includes('*/')) this.commentLine = 0;
    return true;
  }

  private takeUnknown(found: string, line: number, isUnfinished: boolean): void {
    if (isUnfinished && this.firstLine > 0) {
      this.assumptions.add(line, 'The last line ends in the middle; it is left out.');
    } else if (this.firstLine === 0 && line <= MOST_LEADING_LINES) {
      this.leading ??= { line, found };
    } else {
      this.problems.add(line, found);
    }
  }

  private checkSize(isTooDeep: boolean, line: number): void {
    if (isTooDeep) {
      const found = `calls are nested more than ${MOST_NESTED_CALLS} deep; allowed: less`;
      this.problems.addLast(line, found);
    }
    if (this.recorder.totals.paths > MOST_CALL_PATHS) {
      const found = `there are more than ${MOST_CALL_PATHS} different paths of calls; allowed: fewer, such as those below one function (set_graph_function)`;
      this.problems.addLast(line, found);
    }
  }

  end(): CallTraceOutcome {
    if (this.problems.isEmpty && this.recorder.totals.calls === 0) {
      const { leading } = this;
      this.problems.add(leading?.line ?? Math.max(1, this.lastLine), leading?.found ?? EMPTY);
    }
    if (!this.problems.isEmpty) return { ok: false, problems: this.problems.list() };
    if (this.leading !== null) {
      const text = 'Lines before the first call are no part of the trace; they are left out.';
      this.assumptions.add(this.leading.line, text);
    }
    const part = this.recorder.end(this.firstLine, this.lastLine);
    const document: CallTraceDocument = {
      schema: CALL_TRACE_SCHEMA,
      kind: 'function-graph',
      format: this.isReport ? 'trace-cmd' : 'ftrace',
      parts: [part],
      assumptions: this.assumptions.list(),
      warnings: warningsOf(part).map((text) => ({ line: null, text })),
    };
    return { ok: true, document };
  }
}

function counted(count: number, one: string, several: string): string {
  return count === 1 ? `One ${one}` : `${count} ${several}`;
}

/** What a reader should know of a trace before believing it. */
export function warningsOf(part: CallTracePart): string[] {
  const { cutOffCalls, lostMarks, lostEvents, overruns, interrupts } = part;
  const warnings = [TRACING_INFLATES];
  if (cutOffCalls > 0) {
    const calls = counted(cutOffCalls, 'call is', 'calls are');
    warnings.push(
      `${calls} cut off: only the beginning or the end is in the trace. No other figure has them.`,
    );
  }
  if (lostMarks > 0) {
    const places = counted(lostMarks, 'place', 'places');
    warnings.push(
      `${places} of the trace lost events (${lostEvents === 0 ? 'their number is not known' : `${lostEvents} together`}): counts are too low.`,
    );
  }
  if (overruns > 0) {
    const calls = counted(overruns, 'call was', 'calls were');
    warnings.push(`${calls} nested too deeply for the kernel to follow: counts are too low.`);
  }
  if (interrupts > 0) {
    const times = counted(interrupts, 'interrupt', 'interrupts');
    warnings.push(`${times} came in the middle of calls: their time is part of the calls' total.`);
  }
  return warnings;
}

/**
 * Reads the text of ftrace's function_graph tracer, or what `trace-cmd report` prints of it. Adds calls
 * up while it reads, so that a trace may be larger than memory; nothing is kept of a file with a fault.
 *
 * @throws What the chunks throw, such as a file that cannot be read.
 * @source Linux 6.12 kernel/trace/trace_functions_graph.c; Documentation/trace/ftrace.rst.
 */
export async function readFunctionGraph(chunks: TextChunks): Promise<CallTraceOutcome> {
  const reader = new FunctionGraphReader();
  for await (const { firstLine, lines, isTooLong, isUnfinished } of lineBatches(chunks)) {
    for (const [index, text] of lines.entries()) {
      if (!reader.problems.isFull) reader.take(text, firstLine + index, isUnfinished);
    }
    if (isTooLong) {
      const found = `the line is longer than ${LINE_CHARACTERS_LIMIT} characters; allowed: shorter ones`;
      reader.problems.addLast(firstLine + lines.length, found);
    }
    if (reader.problems.isFull) break;
  }
  return reader.end();
}
