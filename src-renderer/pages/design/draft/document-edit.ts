import { isCollection, isMap, isScalar, isSeq, Pair, YAMLMap, YAMLSeq } from 'yaml';
import type { Document, Scalar } from 'yaml';
import { keysInOrder } from './field-schema.ts';
import { dropItem, dropPair } from './keep-comments.ts';
import type { DraftPath } from './draft-path.ts';
import { isInLine, nodeFromValue } from './yaml-format.ts';

/** One change of the YAML document, as a field of the form makes it. */
export type DraftEdit =
  /** Puts a value at a path; a new key takes its usual place, maps on the way are made. */
  | { readonly kind: 'set'; readonly path: DraftPath; readonly value: unknown }
  | { readonly kind: 'remove'; readonly path: DraftPath }
  | {
      readonly kind: 'insert';
      readonly list: DraftPath;
      readonly index: number;
      readonly value: unknown;
    }
  /** Repeats an element with its comments right after itself. */
  | { readonly kind: 'duplicate'; readonly list: DraftPath; readonly index: number }
  /** Takes an element, or a key of a map, to another place among its neighbours. */
  | {
      readonly kind: 'move';
      readonly list: DraftPath;
      readonly from: number;
      readonly to: number;
    };

type Collection = YAMLMap | YAMLSeq;

/** Whether a value is one scalar of YAML. */
export function isPlainValue(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** Puts another value into a scalar; its comments and quotation marks stay. */
export function setScalar(scalar: Scalar, value: string | number | boolean | null): void {
  scalar.value = value;
  // How the old value was written says nothing about the new one.
  delete scalar.source;
  delete scalar.format;
  delete scalar.minFractionDigits;
}

function nodeAt(document: Document, path: DraftPath): unknown {
  return path.length === 0 ? document.contents : document.getIn(path, true);
}

/** The collection at a path; whatever else stands there makes way for an empty one. */
function makeCollection(document: Document, path: DraftPath, isList: boolean): Collection {
  const found = nodeAt(document, path);
  if (isList && isSeq(found)) return found;
  if (!isList && isMap(found)) return found;
  const made = isList ? new YAMLSeq(document.schema) : new YAMLMap(document.schema);
  if (path.length === 0) document.contents = made;
  else setIn(document, path, made);
  return made;
}

/** The place of a new key: before the first key that usually comes after it. */
function placeOfKey(map: YAMLMap, path: DraftPath, key: string): number {
  const order = path[0] === 'sweep' ? [] : keysInOrder(path);
  const own = order.indexOf(key);
  if (own < 0) return map.items.length;
  const later = map.items.findIndex((pair) => order.indexOf(String(pair.key)) > own);
  return later < 0 ? map.items.length : later;
}

function setInList(document: Document, list: YAMLSeq, index: number, value: unknown): void {
  list.items[Math.min(index, list.items.length)] = isCollection(value)
    ? value
    : nodeFromValue(document, value, isInLine(list));
}

function setIn(document: Document, path: DraftPath, value: unknown): void {
  const last = path.at(-1);
  if (last === undefined) return;
  const around = path.slice(0, -1);
  const found = nodeAt(document, path);
  if (isScalar(found) && isPlainValue(value)) {
    setScalar(found, value);
    return;
  }
  const parent = makeCollection(document, around, typeof last === 'number');
  if (isSeq(parent)) {
    setInList(document, parent, Number(last), value);
    return;
  }
  const node = isCollection(value) ? value : nodeFromValue(document, value, parent.flow === true);
  const pair = parent.items.find(({ key }) => String(key) === last);
  if (pair !== undefined) pair.value = node;
  else {
    const at = placeOfKey(parent, around, String(last));
    parent.items.splice(at, 0, new Pair(document.createNode(last), node));
    if (parent.items.length === 1 && around.length > 0) parent.flow ??= isScalar(node);
  }
}

function insertInto(document: Document, path: DraftPath, index: number, value: unknown): void {
  const list = makeCollection(document, path, true);
  if (!isSeq(list)) return;
  const node = nodeFromValue(document, value, isInLine(list));
  if (list.items.length === 0) list.flow = isScalar(node);
  list.items.splice(index, 0, node);
}

function remove(document: Document, path: DraftPath): void {
  const last = path.at(-1);
  const parent = nodeAt(document, path.slice(0, -1));
  if (isMap(parent))
    dropPair(
      parent,
      parent.items.findIndex(({ key }) => String(key) === last),
    );
  else if (isSeq(parent) && typeof last === 'number') dropItem(parent, last);
}

function duplicate(document: Document, path: DraftPath, index: number): void {
  const list = nodeAt(document, path);
  if (!isSeq(list)) return;
  const original = list.items[index];
  if (isCollection(original) || isScalar(original)) {
    const copy: unknown = original.clone();
    list.items.splice(index + 1, 0, copy);
  }
}

function move(document: Document, path: DraftPath, from: number, to: number): void {
  const around = nodeAt(document, path);
  if (!isCollection(around)) return;
  const items: unknown[] = around.items;
  items.splice(to, 0, ...items.splice(from, 1));
}

/** Makes a change in a document whose text could be read; what an edit does not name stays as it is. */
export function changeDocument(document: Document, edit: DraftEdit): void {
  switch (edit.kind) {
    case 'set':
      setIn(document, edit.path, edit.value);
      return;
    case 'remove':
      remove(document, edit.path);
      return;
    case 'insert':
      insertInto(document, edit.list, edit.index, edit.value);
      return;
    case 'duplicate':
      duplicate(document, edit.list, edit.index);
      return;
    case 'move':
      move(document, edit.list, edit.from, edit.to);
  }
}
