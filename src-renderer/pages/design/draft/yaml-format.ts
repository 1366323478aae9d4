import { isCollection, isMap, isScalar, isSeq, parseDocument, visit, YAMLMap, YAMLSeq } from 'yaml';
import type { Document, Node } from 'yaml';

const READING = { schema: 'core', version: '1.2', logLevel: 'silent' } as const;
const LINE_WIDTH = 100;

type Collection = YAMLMap | YAMLSeq;

/** Takes a text apart as the contract does; comments stay with the parts they belong to. */
export function parseYaml(text: string): Document.Parsed {
  return parseDocument(text, { ...READING, prettyErrors: false });
}

/** Writes `{ a: 1 }` with and `[1, 2]` without inner spaces, as the ready-made experiments have it. */
function padFlow(node: Collection): void {
  node.toString = (context, ...callbacks) => {
    if (isMap(node)) {
      const padded = context && { ...context, flowCollectionPadding: ' ' };
      return YAMLMap.prototype.toString.call(node, padded, ...callbacks);
    }
    const plain = context && { ...context, flowCollectionPadding: '' };
    return YAMLSeq.prototype.toString.call(node, plain, ...callbacks);
  };
}

/** A document as text, in the style of the ready-made experiments. */
export function yamlText(document: Document): string {
  visit(document, {
    Collection: (_, node) => {
      if (node.flow === true) padFlow(node);
    },
  });
  return document.toString({ lineWidth: LINE_WIDTH });
}

function isFlat(node: unknown): boolean {
  return isScalar(node) || (isSeq(node) && node.items.every(isScalar));
}

/** A table: its rows stand below each other, as in a CSV file. */
function isTable(node: Collection): boolean {
  return isSeq(node) && node.items.length > 0 && node.items.every(isSeq);
}

function partsOf(node: Collection): readonly unknown[] {
  return isMap(node) ? node.items.map(({ value }) => value) : node.items;
}

/**
 * A value as nodes: what holds nothing but scalars and short lists stands on one line, the rest on
 * lines of its own.
 *
 * @param isInLine  Puts all of it on one line.
 */
export function nodeFromValue(document: Document, value: unknown, isInLine: boolean): Node {
  const node = document.createNode(value);
  visit(node, {
    Collection: (_, collection) => {
      const isShort = partsOf(collection).every(isFlat) && !isTable(collection);
      if (isInLine || isShort) collection.flow = true;
    },
  });
  return node;
}

/** Whether a new part of a collection has to stand on one line: its neighbours or surroundings do. */
export function isInLine(collection: Collection): boolean {
  if (collection.flow === true) return true;
  const collections = partsOf(collection).filter(isCollection);
  return (
    isSeq(collection) && collections.length > 0 && collections.every(({ flow }) => flow === true)
  );
}
