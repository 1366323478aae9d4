import type { FigureUnit } from '#contract';
import type { Comparison, ComparisonCell, ComparisonSubject } from './comparison.ts';

/** What `schema` says in a comparison as JSON. */
export const COMPARISON_SCHEMA = 'folio-lab/compare@1';

/** A figure of one subject; what compares it with the baseline is null where it cannot be compared. */
export type ComparisonFigure = {
  /** Id of the subject. */
  readonly subject: string;
  readonly median: number;
  readonly replicates: number;
  readonly delta: number | null;
  readonly percent: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly indistinguishable: boolean | null;
};

/** A comparison as one JSON document. */
export type ComparisonDocument = {
  readonly schema: typeof COMPARISON_SCHEMA;
  readonly kind: Comparison['kind'];
  /** Id of the subject the others are compared with. */
  readonly baseline: string | null;
  readonly subjects: readonly ComparisonSubject[];
  readonly parameters: readonly string[];
  /** For each parameter in which subjects differ, its value by the id of the subject. */
  readonly differences: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
  readonly rows: readonly {
    readonly parameters: Readonly<Record<string, string | number>>;
    readonly metric: string;
    readonly unit: FigureUnit;
    readonly figures: readonly ComparisonFigure[];
  }[];
  readonly warnings: readonly string[];
};

/** A cell with the id of its subject. */
export function figureFromCell(subject: string, cell: ComparisonCell): ComparisonFigure {
  const { median, replicates, difference } = cell;
  return {
    subject,
    median,
    replicates,
    delta: difference?.delta ?? null,
    percent: difference?.percent ?? null,
    lower: difference?.interval?.lower ?? null,
    upper: difference?.interval?.upper ?? null,
    indistinguishable: difference?.isIndistinguishable ?? null,
  };
}

/** Pairs each subject's id with its value. */
function bySubject<Value>(
  subjects: readonly ComparisonSubject[],
  values: readonly Value[],
): (readonly [string, Value])[] {
  return subjects.flatMap(({ id }, index) => {
    const value = values[index];
    return value === undefined ? [] : [[id, value] as const];
  });
}

/** The figures of a row, without the subjects that have none. */
export function figuresOfRow(
  subjects: readonly ComparisonSubject[],
  cells: Comparison['rows'][number]['cells'],
): ComparisonFigure[] {
  return bySubject(subjects, cells).flatMap(([id, cell]) =>
    cell === null ? [] : [figureFromCell(id, cell)],
  );
}

/** A comparison as the JSON document `compare --json` prints. */
export function comparisonDocument(comparison: Comparison): ComparisonDocument {
  const { kind, subjects, baseline, parameters, differences, rows, warnings } = comparison;
  return {
    schema: COMPARISON_SCHEMA,
    kind,
    baseline: subjects[baseline]?.id ?? null,
    subjects,
    parameters,
    differences: Object.fromEntries(
      differences.map(({ parameter, values }) => [
        parameter,
        Object.fromEntries(bySubject(subjects, values)),
      ]),
    ),
    rows: rows.map(({ parameters: values, metric, unit, cells }) => ({
      parameters: Object.fromEntries(
        parameters.map((name, index): [string, string | number] => [name, values[index] ?? '']),
      ),
      metric,
      unit,
      figures: figuresOfRow(subjects, cells),
    })),
    warnings,
  };
}
