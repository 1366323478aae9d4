import { z } from 'zod';
import { experimentSchema } from '#contract';
import type { DraftPath } from './draft-path.ts';

/** What the experiment schema says about one value. */
export type FieldSchema = {
  /** What it means; empty where the schema is silent. */
  readonly description: string;
  /** What it is when it is left out; undefined where it is needed or simply absent. */
  readonly initial: unknown;
  /** The words it can be; empty where it is not one of a few. */
  readonly words: readonly string[];
  readonly isNeeded: boolean;
};

type SchemaNode = z.core.JSONSchema.BaseSchema;

const root: SchemaNode = z.toJSONSchema(experimentSchema, { io: 'input', target: 'draft-7' });

/** A union is described by the alternative that has what is asked for. */
function alternatives(node: SchemaNode): readonly SchemaNode[] {
  return [node, ...(node.anyOf ?? []), ...(node.oneOf ?? [])].filter(
    (each) => typeof each === 'object',
  );
}

function childOf(node: SchemaNode, part: string | number): SchemaNode | null {
  for (const each of alternatives(node)) {
    const { items } = each;
    const child =
      typeof part === 'string'
        ? each.properties?.[part]
        : Array.isArray(items)
          ? items[part]
          : items;
    if (typeof child === 'object') return child;
  }
  return null;
}

function nodeAt(path: DraftPath): { readonly node: SchemaNode | null; readonly isNeeded: boolean } {
  let node: SchemaNode | null = root;
  let isNeeded = true;
  for (const part of path) {
    if (node === null) break;
    isNeeded = typeof part === 'string' && (node.required?.includes(part) ?? false);
    node = childOf(node, part);
  }
  return { node, isNeeded };
}

const known = new Map<string, FieldSchema>();

/** Looks up what the schema says about the value at a path; of an unknown path it says nothing. */
export function fieldSchema(path: DraftPath): FieldSchema {
  const key = JSON.stringify(path);
  const found = known.get(key) ?? readFieldSchema(path);
  known.set(key, found);
  return found;
}

function readFieldSchema(path: DraftPath): FieldSchema {
  const { node, isNeeded } = nodeAt(path);
  if (node === null) return { description: '', initial: undefined, words: [], isNeeded: false };
  const words = alternatives(node).flatMap((each) => each.enum ?? []);
  return {
    description: node.description ?? '',
    initial: node.default,
    words: words.filter((word) => typeof word === 'string'),
    isNeeded,
  };
}

/** The keys a map can have, in the order in which experiments are written. */
export function keysInOrder(path: DraftPath): readonly string[] {
  const { node } = nodeAt(path);
  if (node === null) return [];
  return alternatives(node).flatMap((each) => Object.keys(each.properties ?? {}));
}
