import type { PublishedUnit } from './published-file.ts';
import { verdictOf } from './validate-document.ts';
import type { ValidateDocument, ValidateRow, ValidateVerdict } from './validate-document.ts';

/** Units that are part of a number and not a word behind it. */
const UNITLESS: readonly PublishedUnit[] = ['ratio', 'count'];
const SIGNIFICANT_DIGITS = 5;
/** From here on a figure has spaces between its thousands. */
const LONG_FROM = 10_000;

/** How a row stands, in words. */
export const VERDICT_WORDS: Readonly<Record<ValidateVerdict, string>> = {
  fitted: 'fitted',
  met: 'predicted',
  missed: 'off',
  'not-modelled': 'not modelled',
  'not-published': 'not published',
};

/** A mark for each verdict, for those who cannot see colours. */
export const VERDICT_MARKS: Readonly<Record<ValidateVerdict, string>> = {
  fitted: '=',
  met: '✓',
  missed: '✗',
  'not-modelled': '–',
  'not-published': '·',
};

/** A published or modelled figure with five significant digits, whole where it is long. */
export function publishedFigureText(value: number | null): string {
  if (value === null) return '';
  if (Math.abs(value) < LONG_FROM) return String(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
  return String(Math.round(value)).replaceAll(/\B(?=(\d{3})+$)/g, ' ');
}

/** The unit as a word; none for what is a bare number. */
export function publishedUnitText(unit: PublishedUnit): string {
  return UNITLESS.includes(unit) ? '' : unit;
}

/** How far off a row is: `-1.1 %`; empty where nothing can be compared. */
export function validateErrorText({ errorPercent }: ValidateRow): string {
  if (errorPercent === null) return '';
  const text = errorPercent.toFixed(1);
  if (Number(text) === 0) return '0 %';
  return `${errorPercent > 0 ? '+' : ''}${text} %`;
}

/** What a modelled figure can be: `3.889 to 6.167 us`; empty where it is exact. */
export function modelledRangeText({ modelledRange, unit }: ValidateRow): string {
  if (modelledRange === null) return '';
  const [least, most] = modelledRange;
  return `${publishedFigureText(least)} to ${publishedFigureText(most)} ${unit}`;
}

/** What is to be known of a row: its range, and why it is off or not modelled. */
export function validateRemark(row: ValidateRow): string {
  return [modelledRangeText(row), row.reason ?? ''].filter((each) => each !== '').join('; ');
}

/** Whether something was fitted on the figure, and where it stands, in words. */
export function basisText(row: ValidateRow): string {
  const verdict = verdictOf(row);
  if (row.modelled === null) return VERDICT_WORDS[verdict];
  return verdict === 'missed' ? `${row.basis}, off` : row.basis;
}

/** What the rows add up to, in sentences. */
export function validateSummary({ summary, tolerancePercent }: ValidateDocument): string {
  const { fitted, predicted, predictedTimes, notModelled } = summary;
  const share = (tally: typeof predicted): string => `${tally.within} of ${tally.rows}`;
  return [
    `Predicted within ${tolerancePercent} %: ${share(predicted)}; without counts, which are exact by the rules: ${share(predictedTimes)}.`,
    `Fitted: ${fitted}, which prove nothing. Not modelled: ${notModelled}.`,
  ].join(' ');
}

const COLUMNS: readonly {
  readonly title: string;
  readonly isNumeric: boolean;
  readonly text: (row: ValidateRow) => string;
}[] = [
  { title: 'id', isNumeric: false, text: ({ id }) => id },
  { title: 'figure', isNumeric: false, text: ({ figure }) => figure },
  { title: 'workload', isNumeric: false, text: ({ workload }) => workload },
  { title: 'published', isNumeric: true, text: ({ published }) => publishedFigureText(published) },
  { title: 'modelled', isNumeric: true, text: ({ modelled }) => publishedFigureText(modelled) },
  { title: 'unit', isNumeric: false, text: ({ unit }) => unit },
  { title: 'error', isNumeric: true, text: validateErrorText },
  { title: 'basis', isNumeric: false, text: basisText },
  { title: 'remark', isNumeric: false, text: validateRemark },
];

function escapedCell(cell: string): string {
  return cell.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
}

/** The rows as a table in Markdown, with what they add up to. */
export function validateMarkdown(document: ValidateDocument): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapedCell).join(' | ')} |`;
  return [
    line(COLUMNS.map(({ title }) => title)),
    line(COLUMNS.map(({ isNumeric }) => (isNumeric ? '---:' : '---'))),
    ...document.rows.map((row) => line(COLUMNS.map(({ text }) => text(row)))),
    '',
    validateSummary(document),
    '',
  ].join('\n');
}
