import type { CallTraceFunction, CallTracePath } from '#contract';

/** Stands for a caller whose entry is not in the text. */
export const UNSEEN_CALLER = '(entered before)';

/** Calls of one function by one path, added up while they are read. */
export class MergedCalls {
  readonly name: string;
  readonly module: string | null;
  calls = 0;
  totalNs = 0;
  selfNs = 0;
  minNs = Infinity;
  maxNs = 0;
  cutOffCalls = 0;
  readonly children = new Map<string, MergedCalls>();

  constructor(name: string, module: string | null) {
    this.name = name;
    this.module = module;
  }

  /** The calls of a function from here; counts as one path more where there were none. */
  child(name: string, module: string | null, onNewPath: () => void): MergedCalls {
    const key = module === null ? name : `${name} [${module}]`;
    const known = this.children.get(key);
    if (known !== undefined) return known;
    const added = new MergedCalls(name, module);
    this.children.set(key, added);
    onNewPath();
    return added;
  }

  /** Adds one whole call. */
  addCall(ns: number, childrenNs: number): void {
    this.calls += 1;
    this.totalNs += ns;
    // Durations are rounded one by one, so callees may seem to take a little longer than their caller.
    this.selfNs += Math.max(0, ns - childrenNs);
    this.minNs = Math.min(this.minNs, ns);
    this.maxNs = Math.max(this.maxNs, ns);
  }

  /** Adds the figures of another path, not those below it. */
  private addFigures(other: MergedCalls): void {
    this.calls += other.calls;
    this.totalNs += other.totalNs;
    this.selfNs += other.selfNs;
    this.minNs = Math.min(this.minNs, other.minNs);
    this.maxNs = Math.max(this.maxNs, other.maxNs);
    this.cutOffCalls += other.cutOffCalls;
  }

  /** Adds another tree to this one and leaves nothing in it. Returns how many paths became one with another. */
  takeOver(other: MergedCalls): number {
    this.addFigures(other);
    let merged = 1;
    for (const [key, theirs] of other.children) {
      const ours = this.children.get(key);
      if (ours === undefined) this.children.set(key, theirs);
      else merged += ours.takeOver(theirs);
    }
    other.children.clear();
    return merged;
  }
}

function figuresOf(merged: MergedCalls): CallTraceFunction {
  const { name, module, calls, totalNs, selfNs, minNs, maxNs, cutOffCalls } = merged;
  return {
    name,
    module,
    calls,
    totalNs,
    selfNs,
    minNs: calls === 0 ? 0 : minNs,
    maxNs,
    cutOffCalls,
  };
}

/** The paths below as they are kept. */
export function pathsOf(merged: MergedCalls): readonly CallTracePath[] {
  return [...merged.children.values()].map((child) => ({
    ...figuresOf(child),
    children: pathsOf(child),
  }));
}

function addByFunction(
  node: MergedCalls,
  key: string,
  callers: readonly string[],
  functions: Map<string, MergedCalls>,
): void {
  const sum = functions.get(key) ?? new MergedCalls(node.name, node.module);
  functions.set(key, sum);
  sum.calls += node.calls;
  // The outermost call of a function that calls itself holds the time of the inner ones.
  if (!callers.includes(key)) sum.totalNs += node.totalNs;
  sum.selfNs += node.selfNs;
  sum.minNs = Math.min(sum.minNs, node.minNs);
  sum.maxNs = Math.max(sum.maxNs, node.maxNs);
  sum.cutOffCalls += node.cutOffCalls;
  const path = [...callers, key];
  for (const [childKey, child] of node.children) addByFunction(child, childKey, path, functions);
}

/** Adds up by function, whoever called it; the longest self time first, then by name. */
export function functionsOf(root: MergedCalls): readonly CallTraceFunction[] {
  const functions = new Map<string, MergedCalls>();
  for (const [key, child] of root.children) addByFunction(child, key, [], functions);
  return [...functions.values()]
    .map(figuresOf)
    .sort((one, other) => other.selfNs - one.selfNs || (one.name < other.name ? -1 : 1));
}
