import { Document, isScalar, isSeq, visit } from 'yaml';
import type { YAMLSeq } from 'yaml';
import type { ExperimentFile } from '../experiment-schema.ts';
import type { ExpectOfFile, Selection } from './expect-schema.ts';
import { sizeText, timeText } from './sizes.ts';

/** Keys whose numbers are bytes. */
const SIZE_KEYS: ReadonlySet<string> = new Set([
  'size',
  'misalignment',
  'blockSize',
  'offset',
  'logicalBlockSize',
  'workload.blockSize',
  'workload.offset',
  'workload.logicalBlockSize',
]);
const TIME_KEYS: ReadonlySet<string> = new Set(['mean']);

function withUnits(key: unknown, value: unknown): unknown {
  if (typeof key !== 'string') return value;
  const toText = SIZE_KEYS.has(key) ? sizeText : TIME_KEYS.has(key) ? timeText : null;
  if (toText === null) return value;
  if (typeof value === 'number') return toText(value);
  if (!Array.isArray(value)) return value;
  return value.map((each: unknown) => (typeof each === 'number' ? toText(each) : each));
}

/** One value is written as such, several as a list. */
function shortSelection(selection: Selection): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(selection).map(([key, values]) => [
      key,
      withUnits(key, values.length === 1 ? values[0] : values),
    ]),
  );
}

function shortExpect({ of, than, ...entry }: ExpectOfFile): Record<string, unknown> {
  const other = than === undefined ? {} : { than: shortSelection(than) };
  return { ...entry, of: shortSelection(of), ...other };
}

function isPlainList(node: YAMLSeq): boolean {
  return node.items.every((item) => isScalar(item) || (isSeq(item) && isPlainList(item)));
}

/**
 * Writes an experiment as YAML that `parseExperimentFile` reads back to the same document. Defaults
 * are written out; comments are not kept.
 */
export function experimentFileText(file: ExperimentFile): string {
  const content = { ...file, expect: file.expect.map(shortExpect) };
  const document = new Document(content, withUnits, { version: '1.2', schema: 'core' });
  // Rows of figures are easier to read beside each other.
  visit(document, {
    Seq: (_, node) => {
      if (isPlainList(node)) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 100, flowCollectionPadding: false });
}
