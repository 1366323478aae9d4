import type { BuildName, CostModel, TracerBuild } from '../cost/cost-model.ts';
import { callTree } from './call-tree.ts';
import type { CallNode } from './call-tree.ts';
import type { Explanation } from './explain.ts';

const HEADER = [
  '# tracer: function_graph',
  '#',
  '# CPU  DURATION                  FUNCTION CALLS',
  '# |     |   |                     |   |   |   |',
];

/** Marks ftrace puts before a long duration, the longest first. Unit of `aboveNs`: nanoseconds. */
const DURATION_MARKS: readonly { readonly aboveNs: number; readonly mark: string }[] = [
  { aboveNs: 1e9, mark: '$' },
  { aboveNs: 1e8, mark: '@' },
  { aboveNs: 1e7, mark: '*' },
  { aboveNs: 1e6, mark: '#' },
  { aboveNs: 1e5, mark: '!' },
  { aboveNs: 1e4, mark: '+' },
];
/** Width of a duration in microseconds: as many characters as ftrace gives it, and ` us `. */
const NUMBER_WIDTH = 8;
const DURATION_WIDTH = NUMBER_WIDTH + 4;

/**
 * What function_graph reports for a call: its own time, what its entry costs, and what its callees
 * report and cost to leave.
 *
 * @source SPEC rule TRC-1.
 */
export function reportedNs(node: CallNode, tracer: TracerBuild): number {
  const below = node.children.reduce(
    (sum, child) => sum + child.count * (reportedNs(child, tracer) + tracer.exitNs),
    0,
  );
  return tracer.enterNs + node.ownNs + below;
}

/**
 * Microseconds with three decimals, fewer where the number would grow too wide.
 *
 * @source Linux 6.11 kernel/trace/trace_functions_graph.c trace_print_graph_duration().
 */
function microsecondText(ns: number): string {
  const wholeNs = Math.round(ns);
  const whole = String(Math.floor(wholeNs / 1000));
  const decimals = String(wholeNs % 1000).padStart(3, '0');
  const room = NUMBER_WIDTH - 1 - whole.length;
  return room > 0 ? `${whole}.${decimals.slice(0, room)}` : whole;
}

function durationColumn(ns: number | null): string {
  if (ns === null) return ' '.repeat(DURATION_WIDTH + 3);
  const mark = DURATION_MARKS.find(({ aboveNs }) => ns > aboveNs)?.mark ?? ' ';
  return ` ${mark} ${`${microsecondText(ns)} us`.padEnd(DURATION_WIDTH)}`;
}

/** How the text is laid out. */
export type GraphTextOptions = {
  /** What stands in the CPU column; 0 unless told otherwise. */
  readonly cpu?: number;
  /** Columns of the CPU number: as many as the largest needs. */
  readonly cpuWidth?: number;
  /** Writes a stretch of equal calls once, with how often it follows, as the talk's listings do. */
  readonly isFolded?: boolean;
};

/** The most calls in a row that are looked at as one thing that repeats. */
const LONGEST_PERIOD = 4;

function areEqual(one: CallNode, other: CallNode): boolean {
  return (
    one.name === other.name &&
    one.count === other.count &&
    one.ownNs === other.ownNs &&
    one.children.length === other.children.length &&
    one.children.every((child, index) => areEqual(child, other.children[index]))
  );
}

/** How often the `period` calls from `start` on follow each other. */
function repeatsOf(nodes: readonly CallNode[], start: number, period: number): number {
  let end = start + period;
  while (end < nodes.length && areEqual(nodes[end], nodes[end - period])) end += 1;
  return Math.floor((end - start) / period);
}

/** Prints call trees line by line. */
class GraphPrinter {
  private readonly tracer: TracerBuild;
  private readonly prefix: string;
  private readonly isFolded: boolean;

  constructor(tracer: TracerBuild, { cpu = 0, cpuWidth = 1, isFolded = false }: GraphTextOptions) {
    this.tracer = tracer;
    this.prefix = ` ${String(cpu).padStart(cpuWidth)})`;
    this.isFolded = isFolded;
  }

