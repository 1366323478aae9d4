import { callTree, reportedNs } from '#core';
import type { CallNode, CostModel, Explanation, TracerBuild } from '#core';

/** Calls of the model by path, with the times that function_graph would report for them. */
export type ModelledCalls = {
  readonly name: string;
  readonly calls: number;
  /** Unit: nanoseconds, of all calls together. */
  readonly totalNs: number;
  readonly selfNs: number;
  readonly children: readonly ModelledCalls[];
};

type OpenCalls = {
  name: string;
  calls: number;
  totalNs: number;
  selfNs: number;
  children: Map<string, OpenCalls>;
};

function addCalls(
  node: CallNode,
  times: number,
  into: Map<string, OpenCalls>,
  tracer: TracerBuild,
): void {
  const calls = times * node.count;
  const ns = reportedNs(node, tracer);
  const within = node.children.reduce(
    (sum, child) => sum + child.count * reportedNs(child, tracer),
    0,
  );
  const open = into.get(node.name) ?? {
    name: node.name,
    calls: 0,
    totalNs: 0,
    selfNs: 0,
    children: new Map<string, OpenCalls>(),
  };
  into.set(node.name, open);
  open.calls += calls;
  open.totalNs += calls * ns;
  open.selfNs += calls * (ns - within);
  for (const child of node.children) addCalls(child, calls, open.children, tracer);
}

function closed(calls: ReadonlyMap<string, OpenCalls>): readonly ModelledCalls[] {
  return [...calls.values()].map((open) => ({ ...open, children: closed(open.children) }));
}

/**
 * The modelled trace of an I/O, added up by path as an imported trace is: times hold what the tracer
 * adds, so that like stands beside like.
 *
 * @source SPEC rules TRC-1 to TRC-4.
 */
export function modelledCalls(
  explanation: Explanation,
  model: CostModel,
): readonly ModelledCalls[] {
  const roots = new Map<string, OpenCalls>();
  const tracer = model.tracer[explanation.tracer.build];
  for (const node of callTree(explanation, model)) addCalls(node, 1, roots, tracer);
  return closed(roots);
}
