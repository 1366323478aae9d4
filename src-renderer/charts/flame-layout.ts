/** A function, called one or more times by the same caller. Unit of all times: nanoseconds. */
export type FlameNode = {
  /** Names it among all; equal in two flames where the same calls lead to it. */
  readonly path: string;
  readonly name: string;
  readonly calls: number;
  readonly selfNs: number;
  /** With everything it calls, untraced. */
  readonly totalNs: number;
  /** The same as function_graph would report it. */
  readonly tracedNs: number;
  readonly children: readonly FlameNode[];
};

/** The calls of one strategy. */
export type Flame = { readonly name: string; readonly roots: readonly FlameNode[] };

/** Which time is as wide as it takes. */
export const FLAME_TIMES = ['untraced', 'traced'] as const;
export type FlameTime = (typeof FLAME_TIMES)[number];

/** A node where it is drawn: from and to in nanoseconds, its row counted from the top. */
export type FlameBox = {
  readonly node: FlameNode;
  /** The flame it belongs to, from 0. */
  readonly flame: number;
  readonly row: number;
  readonly fromNs: number;
  readonly toNs: number;
};

/** All flames one below the other. */
export type FlameLayout = {
  readonly boxes: readonly FlameBox[];
  /** The row of the name of every flame that is drawn. */
  readonly headings: readonly { readonly name: string; readonly row: number }[];
  readonly rows: number;
  /** What the widest flame takes. */
  readonly mostNs: number;
};

export function timeOf(node: FlameNode, time: FlameTime): number {
  return time === 'traced' ? node.tracedNs : node.totalNs;
}

/** A node by its path, with all that lead to it, from the root down; empty where there is none. */
export function pathTo(nodes: readonly FlameNode[], path: string): readonly FlameNode[] {
  for (const node of nodes) {
    if (node.path === path) return [node];
    const rest = pathTo(node.children, path);
    if (rest.length > 0) return [node, ...rest];
  }
  return [];
}

function boxesOf(
  nodes: readonly FlameNode[],
  time: FlameTime,
  place: { readonly flame: number; readonly row: number; readonly fromNs: number },
): readonly FlameBox[] {
  let { fromNs } = place;
  const drawn = nodes.filter((node) => timeOf(node, time) > 0);
  return drawn.flatMap((node) => {
    const box = { node, ...place, fromNs, toNs: fromNs + timeOf(node, time) };
    fromNs = box.toNs;
    const below = { ...place, row: place.row + 1, fromNs: box.fromNs };
    return [box, ...boxesOf(node.children, time, below)];
  });
}

/**
 * Puts callees below their caller, in the order of the calls, and flames one below the other. What
 * takes no time has no box.
 *
 * @param focus  Path of the node to begin at; flames without it are left out. Null for all.
 */
export function layOutFlames(
  flames: readonly Flame[],
  time: FlameTime,
  focus: string | null,
): FlameLayout {
  const boxes: FlameBox[] = [];
  const headings: { name: string; row: number }[] = [];
  let row = 0;
  for (const [flame, { name, roots }] of flames.entries()) {
    const shown = focus === null ? roots : pathTo(roots, focus).slice(-1);
    const own = boxesOf(shown, time, { flame, row: row + 1, fromNs: 0 });
    if (own.length === 0) continue;
    headings.push({ name, row });
    boxes.push(...own);
    row = Math.max(...own.map((box) => box.row)) + 1;
  }
  return { boxes, headings, rows: row, mostNs: Math.max(0, ...boxes.map(({ toNs }) => toNs)) };
}
