import type { z } from 'zod';
import type { Problem } from './problem.ts';
import { SENTENCE_BREAK } from './schema-parts.ts';
import { pathText } from './yaml-document.ts';
import type { ValuePath, YamlText } from './yaml-document.ts';

/** What is wrong at one place of a document that could be read. */
export type Finding = { readonly path: ValuePath; readonly message: string };

/**
 * Turns what a schema found into one finding for each mistake. Where a value is wrong by itself, what
 * a further check makes of it is left out.
 */
export function findingsFromIssues(issues: readonly z.core.$ZodIssue[]): Finding[] {
  const wrong = new Set(
    issues.filter(({ code }) => code !== 'custom').map(({ path }) => pathText(path)),
  );
  return issues.flatMap((issue): Finding[] => {
    if (issue.code === 'custom' && wrong.has(pathText(issue.path))) return [];
    if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, message: issue.message }];
    const sentences = issue.message.split(SENTENCE_BREAK);
    return issue.keys.map((key, index) => ({
      path: [...issue.path, key],
      message: sentences[index] ?? 'unknown key',
    }));
  });
}

/** Gives findings their lines, and puts them in the order of the file. */
export function problemsFromFindings(
  findings: readonly Finding[],
  source: YamlText,
  file: string,
): Problem[] {
  return findings
    .map(({ path, message }) => ({ file, line: source.lineOf(path), key: pathText(path), message }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
