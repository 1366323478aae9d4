import type { PredictDocument, PredictedRow } from '#contract';
import { textTable, wrapWords } from './text-table.ts';
import type { Column } from './text-table.ts';

const WIDTH = 100;
const INDENT = '  ';

function nsText(ns: number | null): string {
  return ns === null ? '' : String(Math.round(ns));
}

const COLUMNS: readonly Column<PredictedRow>[] = [
  { title: 'line', align: 'right', text: ({ line }) => String(line) },
  { title: 'metric', align: 'left', text: ({ metric }) => metric },
  { title: 'layout', align: 'left', text: ({ layout }) => layout },
  { title: 'mode', align: 'left', text: ({ mode }) => mode ?? '' },
  { title: 'bytes', align: 'right', text: ({ bytes }) => String(bytes) },
  { title: 'measured ns', align: 'right', text: ({ measuredNs }) => nsText(measuredNs) },
  { title: 'modelled ns', align: 'right', text: ({ modelledNs }) => nsText(modelledNs) },
  {
    title: 'error',
    align: 'right',
    text: ({ errorPercent: error }) =>
      error === null ? '' : `${error > 0 ? '+' : ''}${error.toFixed(1)} %`,
  },
];

function summaryText({ rows, costModel }: PredictDocument): string[] {
  const byMetric = Map.groupBy(
    rows.filter(({ errorPercent }) => errorPercent !== null),
    ({ metric, mode }) => `${metric} ${mode ?? ''}`,
  );
  return [...byMetric].map(([part, ofPart]) => {
    const sum = ofPart.reduce((total, { errorPercent }) => total + Math.abs(errorPercent ?? 0), 0);
    const mean = (sum / ofPart.length).toFixed(2);
    return `${part}: ${ofPart.length} rows, mean absolute error of ${costModel} ${mean} %`;
  });
}

function reasons(rows: readonly PredictedRow[]): string[] {
  const byReason = Map.groupBy(rows, ({ reason }) => reason ?? '');
  byReason.delete('');
  return [...byReason].map(([reason, ofReason]) =>
    wrapWords(`${ofReason.length} rows without prediction: ${reason}`, WIDTH, INDENT),
  );
}

/** Predictions for people: a table, mean errors, and why rows have none. */
export function predictionText(document: PredictDocument): string {
  const predicted = document.rows.filter(({ modelledNs }) => modelledNs !== null);
  return [
    ...(predicted.length === 0 ? [] : [textTable(predicted, COLUMNS), '']),
    ...summaryText(document),
    ...reasons(document.rows),
  ].join('\n');
}
