import type {
  CalibrationAccuracy,
  CalibrationDocument,
  CalibrationGroup,
  CalibrationResidual,
} from '#contract';
import { countedText } from './figures.ts';
import { textTable, wrapWords } from './text-table.ts';
import type { Column } from './text-table.ts';

const WIDTH = 100;
const INDENT = '  ';
const WORST_SHOWN = 5;

function nsText(ns: number): string {
  return String(Number(ns.toPrecision(3)));
}

function percentText(value: number | null): string {
  return value === null ? '' : `${value.toFixed(2)} %`;
}

/** Widths of the factor and its interval, in front of the prices. */
const FACTOR_WIDTH = 6;
const INTERVAL_WIDTH = 14;
const GAP = '  ';

function groupLine(factor: string, interval: string, prices: string): string {
  const start = [factor.padStart(FACTOR_WIDTH), interval.padEnd(INTERVAL_WIDTH), ''].join(GAP);
  return wrapWords(`${start}${prices}`, WIDTH, ' '.repeat(start.length));
}

/** Prices with their factors; a group can be too long for a line of a table. */
function groupLines(groups: readonly CalibrationGroup[]): string[] {
  return [
    groupLine('factor', '95 %', 'prices in ns; those that stand together cannot be told apart'),
    groupLine('─'.repeat(FACTOR_WIDTH), '─'.repeat(INTERVAL_WIDTH), '─'.repeat(40)),
    ...groups.map(({ multiplier, interval: [low, high], prices }) =>
      groupLine(
        multiplier.toFixed(2),
        `${low.toFixed(2)} to ${high.toFixed(2)}`,
        prices.map(({ name, ns }) => `${name} ${nsText(ns)}`).join(', '),
      ),
    ),
  ];
}

/** Some rows cannot be told without their layout. */
function leftOutText({ rows, leftOutRows, leftOutMapePercent }: CalibrationAccuracy): string {
  const some = leftOutRows > 0 && leftOutRows < rows ? ` of ${leftOutRows}` : '';
  return `${percentText(leftOutMapePercent)}${some}`;
}

const ACCURACY_COLUMNS: readonly Column<CalibrationAccuracy>[] = [
  { title: 'rows', align: 'left', text: ({ part }) => part },
  { title: 'n', align: 'right', text: ({ rows }) => String(rows) },
  { title: 'MAPE', align: 'right', text: ({ mapePercent }) => percentText(mapePercent) },
  {
    title: 'without factors',
    align: 'right',
    text: ({ unscaledMapePercent }) => percentText(unscaledMapePercent),
  },
  { title: 'layout left out', align: 'right', text: leftOutText },
];

const RESIDUAL_COLUMNS: readonly Column<CalibrationResidual>[] = [
  { title: 'row', align: 'left', text: ({ file, line }) => `${file}:${line}` },
  { title: 'metric', align: 'left', text: ({ metric }) => metric },
  { title: 'layout', align: 'left', text: ({ layout }) => layout },
  { title: 'what', align: 'left', text: ({ what }) => what },
  { title: 'measured', align: 'right', text: ({ measuredNs }) => nsText(measuredNs) },
  { title: 'modelled', align: 'right', text: ({ modelledNs }) => nsText(modelledNs) },
  { title: 'error', align: 'right', text: ({ errorPercent }) => percentText(errorPercent) },
];

function worstRows(document: CalibrationDocument): readonly CalibrationResidual[] {
  return document.residuals
    .toSorted((a, b) => Math.abs(b.errorPercent) - Math.abs(a.errorPercent))
    .slice(0, WORST_SHOWN);
}

function sentence(title: string, words: readonly string[]): string[] {
  return words.length === 0 ? [] : [wrapWords(`${title}: ${words.join(', ')}`, WIDTH, INDENT)];
}

/** A calibration for people: prices, accuracy, scale factors, the worst rows, and what was left out. */
export function calibrationText(document: CalibrationDocument): string {
  const { groups, accuracy, scales, unneeded, unseen, leftOut, probeNs } = document;
  return [
    ...groupLines(groups),
    '',
    ...sentence('Nothing is left for them to explain, price 0', unneeded),
    ...sentence(`In no row, price of ${document.startedFrom}`, unseen),
    ...(probeNs === 0 ? [] : [`Beside the prices: ${probeNs} ns in each span for its probe`]),
    '',
    textTable(accuracy, ACCURACY_COLUMNS),
    '',
    ...sentence(
      'Scale factors',
      scales.map(({ run, factor }) => `${run} ${factor.toFixed(3)}`),
    ),
    '',
    'Worst rows',
    textTable(worstRows(document), RESIDUAL_COLUMNS),
    ...(leftOut.length === 0
      ? []
      : [
          '',
          'Left out',
          ...leftOut.map(({ reason, rows }) =>
            wrapWords(`${countedText(rows, 'row')}: ${reason}`, WIDTH, INDENT),
          ),
        ]),
  ].join('\n');
}
