import { quotedText } from './problem-list.ts';

/** The task a line belongs to, as ftrace names it. */
export type TraceTask = { readonly name: string; readonly pid: number };

/** Where a line belongs. */
export type LinePlace = {
  /** Null where the text has no CPU column. */
  readonly cpu: number | null;
  /** Null where the text has no task column. */
  readonly task: TraceTask | null;
};

type CalledFunction = { readonly name: string; readonly module: string | null };

/** What a line of a function_graph text says. */
export type GraphLine =
  | (LinePlace &
      CalledFunction & {
        readonly kind: 'enter';
        readonly depth: number;
        readonly isReport: boolean;
      })
  | (LinePlace &
      CalledFunction & {
        readonly kind: 'leaf';
        readonly depth: number;
        readonly ns: number;
        readonly isReport: boolean;
      })
  /** `name` is null where the brace stands alone. */
  | (LinePlace & { readonly kind: 'exit'; readonly name: string | null; readonly ns: number })
  | {
      readonly kind: 'switch';
      readonly cpu: number | null;
      readonly from: TraceTask;
      readonly to: TraceTask;
    }
  /** `events` is null where the text does not say how many. */
  | { readonly kind: 'lost'; readonly cpu: number; readonly events: number | null }
  | { readonly kind: 'overrun'; readonly calls: number }
  | { readonly kind: 'interrupt'; readonly isEntry: boolean }
  | { readonly kind: 'note' }
  /** A comment that goes on in the next line. */
  | { readonly kind: 'open-note' }
  /** Not of function_graph; `found` says what is wrong with it. */
  | { readonly kind: 'unknown'; readonly found: string };

