import { parseExperimentFile } from '#contract';
import type { ExperimentFile, Problem } from '#contract';
import { parseYaml } from './yaml-format.ts';

/** A draft as its text says it, mistakes and all. */
export type DraftDocument = {
  readonly text: string;
  /** Plain maps, lists and scalars as they are written; undefined where the text is no YAML. */
  readonly value: unknown;
  /** The experiment, when there is no mistake in it. */
  readonly file: ExperimentFile | null;
  readonly problems: readonly Problem[];
};

/** How problems call a draft. */
const FILE_NAME = 'draft';

function valueOf(text: string): unknown {
  try {
    const document = parseYaml(text);
    return document.errors.length > 0 ? undefined : (document.toJS() ?? {});
  } catch {
    // An alias without an anchor, or nesting deeper than the stack: `problems` says what it is.
    return undefined;
  }
}

/** Reads the text of a draft. Any text at all gives an answer. */
export function readDraftText(text: string): DraftDocument {
  const value = valueOf(text);
  const parsed = parseExperimentFile(text, FILE_NAME);
  return parsed.ok
    ? { text, value, file: parsed.file, problems: [] }
    : { text, value, file: null, problems: parsed.problems };
}
