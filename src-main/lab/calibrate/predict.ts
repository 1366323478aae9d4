import { CORE_VERSION } from '#core';
import type { CostModel } from '#core';
import { PREDICT_SCHEMA } from '#contract';
import type { PredictDocument, PredictedRow, SpanRow } from '#contract';
import { errorPercentOf } from './assess-fit.ts';
import { SpanCounter } from './count-spans.ts';
import type { SpanCounts } from './count-spans.ts';
import { priceParts } from './price-parts.ts';

/** What a span takes by a cost model, its probe included. Unit: nanoseconds. */
export function priceSpan(
  { parts, probesNs }: Pick<SpanCounts, 'parts' | 'probesNs'>,
  model: CostModel,
): number {
  return probesNs + priceParts(parts, model);
}

/**
 * Tells each row of a measurement table what a cost model says of it.
 *
 * @param file  How the document calls the table.
 */
export function predictRows(
  model: CostModel,
  file: string,
  spans: readonly SpanRow[],
): PredictDocument {
  const counter = new SpanCounter();
  const rows = spans.map((span): PredictedRow => {
    const { line, metric, layout, mode, bytes, p50Ns } = span;
    const told = { line, metric, layout, mode, bytes, measuredNs: p50Ns };
    const counted = counter.countRow(span);
    if (!counted.ok) {
      const reason = counted.message;
      return { ...told, modelledNs: null, probeNs: null, errorPercent: null, reason };
    }
    const modelledNs = priceSpan(counted.value, model);
    const errorPercent = p50Ns > 0 ? errorPercentOf(modelledNs, p50Ns) : null;
    return { ...told, modelledNs, probeNs: counted.value.probesNs, errorPercent, reason: null };
  });
  return { schema: PREDICT_SCHEMA, coreVersion: CORE_VERSION, costModel: model.id, file, rows };
}