const ABSOLUTE_TIME = /^\s*\d{1,12}\.\d{6} \|\s{0,2}/;
const RELATIVE_TIME = /^\s*\d{1,15} us \|\s{0,2}(?=\s*\d{1,5}\))/;
const CPU = /^\s*(?:\|\s)?(\d{1,5})\) ?/;
const TASK = /^\s*([^|]{1,16}?)-(\d{1,10})\s*\|\s/;
const LATENCY_FLAGS = /^\s*[.\w#]{4,9} \|\s/;
const REPORT =
  /^\s*(\S.{0,30}?)-(\d{1,10})\s+(?:\([-\d\s]+\)\s+)?\[(\d{1,5})\]\s+(?:[.\w#]{4,9}\s+)?\d{1,12}\.\d{3,9}:\s+(\w{1,64}):\s*(.*)$/;
// No two stretches of spaces follow each other in these patterns: a long line of spaces would take hours.
const DURATION = /^(?:\s*[+!#*@$])?\s*(?:(\d{1,12})(?:\.(\d{1,3}))? us\s*)?\|(.*)$/;
const INTERRUPT = /^(=+>|<=+)(?:\s*\|)?$/;
const SWITCH = /^\s*([^|]{1,16}?)-(\d{1,10})\s+=>\s+([^|]{1,16}?)-(\d{1,10})\s*$/;
const LOST = /^CPU:(\d{1,5}) \[(?:LOST (\d{1,15}) EVENTS|(?:(\d{1,15}) )?EVENTS DROPPED)\]$/;
const OVERRUNS = /^\s*\(Overruns: (\d{1,15})\)$/;
/** Blank lines, headings, rules, stack dumps, and what trace-cmd prints first. */
const NOTE =
  /^(?:\s*|#.*|\s*-{10,}|\s*=> .*|\s*<stack trace>|cpus=\d+|version = \d+|CPU \d+ is empty|trace\.dat.*)$/;
const CALL = /^([^\s(){};]{1,512})(?: \[([^\]]{1,128})\])?\s?\(.*\)\s*(;|\{)\s*(?:\/\*.*)?$/;
const EXIT = /^\}\s*(?:;\s*)?(?:\/\* ([^\s*]{1,512}).*)?$/;

const EXPECTED =
  'allowed: lines of function_graph such as " 0)   0.110 us    |  name();", " 0)               |  name() {" and " 0) + 20.631 us   |  }"';

function unknown(text: string): GraphLine {
  return { kind: 'unknown', found: `found ${quotedText(text)}; ${EXPECTED}` };
}

/** Whole nanoseconds of a duration in microseconds with up to three decimals. */
function nsFromMicroseconds(whole: string, decimals: string | undefined): number {
  return Number(whole) * 1000 + Number((decimals ?? '').padEnd(3, '0'));
}

function note(text: string): GraphLine {
  return text.includes('*/') ? { kind: 'note' } : { kind: 'open-note' };
}

/** Reads what stands right of the duration column. */
function readBody(text: string, ns: number | null, place: LinePlace, isReport: boolean): GraphLine {
  const body = text.trim();
  if (body.startsWith('/*')) return note(body);
  const exit = EXIT.exec(body);
  if (exit !== null) {
    if (ns === null)
      return {
        kind: 'unknown',
        found:
          'a call ends here without a duration; allowed: traces with the option funcgraph-duration',
      };
    return { kind: 'exit', ...place, name: exit[1] ?? null, ns };
  }
  const call = CALL.exec(body);
  const name = call?.[1];
  if (name === undefined) return unknown(body);
  const called = { ...place, name, module: call?.[2] ?? null, isReport };
  const indent = text.length - text.trimStart().length;
  const depth = Math.max(0, Math.floor(indent / 2) - 1);
  if (call?.[3] === '{') return { kind: 'enter', ...called, depth };
  if (ns === null)
    return {
      kind: 'unknown',
      found: `the call of ${quotedText(name)} has no duration; allowed: traces with the option funcgraph-duration`,
    };
  return { kind: 'leaf', ...called, depth, ns };
}

function readColumns(text: string, place: LinePlace, isReport: boolean): GraphLine | null {
  const interrupt = INTERRUPT.exec(text.trim());
  if (interrupt !== null)
    return { kind: 'interrupt', isEntry: interrupt[1]?.endsWith('>') ?? false };
  const columns = DURATION.exec(text);
  if (columns === null) return null;
  const ns = columns[1] === undefined ? null : nsFromMicroseconds(columns[1], columns[2]);
  return readBody(columns[3] ?? '', ns, place, isReport);
}

/** A line of `trace-cmd report`, or of ftrace's own event format. */
function readReport(match: RegExpExecArray): GraphLine {
  const [text, name = '', pid = '', cpu = '', event = '', rest = ''] = match;
  if (event !== 'funcgraph_entry' && event !== 'funcgraph_exit') return { kind: 'note' };
  const place = { cpu: Number(cpu), task: { name: name.trim(), pid: Number(pid) } };
  return readColumns(rest, place, true) ?? unknown(text);
}

function taskFrom(name: string | undefined, pid: string | undefined): TraceTask {
  return { name: (name ?? '').trim(), pid: Number(pid) };
}

/** Takes a column off the front of a line, if it is there. */
function takeColumn(text: string, column: RegExp): { match: RegExpExecArray | null; rest: string } {
  const match = column.exec(text);
  return { match, rest: match === null ? text : text.slice(match[0].length) };
}

function withoutTimes(text: string): string {
  return takeColumn(takeColumn(text, ABSOLUTE_TIME).rest, RELATIVE_TIME).rest;
}

function readMark(text: string): GraphLine | null {
  if (NOTE.test(text)) return { kind: 'note' };
  const lost = LOST.exec(text.trim());
  if (lost !== null) {
    const events = lost[2] ?? lost[3];
    return {
      kind: 'lost',
      cpu: Number(lost[1]),
      events: events === undefined ? null : Number(events),
    };
  }
  const overruns = OVERRUNS.exec(text);
  if (overruns !== null) return { kind: 'overrun', calls: Number(overruns[1]) };
  return null;
}

/**
 * Reads one line of function_graph, with whatever columns its options show, or one of `trace-cmd report`.
 *
 * @source Linux 6.12 kernel/trace/trace_functions_graph.c print_graph_entry(), print_graph_return(),
 * verif_pid(); kernel/trace/trace.c print_trace_line(); trace-cmd lib/trace-cmd/trace-ftrace.c.
 */
export function readGraphLine(text: string): GraphLine {
  const mark = readMark(text);
  if (mark !== null) return mark;
  // Most lines have neither a task nor further columns; looking for them costs more than the rest.
  const mayNameTask = text.includes('-');
  const report = mayNameTask ? REPORT.exec(text) : null;
  if (report !== null) return readReport(report);
  const hasColumns = text.indexOf('|') !== text.lastIndexOf('|');
  const timed = hasColumns ? withoutTimes(text) : text;
  const onCpu = takeColumn(timed, CPU);
  const cpu = onCpu.match === null ? null : Number(onCpu.match[1]);
  const change = mayNameTask ? SWITCH.exec(onCpu.rest) : null;
  if (change !== null) {
    const [, from, fromPid, to, toPid] = change;
    return { kind: 'switch', cpu, from: taskFrom(from, fromPid), to: taskFrom(to, toPid) };
  }
  if (!hasColumns) {
    return readColumns(onCpu.rest, { cpu, task: null }, false) ?? unknown(text);
  }
  const byTask = takeColumn(onCpu.rest, TASK);
  const task = byTask.match === null ? null : taskFrom(byTask.match[1], byTask.match[2]);
  const flagged = takeColumn(byTask.rest, LATENCY_FLAGS);
  return readColumns(flagged.rest, { cpu, task }, false) ?? unknown(text);
}
