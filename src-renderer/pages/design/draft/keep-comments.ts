import { isNode, isScalar } from 'yaml';
import type { Node, YAMLMap, YAMLSeq } from 'yaml';

function joined(...comments: readonly (string | null | undefined)[]): string | undefined {
  const lines = comments.filter((comment) => typeof comment === 'string');
  return lines.length === 0 ? undefined : lines.join('\n');
}

/** Hands comments that stood above a part that goes to what follows it, or to the end of the collection. */
function handOn(above: string | undefined, heir: Node | undefined, collection: Node): void {
  if (above === undefined) return;
  if (heir === undefined) {
    const kept = joined(collection.comment, above);
    if (kept !== undefined) collection.comment = kept;
  } else {
    const kept = joined(above, heir.commentBefore);
    if (kept !== undefined) heir.commentBefore = kept;
  }
}

function nodeOrNone(value: unknown): Node | undefined {
  return isNode(value) ? value : undefined;
}

/** Takes a key and its value out of a map; comments that are not inside the value stay. */
export function dropPair(map: YAMLMap, index: number): void {
  const [pair] = index < 0 ? [] : map.items.splice(index, 1);
  if (pair === undefined) return;
  const key = nodeOrNone(pair.key);
  const value = nodeOrNone(pair.value);
  const above = joined(
    key?.commentBefore,
    key?.comment,
    isScalar(value) ? value.commentBefore : undefined,
    isScalar(value) ? value.comment : undefined,
  );
  handOn(above, nodeOrNone(map.items[index]?.key), map);
}

/** Takes an element out of a list; comments that are not inside it stay. */
export function dropItem(list: YAMLSeq, index: number): void {
  const [item] = list.items.splice(index, 1);
  handOn(joined(nodeOrNone(item)?.commentBefore), nodeOrNone(list.items[index]), list);
}
