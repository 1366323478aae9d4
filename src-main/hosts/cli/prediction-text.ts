import type { PredictDocument, PredictedRow } from '#contract';
import { countedText } from './figures.ts';
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

const TEST_COLUMNS: readonly Column<PredictedRow>[] = [
  { title: 'test', align: 'left', text: ({ test }) => test ?? '' },
  { title: 'variant', align: 'left', text: ({ variant }) => variant ?? '' },
];
const BASIS_COLUMN: Column<PredictedRow> = {
  title: 'basis',
  align: 'left',
  text: ({ basis }) => basis ?? '',
};

/** Columns that are empty in every row are left out. */
function columnsOf(rows: readonly PredictedRow[]): readonly Column<PredictedRow>[] {
  const hasTests = rows.some(({ test }) => test !== undefined);
  const hasModes = rows.some(({ mode }) => mode !== null);
  const hasBasis = rows.some(({ basis }) => basis !== undefined);
  const [line, ...others] = COLUMNS.filter(({ title }) => title !== 'mode' || hasModes);
  return [
    ...(line === undefined ? [] : [line]),
    ...(hasTests ? TEST_COLUMNS : []),
    ...others,
    ...(hasBasis ? [BASIS_COLUMN] : []),
  ];
}

function partOf({ test, variant, metric, mode, basis }: PredictedRow): string {
  const words = [test, variant, metric, mode, basis];
  return words.filter((word) => word !== null && word !== undefined).join(' ');
}

function summaryText({ rows, costModel }: PredictDocument): string[] {
  const byMetric = Map.groupBy(
    rows.filter(({ errorPercent }) => errorPercent !== null),
    partOf,
  );
  return [...byMetric].map(([part, ofPart]) => {
    const sum = ofPart.reduce((total, { errorPercent }) => total + Math.abs(errorPercent ?? 0), 0);
    const mean = (sum / ofPart.length).toFixed(2);
    return `${part}: ${countedText(ofPart.length, 'row')}, mean absolute error of ${costModel} ${mean} %`;
  });
}

function reasons(rows: readonly PredictedRow[]): string[] {
  const byReason = Map.groupBy(rows, ({ reason }) => reason ?? '');
  byReason.delete('');
  return [...byReason].map(([reason, ofReason]) =>
    wrapWords(
      `${countedText(ofReason.length, 'row')} without prediction: ${reason}`,
      WIDTH,
      INDENT,
    ),
  );
}

/** Predictions for people: a table, mean errors, and why rows have none. */
export function predictionText(document: PredictDocument): string {
  const predicted = document.rows.filter(({ modelledNs }) => modelledNs !== null);
  return [
    ...(predicted.length === 0 ? [] : [textTable(predicted, columnsOf(predicted)), '']),
    ...summaryText(document),
    ...reasons(document.rows),
  ].join('\n');
}
