import type { CostModel } from '#core';
import type { CalibrationDocument } from '#contract';

const DIGEST_SHOWN = 12;

function percentText(value: number): string {
  return `${value.toFixed(1)} %`;
}

function provenanceOf({ files, startedFrom, probeNs, groups }: CalibrationDocument): string {
  const sources = files
    .map(({ name, sha256, usedRows }) => {
      return `${usedRows} rows of ${name} (sha256 ${sha256.slice(0, DIGEST_SHOWN)})`;
    })
    .join(', ');
  return `Fitted to ${sources}, over the counts of the core, by non-negative least squares on relative errors with one scale factor for each run: ${groups.length} prices that the rows tell apart; tied ones keep the ratios of ${startedFrom}, and what occurs in no row keeps its price. A probe of ${probeNs} ns in each span is in no price.`;
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

/** What a fitted model says of itself. */
export function describeFit(document: CalibrationDocument): Pick<CostModel, 'provenance' | 'error'> {
  return { provenance: provenanceOf(document), error: errorOf(document) };
}
