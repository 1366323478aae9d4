import { reportedNs } from '#core';
import type { CallNode, TracerBuild } from '#core';
import type { FlameNode } from '../../../charts/flame-layout.ts';

/** Equal calls from one caller, taken together; `path` is the names from the root on, joined by `/`. */
export type TreeNode = FlameNode;

/** Less than this is what a difference of sums leaves, and no time. Unit: nanoseconds. */
const LEAST_NS = 1e-6;

type Call = { readonly node: CallNode; readonly times: number };

function groupByName(calls: readonly Call[]): ReadonlyMap<string, Call[]> {
  const groups = new Map<string, Call[]>();
  for (const call of calls) {
    const group = groups.get(call.node.name);
    if (group === undefined) groups.set(call.node.name, [call]);
    else group.push(call);
  }
  return groups;
}

function treeNode(
  path: string,
  name: string,
  calls: readonly Call[],
  tracer: TracerBuild,
): TreeNode {
  const children = mergeCalls(
    calls.flatMap(({ node, times }) =>
      node.children.map((child) => ({ node: child, times: times * child.count })),
    ),
    path,
    tracer,
  );
  const sum = (valueOf: (call: Call) => number): number =>
    calls.reduce((total, call) => total + valueOf(call), 0);
  const ownNs = sum(({ node, times }) => node.ownNs * times);
  const selfNs = ownNs < LEAST_NS ? 0 : ownNs;
  return {
    path,
    name,
    calls: sum(({ times }) => times),
    selfNs,
    totalNs: children.reduce((total, child) => total + child.totalNs, selfNs),
    tracedNs: sum(({ node, times }) => reportedNs(node, tracer) * times),
    children,
  };
}

function mergeCalls(
  calls: readonly Call[],
  parent: string,
  tracer: TracerBuild,
): readonly TreeNode[] {
  return [...groupByName(calls)].map(([name, group]) =>
    treeNode(`${parent}/${name}`, name, group, tracer),
  );
}

/** A call tree in which equal calls of one caller are one node, as profilers show it. */
export function mergedTree(roots: readonly CallNode[], tracer: TracerBuild): readonly TreeNode[] {
  return mergeCalls(
    roots.map((node) => ({ node, times: node.count })),
    '',
    tracer,
  );
}

/** A node on screen. */
export type TreeRow = { readonly node: TreeNode; readonly depth: number };

/** The nodes that show while some are closed, from the top down. */
export function shownRows(
  nodes: readonly TreeNode[],
  closed: ReadonlySet<string>,
  depth = 0,
): readonly TreeRow[] {
  return nodes.flatMap((node) => [
    { node, depth },
    ...(closed.has(node.path) ? [] : shownRows(node.children, closed, depth + 1)),
  ]);
}