  /** Calls that follow each other. */
  calls(nodes: readonly CallNode[], depth: number): string[] {
    const lines: string[] = [];
    for (let at = 0; at < nodes.length;) {
      const { period, times } = this.repetitionAt(nodes, at);
      const block = nodes.slice(at, at + period);
      lines.push(...block.flatMap((node) => this.call(node, depth)));
      if (times > 1) lines.push(`${this.prefix} <-----${times} times----->`);
      at += period * times;
    }
    return lines;
  }

  private repetitionAt(nodes: readonly CallNode[], at: number): { period: number; times: number } {
    const none = { period: 1, times: 1 };
    if (!this.isFolded) return none;
    for (let period = 1; period <= LONGEST_PERIOD; period += 1) {
      const times = repeatsOf(nodes, at, period);
      if (times > 1) return { period, times };
    }
    return none;
  }

  private line(ns: number | null, depth: number, text: string): string {
    return `${this.prefix}${durationColumn(ns)}|  ${'  '.repeat(depth)}${text}`;
  }

  private call(node: CallNode, depth: number): string[] {
    const ns = reportedNs(node, this.tracer);
    const once =
      node.children.length === 0
        ? [this.line(ns, depth, `${node.name}();`)]
        : [
            this.line(null, depth, `${node.name}() {`),
            ...this.calls(node.children, depth + 1),
            this.line(ns, depth, '}'),
          ];
    if (this.isFolded && node.count > 1) {
      return [...once, `${this.prefix} <-----${node.count} times----->`];
    }
    return Array.from({ length: node.count }, () => once).flat();
  }
}

/**
 * An I/O as ftrace's function_graph would print it, with the tracer's own cost in every duration.
 *
 * @returns Text in ftrace's format, ending in a line feed.
 * @source Linux Documentation/trace/ftrace.rst, function_graph; SPEC rules TRC-1 to TRC-4.
 */
export function functionGraphText(
  explanation: Explanation,
  model: CostModel,
  options: GraphTextOptions = {},
): string {
  const printer = new GraphPrinter(model.tracer[explanation.tracer.build], options);
  return [...HEADER, ...printer.calls(callTree(explanation, model), 0), ''].join('\n');
}

/** CPUs on which the two listings of the talk were recorded. Source: K. Kumar, LPC 2024. */
const TALK_CPUS = { before: 18, after: 5 } as const;

/** How the talk shows the listing of one side. */
function talkOptions(side: BuildName): GraphTextOptions {
  return { cpu: TALK_CPUS[side], cpuWidth: 2, isFolded: true };
}

/** The listing of the talk for one side of the I/O at hand, to stand beside the other. */
export function talkListing(explanation: Explanation, model: CostModel): string {
  return functionGraphText(explanation, model, talkOptions(explanation.tracer.build));
}

const RULE = ' ------------------------------------------';

/**
 * The two listings of the talk for the I/O at hand: one header, the CPU each was recorded on, and between them
 * the rule that ftrace draws where another task runs.
 *
 * @param before  Of a strategy that reports pages.
 * @param after   Of the same I/O by one that reports something else.
 * @returns Text in ftrace's format, repetitions folded, ending in a line feed.
 * @source K. Kumar, LPC 2024; Linux 6.11 kernel/trace/trace_functions_graph.c verif_pid().
 */
export function talkListings(before: Explanation, after: Explanation, model: CostModel): string {
  const listing = (explanation: Explanation, side: BuildName): string[] => {
    const tracer = model.tracer[explanation.tracer.build];
    return new GraphPrinter(tracer, talkOptions(side)).calls(callTree(explanation, model), 0);
  };
  return [
    ...HEADER,
    ...listing(before, 'before'),
    RULE,
    ` ${String(TALK_CPUS.after).padStart(2)})  ${before.strategy.name}  =>  ${after.strategy.name}`,
    RULE,
    '',
    ...listing(after, 'after'),
    '',
  ].join('\n');
}
