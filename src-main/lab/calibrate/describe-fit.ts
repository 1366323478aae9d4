import type { CostModel } from '#core';
import type { CalibrationDocument } from '#contract';

/** Digits of a file's digest that the provenance of a model shows. */
export const DIGEST_SHOWN = 12;

function percentText(value: number): string {
  return `${value.toFixed(1)} %`;
}

function unneededText({ unneeded }: CalibrationDocument): string {
  if (unneeded.length === 0) return '';
  return ` The rows leave nothing to explain for ${unneeded.join(', ')}, whose price is 0: what it costs is in the prices beside it.`;
}

function provenanceOf(document: CalibrationDocument): string {
  const { files, startedFrom, probeNs, groups } = document;
  const sources = files
    .map(({ name, sha256, usedRows }) => {
      return `${usedRows} rows of ${name} (sha256 ${sha256.slice(0, DIGEST_SHOWN)})`;
    })
    .join(', ');
  return `Fitted to ${sources}, over the counts of the core, by non-negative least squares on relative errors with one scale factor for each run: ${groups.length} prices that the rows tell apart; tied ones keep the ratios of ${startedFrom}, and what occurs in no row keeps its price. A probe of ${probeNs} ns in each span is in no price.${unneededText(document)}`;
}

function errorOf({ accuracy, worst }: CalibrationDocument): string {
  const parts = accuracy
    .map(({ part, mapePercent, leftOutMapePercent }) => {
      const leftOut = leftOutMapePercent === null ? '' : ` (${percentText(leftOutMapePercent)})`;
      return `${part} ${percentText(mapePercent)}${leftOut}`;
    })
    .join('; ');
  const worstText =
    worst === null
      ? ''
      : ` Worst row: ${worst.metric}, ${worst.layout}, ${worst.what}, ${percentText(worst.errorPercent)}.`;
  return `Mean absolute error of the rows fitted to, in brackets with the layout left out: ${parts}.${worstText}`;
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
