import { experimentSchema } from '../experiment-schema.ts';
import type { ExperimentFile } from '../experiment-schema.ts';
import type { Problem } from '../problem.ts';
import { findingsFromIssues, problemsFromFindings } from '../schema-problems.ts';
import { readYaml } from '../yaml-document.ts';
import { crossFindings } from './cross-checks.ts';

export type ExperimentFileResult =
  | { readonly ok: true; readonly file: ExperimentFile }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Puts the axes of a sweep in the order of the file, which decides the order of the trials. */
function inFileOrder(file: ExperimentFile, written: unknown): ExperimentFile {
  if (typeof written !== 'object' || written === null || !('sweep' in written)) return file;
  const { sweep } = written;
  if (typeof sweep !== 'object' || sweep === null) return file;
  const place = new Map(Object.keys(sweep).map((key, index) => [key, index]));
  const axes = Object.entries(file.sweep).sort(
    ([a], [b]) => (place.get(a) ?? 0) - (place.get(b) ?? 0),
  );
  return { ...file, sweep: Object.fromEntries(axes) };
}

/**
 * Reads an experiment file.
 *
 * @param text      YAML; any text at all gives an answer.
 * @param fileName  How problems call the file.
 * @returns The document with defaults filled in, or every mistake in it, in the order of its lines.
 */
export function parseExperimentFile(text: string, fileName: string): ExperimentFileResult {
  const source = readYaml(text, fileName);
  if (source.value === undefined) return { ok: false, problems: source.problems };
  const parsed = experimentSchema.safeParse(source.value);
  const findings = parsed.success ? [] : findingsFromIssues(parsed.error.issues);
  findings.push(...crossFindings(source.value));
  const problems = [...source.problems, ...problemsFromFindings(findings, source, fileName)];
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  return { ok: true, file: inFileOrder(parsed.data, source.value) };
}
