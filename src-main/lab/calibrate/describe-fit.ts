import type { CostModel } from '#core';
import { DIGEST_SHOWN } from '#contract';
import type { CalibrationAccuracy, CalibrationDocument } from '#contract';

function percentText(value: number): string {
  return `${value.toFixed(1)} %`;
}

function unneededText({ unneeded }: CalibrationDocument): string {
  if (unneeded.length === 0) return '';
  return ` The rows leave nothing to explain for ${unneeded.join(', ')}, whose price is 0: what it costs is in the prices beside it.`;
}

function probeText(probeNs: number): string {
  return probeNs === 0 ? '' : ` A probe of ${probeNs} ns in each span is in no price.`;
}

function provenanceOf(document: CalibrationDocument): string {
  const { files, startedFrom, probeNs, groups } = document;
  const sources = files
    .map(({ name, sha256, usedRows }) => {
      return `${usedRows} ${usedRows === 1 ? 'row' : 'rows'} of ${name} (sha256 ${sha256.slice(0, DIGEST_SHOWN)})`;
    })
    .join(', ');
  return `Fitted to ${sources}, over the counts of the core, by non-negative least squares on relative errors with one scale factor for each run: ${groups.length} prices that the rows tell apart; tied ones keep the ratios of ${startedFrom}, and what occurs in no row keeps its price.${probeText(probeNs)}${unneededText(document)}`;
}

/** What rows of several parts have in common: a span and its mode, a test of whole calls, a test of gup_test. */
function kindOf(part: string): string {
  const span = /^(\S+_span) .*?(hot|walk)/.exec(part);
  if (span !== null) return `${span[1] ?? ''} ${span[2] ?? ''}`;
  return /^(first_touch|after_fork|beside)/.exec(part)?.[0] ?? part;
}

type WeighedError = { readonly rows: number; readonly percent: number | null };

function meanError(errors: readonly WeighedError[]): number | null {
  const known = errors.filter(({ rows, percent }) => rows > 0 && percent !== null);
  const rows = known.reduce((sum, each) => sum + each.rows, 0);
  if (rows === 0) return null;
  return known.reduce((sum, each) => sum + each.rows * (each.percent ?? 0), 0) / rows;
}

function errorText(kind: string, parts: readonly CalibrationAccuracy[]): string {
  const mean = (
    rows: (part: CalibrationAccuracy) => number,
    percent: (part: CalibrationAccuracy) => number | null,
  ): string | null => {
    const error = meanError(parts.map((part) => ({ rows: rows(part), percent: percent(part) })));
    return error === null ? null : percentText(error);
  };
  const scaled = mean(
    (part) => part.rows,
    (part) => part.mapePercent,
  );
  const unscaled = mean(
    (part) => part.rows,
    (part) => part.unscaledMapePercent,
  );
  const leftOut = mean(
    (part) => part.leftOutRows,
    (part) => part.leftOutMapePercent,
  );
  return `${kind} ${scaled ?? ''} (${unscaled ?? ''}; ${leftOut ?? 'no other layout'})`;
}

function errorOf({ accuracy, worst }: CalibrationDocument): string {
  const kinds = Map.groupBy(accuracy, ({ part }) => kindOf(part));
  const texts = [...kinds].map(([kind, parts]) => errorText(kind, parts));
  const worstText =
    worst === null
      ? ''
      : ` Worst row: ${worst.metric}, ${worst.layout}, ${worst.what}, ${percentText(worst.errorPercent)}.`;
  return `Mean absolute error of the rows fitted to, with a scale factor for each run (without it; with it and the layout left out): ${texts.join(', ')}.${worstText}`;
}

/**
 * What a fitted model says of itself.
 *
 * @param hasStages  Whole calls were fitted after spans.
 */
export function describeFit(
  document: CalibrationDocument,
  machine: string | null,
  hasStages: boolean,
): Pick<CostModel, 'provenance' | 'error'> {
  const stages = hasStages
    ? ' Whole calls were fitted last, to what the prices of the spans leave of them.'
    : '';
  const fitted = `${provenanceOf(document)}${stages}`;
  const provenance = machine === null ? fitted : `${machine.replace(/[.\s]*$/, '')}. ${fitted}`;
  return { provenance, error: errorOf(document) };
}
