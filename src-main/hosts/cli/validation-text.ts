import {
  basisText,
  publishedFigureText,
  publishedUnitText,
  validateErrorText,
  validateRemark,
  validateSummary,
  verdictOf,
  VERDICT_MARKS,
} from '#contract';
import type { ValidateDocument, ValidateRow, ValidateVerdict } from '#contract';
import { textTable, wrapWords } from './text-table.ts';
import type { Column } from './text-table.ts';

const WIDTH = 100;
const INDENT = '  ';

const LEGEND: readonly (readonly [ValidateVerdict, string])[] = [
  ['met', 'predicted within the tolerance'],
  ['missed', 'off by more'],
  ['fitted', 'fitted'],
  ['not-modelled', 'not modelled'],
  ['not-published', 'not published'],
];

function legendText(): string {
  return LEGEND.map(([verdict, words]) => `${VERDICT_MARKS[verdict]} ${words}`).join('   ');
}

const COLUMNS: readonly Column<ValidateRow>[] = [
  { title: '', align: 'left', text: (row) => VERDICT_MARKS[verdictOf(row)] },
  { title: 'figure', align: 'left', text: ({ id }) => id },
  { title: 'published', align: 'right', text: ({ published }) => publishedFigureText(published) },
  { title: 'modelled', align: 'right', text: ({ modelled }) => publishedFigureText(modelled) },
  { title: 'unit', align: 'left', text: ({ unit }) => publishedUnitText(unit) },
  { title: 'error', align: 'right', text: validateErrorText },
  { title: 'basis', align: 'left', text: basisText },
];

/** One sentence for each row with a remark; rows that share it are named together. */
function remarks(rows: readonly ValidateRow[]): string[] {
  const byRemark = Map.groupBy(rows, validateRemark);
  byRemark.delete('');
  return [...byRemark].map(([remark, sharing]) =>
    wrapWords(`${sharing.map(({ id }) => id).join(', ')}: ${remark}`, WIDTH, INDENT),
  );
}

function section(title: string, rows: readonly ValidateRow[]): string[] {
  const lines = remarks(rows);
  return lines.length === 0 ? [] : ['', title, ...lines];
}

/** The model against published figures, for people: a table, then why figures are off or missing. */
export function validationText(document: ValidateDocument): string {
  const { rows } = document;
  const standing = (verdict: ValidateVerdict): ValidateRow[] =>
    rows.filter((row) => verdictOf(row) === verdict);
  return [
    textTable(rows, COLUMNS),
    '',
    legendText(),
    wrapWords(validateSummary(document), WIDTH, ''),
    ...section('Off:', standing('missed')),
    ...section('Not modelled:', standing('not-modelled')),
    ...section(
      'To know:',
      rows.filter((row) => !['missed', 'not-modelled'].includes(verdictOf(row))),
    ),
  ].join('\n');
}
