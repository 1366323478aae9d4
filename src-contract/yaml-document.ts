import { isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, ErrorCode, Node } from 'yaml';
import type { Problem } from './problem.ts';

/** Where a value stands in a document: keys of maps and positions in lists. */
export type ValuePath = readonly PropertyKey[];

/** A YAML text taken apart, with the way back to its lines. */
export type YamlText = {
  /** Plain maps, lists and scalars; undefined where the text cannot be read. */
  readonly value: unknown;
  /** What is wrong with the text itself: syntax, keys that stand twice, things that are not plain. */
  readonly problems: readonly Problem[];
  /** The line of a value, or of the nearest part around it that the text has. */
  readonly lineOf: (path: ValuePath) => number | null;
};

/** A path as its author would write it: `layouts[0].uniform.order`. */
export function pathText(path: ValuePath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

/** What a parser says over several lines with a picture, as one line. */
function firstSentence(message: string): string {
  const [line = ''] = message.split('\n');
  if (line.includes('call stack')) return 'it is nested too deeply';
  return line.replace(/ at line \d+, column \d+:?$/, '').replace(/[.:]$/, '');
}

type Parsed = { readonly document: Document.Parsed; readonly lines: LineCounter };

function parseText(text: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    logLevel: 'error',
    prettyErrors: false,
    schema: 'core',
    version: '1.2',
  });
  return { document, lines };
}

/** @param word  What stands where the parser stopped. */
function syntaxMessage(
  error: { readonly code: ErrorCode; readonly message: string },
  word: string,
): string {
  if (error.code === 'DUPLICATE_KEY') {
    return `the key ${word} stands twice in one map; each key may stand once`;
  }
  if (error.code === 'MULTIPLE_DOCS') return 'found a second document; a file has one';
  return `not readable as YAML: ${firstSentence(error.message)}`;
}

/** What the parser found wrong, one problem a line: what follows on the same line is its echo. */
function syntaxProblems({ document, lines }: Parsed, text: string, file: string): Problem[] {
  const byLine = new Map<number, Problem>();
  for (const error of document.errors) {
    const { line } = lines.linePos(error.pos[0]);
    if (byLine.has(line)) continue;
    const [word = ''] = /^[^\s:]{1,60}/.exec(text.slice(error.pos[0])) ?? [];
    const message = syntaxMessage({ code: error.code, message: error.message }, word);
    byLine.set(line, { file, line, key: '', message });
  }
  return [...byLine.values()];
}

/** YAML that does more than maps, lists and scalars: an experiment has no use for it. */
function surprises({ document, lines }: Parsed, file: string): Problem[] {
  const problems: Problem[] = [];
  const report = (offset: number | undefined, message: string): void => {
    const line = offset === undefined ? null : lines.linePos(offset).line;
    problems.push({ file, line, key: '', message });
  };
  visit(document, (key, node) => {
    if (isAlias(node)) {
      report(node.range?.[0], `found the alias *${node.source}; write the value out instead`);
    } else if (isNode(node) && node.tag !== undefined) {
      report(
        node.range?.[0],
        `found the tag ${node.tag}; only plain maps, lists and scalars are read`,
      );
    } else if (key === 'key' && isNode(node) && !isScalar(node)) {
      report(node.range?.[0], 'found a key that is no plain text; keys are words');
    }
  });
  return problems;
}

/** The key of a map as it stands in the text. */
function keyNode(map: unknown, key: PropertyKey): Node | null {
  if (!isMap(map)) return null;
  const pair = map.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  return isNode(pair?.key) ? pair.key : null;
}

function lineFinder({ document, lines }: Parsed): YamlText['lineOf'] {
  const nodeAt = (path: ValuePath): unknown =>
    path.length === 0 ? document.contents : document.getIn(path, true);
  // A value in a map is found at its key: that is where its author looks for it.
  const placeOf = (path: ValuePath): unknown => {
    const last = path.at(-1);
    const key = last === undefined ? null : keyNode(nodeAt(path.slice(0, -1)), last);
    return key ?? nodeAt(path);
  };
  return (path) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = placeOf(path.slice(0, length));
      const offset = isNode(node) ? node.range?.[0] : undefined;
      if (offset !== undefined) return lines.linePos(offset).line;
    }
    return null;
  };
}

const UNREADABLE: YamlText['lineOf'] = () => null;

function refuse(file: string, line: number | null, message: string): YamlText {
  return { value: undefined, problems: [{ file, line, key: '', message }], lineOf: UNREADABLE };
}

/**
 * Takes a YAML text apart. Any text at all gives an answer: what the parser gives up on, such as a
 * thousand nested brackets, becomes a problem too.
 *
 * @param file  How problems call the text.
 */
export function readYaml(text: string, file: string): YamlText {
  try {
    const parsed = parseText(text);
    const { document } = parsed;
    const faults = syntaxProblems(parsed, text, file);
    const odd = surprises(parsed, file);
    const isReadable = document.errors.every((error) => error.code === 'DUPLICATE_KEY');
    const value: unknown = isReadable && odd.length === 0 ? document.toJS() : undefined;
    return { value, problems: [...faults, ...odd], lineOf: lineFinder(parsed) };
  } catch (error) {
    const reason = error instanceof Error ? firstSentence(error.message) : 'the parser gave up';
    return refuse(file, null, `not readable as YAML: ${reason}`);
  }
}
