import { TRACING_INFLATES } from './call-trace.ts';
import type { CallTracePart } from './call-trace.ts';
import { modelName } from './function-names.ts';
import type { ModelledCalls } from './modelled-calls.ts';

/** One side of a row, for one call of the outermost function. Times in nanoseconds. */
export type ComparedCalls = {
  readonly calls: number;
  readonly totalNs: number;
  readonly selfNs: number;
};

/** A function on both sides, by the path that leads to it or whoever calls it. */
export type ComparedRow = {
  /** The model's name of the function. */
  readonly name: string;
  /** How the trace calls it, where it does so by another name. */
  readonly tracedAs: string | null;
  /** Names from the outermost function down to this one; this one alone in rows by function. */
  readonly path: readonly string[];
  /** Null where the side does not have it. */
  readonly measured: ComparedCalls | null;
  readonly modelled: ComparedCalls | null;
};

/** A trace beside the model. */
export type TraceComparison = {
  /** The outermost function that both have; null where they share none, and there are no rows then. */
  readonly root: string | null;
  /** How often each side calls it: all figures are for one of these calls. */
  readonly measuredRoots: number;
  readonly modelledRoots: number;
  /** All traced calls below the root, itself included, for one call of it. */
  readonly measuredCalls: number;
  readonly modelledCalls: number;
  /** In the order of the model, then what only the trace has. */
  readonly paths: readonly ComparedRow[];
  readonly functions: readonly ComparedRow[];
  readonly warnings: readonly string[];
};

/** Calls by path of either side, under the model's names. */
type NamedCalls = {
  readonly name: string;
  tracedAs: string | null;
  calls: number;
  totalNs: number;
  selfNs: number;
  readonly children: Map<string, NamedCalls>;
};

type SideCalls = ModelledCalls;

function addNamed(node: SideCalls, into: Map<string, NamedCalls>): void {
  const name = modelName(node.name);
  const named = into.get(name) ?? {
    name,
    tracedAs: null,
    calls: 0,
    totalNs: 0,
    selfNs: 0,
    children: new Map<string, NamedCalls>(),
  };
  into.set(name, named);
  if (node.name !== name) named.tracedAs = node.name;
  named.calls += node.calls;
  named.totalNs += node.totalNs;
  named.selfNs += node.selfNs;
  for (const child of node.children) addNamed(child, named.children);
}

/** Every outermost path of a function, put together. */
function collectRoot(
  name: string,
  nodes: readonly SideCalls[],
  into: Map<string, NamedCalls>,
): void {
  for (const node of nodes) {
    if (modelName(node.name) === name) addNamed(node, into);
    else collectRoot(name, node.children, into);
  }
}

function rootOf(name: string, nodes: readonly SideCalls[]): NamedCalls | null {
  const found = new Map<string, NamedCalls>();
  collectRoot(name, nodes, found);
  const root = found.get(name);
  return root === undefined || root.calls === 0 ? null : root;
}

/** Names of the model from the outside in. */
function* namesOf(nodes: readonly SideCalls[]): Generator<string> {
  for (const node of nodes) yield modelName(node.name);
  for (const node of nodes) yield* namesOf(node.children);
}

function perRoot(calls: NamedCalls | undefined, roots: number): ComparedCalls | null {
  if (calls === undefined) return null;
  return {
    calls: calls.calls / roots,
    totalNs: calls.totalNs / roots,
    selfNs: calls.selfNs / roots,
  };
}

type Sides = {
  readonly measured: NamedCalls | undefined;
  readonly modelled: NamedCalls | undefined;
};

function rowsByPath(
  sides: Sides,
  above: readonly string[],
  roots: readonly [number, number],
): ComparedRow[] {
  const { measured, modelled } = sides;
  const name = modelled?.name ?? measured?.name ?? '';
  const path = [...above, name];
  const names = new Set([
    ...(modelled?.children.keys() ?? []),
    ...(measured?.children.keys() ?? []),
  ]);
  const row: ComparedRow = {
    name,
    tracedAs: measured?.tracedAs ?? null,
    path,
    measured: perRoot(measured, roots[0]),
    modelled: perRoot(modelled, roots[1]),
  };
  const below = [...names].flatMap((child) =>
    rowsByPath(
      { measured: measured?.children.get(child), modelled: modelled?.children.get(child) },
      path,
      roots,
    ),
  );
  return [row, ...below];
}

function sumSides(
  rows: readonly ComparedRow[],
  side: 'measured' | 'modelled',
): ComparedCalls | null {
  const calls = rows.map((row) => row[side]).filter((value) => value !== null);
  if (calls.length === 0) return null;
  // The outermost call of a function that calls itself holds the time of the inner ones.
  const outermost = rows.filter((row) => row.path.indexOf(row.name) === row.path.length - 1);
  return {
    calls: calls.reduce((sum, value) => sum + value.calls, 0),
    totalNs: outermost.reduce((sum, row) => sum + (row[side]?.totalNs ?? 0), 0),
    selfNs: calls.reduce((sum, value) => sum + value.selfNs, 0),
  };
}

function rowsByFunction(paths: readonly ComparedRow[]): readonly ComparedRow[] {
  const byName = Map.groupBy(paths, ({ name }) => name);
  return [...byName].map(([name, rows]) => ({
    name,
    tracedAs: rows.find(({ tracedAs }) => tracedAs !== null)?.tracedAs ?? null,
    path: [name],
    measured: sumSides(rows, 'measured'),
    modelled: sumSides(rows, 'modelled'),
  }));
}

function callsOf(paths: readonly ComparedRow[], side: 'measured' | 'modelled'): number {
  return paths.reduce((sum, row) => sum + (row[side]?.calls ?? 0), 0);
}

function warningsOf(part: CallTracePart, root: string): readonly string[] {
  const warnings = [
    TRACING_INFLATES,
    'The modelled times hold what its own tracer constants add; the constants of the machine that was traced may differ.',
  ];
  if (part.cutOffCalls > 0 || part.lostMarks > 0) {
    warnings.push(
      `The trace has gaps (calls cut off: ${part.cutOffCalls}, places with lost events: ${part.lostMarks}): its counts for one call of ${root} are too low.`,
    );
  }
  return warnings;
}

/**
 * Sets a trace beside the modelled calls of one I/O. Everything is for one call of the outermost
 * function that both have, wherever the trace has it: bio_iov_iter_get_pages() where it was traced.
 *
 * @param part      Of an imported trace.
 * @param modelled  What {@link modelledCalls} gives.
 */
export function compareTraces(
  part: CallTracePart,
  modelled: readonly ModelledCalls[],
): TraceComparison {
  for (const name of namesOf(modelled)) {
    const measuredRoot = rootOf(name, part.roots);
    const modelledRoot = rootOf(name, modelled);
    if (measuredRoot === null || modelledRoot === null) continue;
    const roots = [measuredRoot.calls, modelledRoot.calls] as const;
    const paths = rowsByPath({ measured: measuredRoot, modelled: modelledRoot }, [], roots);
    return {
      root: name,
      measuredRoots: roots[0],
      modelledRoots: roots[1],
      measuredCalls: callsOf(paths, 'measured'),
      modelledCalls: callsOf(paths, 'modelled'),
      paths,
      functions: rowsByFunction(paths),
      warnings: warningsOf(part, name),
    };
  }
  return {
    root: null,
    measuredRoots: 0,
    modelledRoots: 0,
    measuredCalls: 0,
    modelledCalls: 0,
    paths: [],
    functions: [],
    warnings: ['The trace has no function that the model knows: there is nothing to compare.'],
  };
}
