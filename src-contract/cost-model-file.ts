import { z } from 'zod';
import { PRICED, recordFromKeys, SPAN_TERMS } from '#core';
import type { CostModel, OverheadName, SpanTerm } from '#core';
import type { Problem } from './problem.ts';
import { allowing, closedMap, numberBetween, textLine } from './schema-parts.ts';
import { findingsFromIssues, problemsFromFindings } from './schema-problems.ts';
import { readYaml } from './yaml-document.ts';

/** What `schema` says in a cost model file of this version. */
export const COST_MODEL_SCHEMA = 'folio-lab/cost-model@1';

const idOption = allowing('letters, digits, dots, dashes and underscores, up to 100 of them');
const nanoseconds = numberBetween(0, 1_000_000_000, ' (nanoseconds)');

const tracerBuildSchema = closedMap({
  enterNs: nanoseconds,
  exitNs: nanoseconds,
  exitNsRange: z
    .tuple([nanoseconds, nanoseconds], allowing('two numbers, [least, most]'))
    .refine(([least, most]) => least <= most, allowing('[least, most] in this order')),
  ownTimeScale: numberBetween(0, 1000),
});

/** Prices that the first files had not: there they are nothing. */
const LATE_PRICES = [
  'fault_folio',
  'fault_large',
  'fault_page',
  'fault_split',
  'bio_start',
  'bio_end',
  'cold_start',
  'cold_bio',
  'cold_end',
  'cold_first_line',
  'cold_line',
  'cold_jump',
  'cold_head',
  'cold_release_line',
] as const satisfies readonly OverheadName[];

/** Terms that every file with terms has; in the first ones the others are missing, and nothing. */
const FIRST_TERMS = [
  'sys_enter',
  'sys_exit',
  'worker',
  'worker_entry',
] as const satisfies readonly SpanTerm[];

/** A cost model as it is kept in a file. */
export const costModelFileSchema = closedMap({
  schema: z.literal(COST_MODEL_SCHEMA, allowing(COST_MODEL_SCHEMA)),
  id: z.string(idOption).regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, idOption),
  title: textLine('one line that names the model'),
  provenance: textLine('whose measurement, on which machine and kernel, when, fitted how'),
  error: textLine('how far off the model is'),
  prices: closedMap({
    ...recordFromKeys(PRICED, () => nanoseconds),
    ...recordFromKeys(LATE_PRICES, () => nanoseconds.default(0)),
  }),
  cacheBytes: numberBetween(0, 2 ** 40, ' (bytes)')
    .nullable()
    .default(null),
  jitter: closedMap({ sigma: numberBetween(0, 1) }),
  tracer: closedMap({ before: tracerBuildSchema, after: tracerBuildSchema }),
  spanTerms: closedMap({
    ...recordFromKeys(SPAN_TERMS, () => nanoseconds.default(0)),
    ...recordFromKeys(FIRST_TERMS, () => nanoseconds),
  }).optional(),
});

export type CostModelFileResult =
  | { readonly ok: true; readonly costModel: CostModel }
  | { readonly ok: false; readonly problems: readonly Problem[] };

type JsonReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: Problem };

function readJson(text: string, file: string): JsonReading {
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'the parser gave up';
    const [, line] = /\(line (\d+) column \d+\)/.exec(reason) ?? [];
    const message = `not readable as JSON: ${reason.replace(/\s*\(line .*/, '')}`;
    return {
      ok: false,
      problem: { file, line: line === undefined ? null : Number(line), key: '', message },
    };
  }
}

function modelFromFile(file: z.output<typeof costModelFileSchema>): CostModel {
  const { id, title, provenance, error, prices, cacheBytes, jitter, tracer, spanTerms } = file;
  const model = { id, title, provenance, error, prices, cacheBytes, jitter, tracer };
  return spanTerms === undefined ? model : { ...model, spanTerms };
}

/**
 * Reads a cost model file.
 *
 * @param text      JSON; any text at all gives an answer.
 * @param fileName  How problems call the file.
 * @returns The model, or every mistake in it: a missing or negative price, an unknown event and so on.
 */
export function parseCostModel(text: string, fileName: string): CostModelFileResult {
  const reading = readJson(text, fileName);
  if (!reading.ok) return { ok: false, problems: [reading.problem] };
  // JSON is YAML too, and that parser knows the lines.
  const source = readYaml(text, fileName);
  const parsed = costModelFileSchema.safeParse(reading.value);
  if (!parsed.success) {
    const findings = findingsFromIssues(parsed.error.issues);
    return { ok: false, problems: problemsFromFindings(findings, source, fileName) };
  }
  return { ok: true, costModel: modelFromFile(parsed.data) };
}

/** Writes a cost model as `parseCostModel` reads it. */
export function costModelText(model: CostModel): string {
  const { id, title, provenance, error, prices, cacheBytes, jitter, tracer, spanTerms } = model;
  const file = {
    schema: COST_MODEL_SCHEMA,
    id,
    title,
    provenance,
    error,
    prices: recordFromKeys(PRICED, (name) => prices[name]),
    cacheBytes,
    jitter,
    tracer,
    ...(spanTerms === undefined ? {} : { spanTerms }),
  };
  const text = JSON.stringify(file, null, 2);
  // Pairs of numbers are one thing and stand on one line.
  return `${text.replaceAll(/\[\s+([\d.e+-]+),\s+([\d.e+-]+)\s+\]/g, '[$1, $2]')}\n`;
}
