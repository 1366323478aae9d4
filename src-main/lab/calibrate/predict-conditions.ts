import { CORE_VERSION } from '#core';
import type { CostModel } from '#core';
import { isFittedTo, PREDICT_SCHEMA } from '#contract';
import type { PredictDocument, PredictedRow, SpanRow } from '#contract';
import type { Found } from '../catalogue/catalogue-folder.ts';
import { errorPercentOf } from './assess-fit.ts';
import { ContendedRows } from './contended-rows.ts';
import { ConditionCounter } from './count-conditions.ts';
import { SpanCounter } from './count-spans.ts';
import { priceSpan } from './predict.ts';

/** A measurement table as it was read. */
export type MeasuredTable = {
  readonly fileName: string;
  readonly sha256: string;
  readonly rows: readonly SpanRow[];
};

type Told = {
  readonly modelledNs: number;
  readonly probeNs: number;
  /** A fit to this table would use the row. */
  readonly isFitRow: boolean;
};

/** Where in munmap the interrupt lies was chosen with its rows in view, so that no model predicts them. */
const CHOSEN_WITH = 'mmap_munmap';

/** Whether a model has terms of whole calls; without them it knows only what a call has to do with pinning. */
function knowsCalls({ spanTerms }: CostModel): boolean {
  return spanTerms !== undefined && spanTerms.register_call > 0;
}

/** Tells rows of every table: spans, whole calls of one thread, and threads beside each other. */
class RowTeller {
  private readonly model: CostModel;
  private readonly spans = new SpanCounter();
  private readonly conditions = new ConditionCounter();
  private readonly contended: ContendedRows;

  constructor(model: CostModel) {
    this.model = model;
    this.contended = new ContendedRows(model, this.conditions);
  }

  tell(row: SpanRow): Found<Told> {
    if (row.table === 'contention' && !knowsCalls(this.model)) {
      const message = `cost model ${this.model.id} was fitted to no table of whole calls`;
      return { ok: false, message };
    }
    const counter = row.table === 'contention' ? this.conditions : this.spans;
    const counted = counter.countRow(row);
    if (counted.ok) {
      const { probesNs } = counted.value;
      const modelledNs = priceSpan(counted.value, this.model);
      return { ok: true, value: { modelledNs, probeNs: probesNs, isFitRow: true } };
    }
    if (row.test !== 'beside') return counted;
    const told = this.contended.tell(row);
    if (!told.ok) return told;
    const isFitRow = row.variant === CHOSEN_WITH;
    return { ok: true, value: { modelledNs: told.value, probeNs: 0, isFitRow } };
  }
}

/**
 * Tells each row of a measurement table what a cost model says of it, rows of threads beside each other, faults and
 * forks included. Of these only test, variant, metric, layout and length are read.
 *
 * @returns Every row with its `basis`: `fitted` where the model was fitted to this very row, by the digest in its
 *   provenance.
 */
export function predictConditions(
  model: CostModel,
  { fileName, sha256, rows }: MeasuredTable,
): PredictDocument {
  const teller = new RowTeller(model);
  const isFitted = isFittedTo(model, sha256);
  const predicted = rows.map((row): PredictedRow => {
    const { line, metric, layout, mode, bytes, p50Ns, test, variant } = row;
    const measured = { line, metric, layout, mode, bytes, measuredNs: p50Ns };
    const named = test === null ? {} : { test, variant };
    const told = teller.tell(row);
    if (!told.ok) {
      const nothing = { modelledNs: null, probeNs: null, errorPercent: null, basis: null };
      return { ...measured, ...named, ...nothing, reason: told.message };
    }
    const { modelledNs, probeNs, isFitRow } = told.value;
    const errorPercent = p50Ns > 0 ? errorPercentOf(modelledNs, p50Ns) : null;
    const basis = isFitRow && isFitted ? 'fitted' : 'predicted';
    return { ...measured, ...named, modelledNs, probeNs, errorPercent, basis, reason: null };
  });
  return {
    ...{ schema: PREDICT_SCHEMA, coreVersion: CORE_VERSION, costModel: model.id },
    ...{ file: fileName, rows: predicted },
  };
}
