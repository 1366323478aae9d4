import type {
  CallTracePart,
  CallTracePath,
  ComparedCalls,
  ComparedRow,
  TraceComparison,
} from '#contract';

/** Which rows of a trace are listed. */
export const TRACE_LISTS = ['paths', 'functions', 'whole'] as const;
export type TraceList = (typeof TRACE_LISTS)[number];

/** A function on screen, traced and modelled. */
export type TraceRow = {
  /** The same as long as the list is. */
  readonly key: string;
  readonly name: string;
  /** How the trace calls it, where it does so by another name; or the module it is in. */
  readonly remark: string | null;
  readonly depth: number;
  readonly hasChildren: boolean;
  /** Null where a side does not have it. */
  readonly measured: ComparedCalls | null;
  readonly modelled: ComparedCalls | null;
  /** Which side has it, where only one does. */
  readonly onlyIn: 'trace' | 'model' | null;
  /** Traced calls of which only a part was seen. */
  readonly cutOffCalls: number;
};

function onlyIn({ measured, modelled }: ComparedRow): TraceRow['onlyIn'] {
  if (measured === null) return 'model';
  return modelled === null ? 'trace' : null;
}

function comparedRow(row: ComparedRow, hasChildren: boolean): TraceRow {
  const { name, tracedAs, path, measured, modelled } = row;
  return {
    key: path.join('/'),
    name,
    remark: tracedAs,
    depth: path.length - 1,
    hasChildren,
    measured,
    modelled,
    onlyIn: onlyIn(row),
    cutOffCalls: 0,
  };
}

function pathRows(paths: readonly ComparedRow[]): readonly TraceRow[] {
  return paths.map((row, index) =>
    comparedRow(row, (paths[index + 1]?.path.length ?? 0) > row.path.length),
  );
}

function functionRows(functions: readonly ComparedRow[]): readonly TraceRow[] {
  const selfOf = ({ measured, modelled }: ComparedRow): number =>
    measured?.selfNs ?? modelled?.selfNs ?? 0;
  return functions
    .toSorted((one, other) => selfOf(other) - selfOf(one))
    .map((row) => comparedRow(row, false));
}

function wholeRows(paths: readonly CallTracePath[], above = '', depth = 0): readonly TraceRow[] {
  return paths.flatMap((path) => {
    const { name, module, calls, totalNs, selfNs, cutOffCalls, children } = path;
    const key = `${above}/${name}`;
    const row: TraceRow = {
      key,
      name,
      remark: module,
      depth,
      hasChildren: children.length > 0,
      measured: { calls, totalNs, selfNs },
      modelled: null,
      onlyIn: null,
      cutOffCalls,
    };
    return [row, ...wholeRows(children, key, depth + 1)];
  });
}

/**
 * The rows of a list. What no function of the model is in stands in the list of the whole trace alone,
 * where figures are those of all calls and not of one I/O.
 */
export function traceRows(
  list: TraceList,
  part: CallTracePart,
  comparison: TraceComparison | null,
): readonly TraceRow[] {
  if (list === 'whole' || comparison === null || comparison.root === null) {
    return wholeRows(part.roots);
  }
  return list === 'paths' ? pathRows(comparison.paths) : functionRows(comparison.functions);
}

/** The rows that show while some are closed. */
export function openRows(
  rows: readonly TraceRow[],
  closed: ReadonlySet<string>,
): readonly TraceRow[] {
  let closedDepth = Number.POSITIVE_INFINITY;
  return rows.filter((row) => {
    if (row.depth > closedDepth) return false;
    closedDepth = closed.has(row.key) ? row.depth : Number.POSITIVE_INFINITY;
    return true;
  });
}

/** The most rows that are shown of a trace; the others are in its file. */
export const MOST_ROWS = 1000;
