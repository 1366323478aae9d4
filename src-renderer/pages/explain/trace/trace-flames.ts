import { modelName } from '#contract';
import type { CallTracePart, CallTracePath, ModelledCalls, TraceComparison } from '#contract';
import type { Flame, FlameNode } from '../../../charts/flame-layout.ts';

type Calls = Omit<ModelledCalls, 'children'> & { readonly children: readonly Calls[] };

/** The same path is one box, whatever names a side has for its functions. */
function merged(nodes: readonly Calls[], above: string, roots: number): readonly FlameNode[] {
  const byName = Map.groupBy(nodes, ({ name }) => modelName(name));
  return [...byName].map(([name, group]) => {
    const path = `${above}/${name}`;
    const sum = (of: (node: Calls) => number): number =>
      group.reduce((total, node) => total + of(node), 0) / roots;
    const totalNs = sum((node) => node.totalNs);
    return {
      path,
      name,
      calls: sum(({ calls }) => calls),
      selfNs: sum(({ selfNs }) => selfNs),
      totalNs,
      tracedNs: totalNs,
      children: merged(
        group.flatMap(({ children }) => children),
        path,
        roots,
      ),
    };
  });
}

function outermost(name: string, nodes: readonly Calls[]): readonly Calls[] {
  return nodes.flatMap((node) =>
    modelName(node.name) === name ? [node] : outermost(name, node.children),
  );
}

function flame(title: string, name: string, nodes: readonly Calls[], roots: number): Flame {
  return { name: title, roots: merged(outermost(name, nodes), '', Math.max(1, roots)) };
}

/**
 * One call of the outermost function that both sides have, traced and modelled with the tracer on; the
 * whole trace where they share none.
 */
export function traceFlames(
  part: CallTracePart,
  modelled: readonly ModelledCalls[],
  comparison: TraceComparison,
): readonly Flame[] {
  const { root, measuredRoots, modelledRoots } = comparison;
  const traced: readonly CallTracePath[] = part.roots;
  if (root === null) return [{ name: 'traced', roots: merged(traced, '', 1) }];
  return [
    flame('traced', root, traced, measuredRoots),
    flame('modelled', root, modelled, modelledRoots),
  ];
}
