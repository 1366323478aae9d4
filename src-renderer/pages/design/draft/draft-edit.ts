import { Document, isCollection, isScalar } from 'yaml';
import type { Scalar } from 'yaml';
import { changeDocument, isPlainValue, setScalar } from './document-edit.ts';
import type { DraftEdit } from './document-edit.ts';
import type { DraftPath } from './draft-path.ts';
import { keysInOrder } from './field-schema.ts';
import { sectionsOf } from './sections.ts';
import type { Section } from './sections.ts';
import { parseYaml, yamlText } from './yaml-format.ts';

export type { DraftEdit } from './document-edit.ts';

function pathOf(edit: DraftEdit): DraftPath {
  return 'list' in edit ? edit.list : edit.path;
}

function isInFlow(document: Document, path: DraftPath): boolean {
  return path.some((_, length) => {
    const around = document.getIn(path.slice(0, length), true);
    return isCollection(around) && around.flow === true;
  });
}

/** A scalar as it is written at its place, or null when it takes more than one line. */
function scalarText(scalar: Scalar, inFlow: boolean): string | null {
  const document = new Document(inFlow ? [scalar] : { key: scalar }, { schema: 'core' });
  if (isCollection(document.contents)) document.contents.flow = inFlow;
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false }).trimEnd();
  if (text.includes('\n')) return null;
  return inFlow ? text.slice(1, -1) : text.slice('key: '.length);
}

/** The text with one scalar replaced and every other character as it was; null where that cannot be done. */
function replaceScalar(text: string, document: Document.Parsed, edit: DraftEdit): string | null {
  if (edit.kind !== 'set' || !isPlainValue(edit.value)) return null;
  const found: unknown = document.getIn(edit.path, true);
  if (!isScalar(found) || !found.range) return null;
  const [start, end] = found.range;
  const written = text.slice(start, end);
  if (written === '' || written.includes('\n')) return null;
  setScalar(found, edit.value);
  found.comment = null;
  found.commentBefore = null;
  const replacement = scalarText(found, isInFlow(document, edit.path));
  return replacement === null ? null : text.slice(0, start) + replacement + text.slice(end);
}

/** Where a new top-level key goes: after what usually comes before it. */
function offsetOfNewSection(sections: readonly Section[], key: string): number {
  const order = keysInOrder([]);
  const own = order.indexOf(key);
  const before = sections.filter((section) => {
    const place = order.indexOf(section.key);
    return own < 0 || (place >= 0 && place < own);
  });
  return before.reduce((offset, { end }) => Math.max(offset, end), 0);
}

function insertSection(text: string, sections: readonly Section[], edit: DraftEdit): string {
  const [key = ''] = pathOf(edit);
  const document = new Document({}, { schema: 'core' });
  changeDocument(document, edit);
  const section = document.toString() === '{}\n' ? '' : yamlText(document);
  const at = offsetOfNewSection(sections, String(key));
  const before = text.slice(0, at);
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  return before + gap + section + text.slice(at);
}

function changeSection(text: string, { start, end }: Section, edit: DraftEdit): string | null {
  const body = text.slice(start, end);
  const document = parseYaml(body);
  if (document.errors.length > 0) return null;
  changeDocument(document, edit);
  const isEmpty = isCollection(document.contents) && document.contents.items.length === 0;
  const written = isEmpty ? commentLines(document) : yamlText(document);
  return text.slice(0, start) + written + text.slice(end);
}

/** What is left of a section whose key is gone. */
function commentLines(document: Document.Parsed): string {
  const comments = [document.commentBefore, document.contents?.comment, document.comment];
  const lines = comments.flatMap((comment) => (comment ?? '').split('\n'));
  return lines.flatMap((line) => (line === '' ? [] : [`#${line}\n`])).join('');
}

function applyEdit(text: string, edit: DraftEdit): string | null {
  const document = parseYaml(text);
  if (document.errors.length > 0) return null;
  const [key] = pathOf(edit);
  const sections = sectionsOf(text, document);
  const replaced = replaceScalar(text, document, edit);
  if (replaced !== null) return replaced;
  if (sections !== null && sections.length > 0 && key !== undefined) {
    const section = sections.find((one) => one.key === key);
    const changed =
      section === undefined
        ? insertSection(text, sections, edit)
        : changeSection(text, section, edit);
    if (changed !== null) return changed;
  }
  const whole = parseYaml(text);
  changeDocument(whole, edit);
  return yamlText(whole);
}

/**
 * Changes the text of a draft: only the top-level keys that the edits name are written anew, and of
 * those a plain value alone where that is all that changes. Comments stay.
 *
 * @param text  YAML.
 * @returns Null when the text cannot be read as YAML, so that nothing in it can be found.
 */
export function applyEdits(text: string, edits: readonly DraftEdit[]): string | null {
  return edits.reduce<string | null>(
    (at, edit) => (at === null ? null : applyEdit(at, edit)),
    text,
  );
}
