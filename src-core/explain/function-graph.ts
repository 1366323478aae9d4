import type { CostModel, TracerBuild } from '../cost/cost-model.ts';
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

function graphLines(node: CallNode, tracer: TracerBuild, depth: number): string[] {
  const line = (ns: number | null, text: string): string =>
    ` 0)${durationColumn(ns)}|  ${'  '.repeat(depth)}${text}`;
  const ns = reportedNs(node, tracer);
  const once =
    node.children.length === 0
      ? [line(ns, `${node.name}();`)]
      : [
          line(null, `${node.name}() {`),
          ...node.children.flatMap((child) => graphLines(child, tracer, depth + 1)),
          line(ns, '}'),
        ];
  return Array.from({ length: node.count }, () => once).flat();
}

/**
 * An I/O as ftrace's function_graph would print it, with the tracer's own cost in every duration.
 *
 * @returns Text in ftrace's format, ending in a line feed.
 * @source Linux Documentation/trace/ftrace.rst, function_graph; SPEC rules TRC-1 to TRC-4.
 */
export function functionGraphText(explanation: Explanation, model: CostModel): string {
  const tracer = model.tracer[explanation.tracer.build];
  const lines = callTree(explanation, model).flatMap((root) => graphLines(root, tracer, 0));
  return [...HEADER, ...lines, ''].join('\n');
}
