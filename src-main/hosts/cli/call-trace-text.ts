import type {
  CallTraceDocument,
  CallTraceFunction,
  CallTracePart,
  CallTracePath,
  ComparedCalls,
  ComparedRow,
  TraceComparison,
} from '#contract';
import { countedText, countText, decimals, nanosecondsText } from './figures.ts';
import { remarksText, sentencesText } from './remarks-text.ts';
import { textTable } from './text-table.ts';
import type { Column } from './text-table.ts';

const INDENT = '  ';
const NONE = '–';
/** Rows that are printed of a tree; those with the most time are chosen. */
const MOST_ROWS = 80;
/** Functions that are printed, those with the most time of their own. */
const MOST_FUNCTIONS = 20;

type TreeRow = { readonly depth: number; readonly path: CallTracePath };

function nameText({ name, module }: CallTraceFunction): string {
  return module === null ? name : `${name} [${module}]`;
}

function figureColumns<Row>(of: (row: Row) => CallTraceFunction): readonly Column<Row>[] {
  const ns = (title: string, value: (one: CallTraceFunction) => number): Column<Row> => ({
    title,
    align: 'right',
    text: (row) => (of(row).calls === 0 ? NONE : nanosecondsText(value(of(row)))),
  });
  return [
    { title: 'calls', align: 'right', text: (row) => countText(of(row).calls) },
    ns('total ns', ({ totalNs }) => totalNs),
    ns('self ns', ({ selfNs }) => selfNs),
    ns('min ns', ({ minNs }) => minNs),
    ns('max ns', ({ maxNs }) => maxNs),
    {
      title: 'cut off',
      align: 'right',
      text: (row) => (of(row).cutOffCalls === 0 ? '' : countText(of(row).cutOffCalls)),
    },
  ];
}

const TREE_COLUMNS: readonly Column<TreeRow>[] = [
  ...figureColumns<TreeRow>(({ path }) => path),
  {
    title: 'function',
    align: 'left',
    text: ({ depth, path }) => INDENT.repeat(depth) + nameText(path),
  },
];

const FUNCTION_COLUMNS: readonly Column<CallTraceFunction>[] = [
  ...figureColumns<CallTraceFunction>((row) => row),
  { title: 'function', align: 'left', text: nameText },
];

function treeRows(paths: readonly CallTracePath[], depth = 0): TreeRow[] {
  return paths.flatMap((path) => [{ depth, path }, ...treeRows(path.children, depth + 1)]);
}

/** The rows with the most time, in the order of the tree. */
function weightiest(rows: readonly TreeRow[]): readonly TreeRow[] {
  if (rows.length <= MOST_ROWS) return rows;
  const chosen = new Set(
    rows.toSorted((one, other) => other.path.totalNs - one.path.totalNs).slice(0, MOST_ROWS),
  );
  return rows.filter((row) => chosen.has(row));
}

function partTitle(part: CallTracePart): string {
  const cpus =
    part.cpus.length === 0
      ? []
      : [
          part.cpus.length > 8
            ? countedText(part.cpus.length, 'CPU')
            : `CPU ${part.cpus.join(', ')}`,
        ];
  const shown =
    part.literalCalls === part.calls ? [] : [`${countText(part.literalCalls)} of them shown`];
  return [
    `lines ${part.firstLine} to ${part.lastLine}`,
    ...cpus,
    ...(part.tasks === 0 ? [] : [countedText(part.tasks, 'task')]),
    countedText(part.calls, 'call'),
    ...shown,
  ].join(', ');
}

function comparedText(calls: ComparedCalls | null, of: (calls: ComparedCalls) => number): string {
  return calls === null ? NONE : nanosecondsText(of(calls));
}

function pair(title: string, of: (calls: ComparedCalls) => number): readonly Column<ComparedRow>[] {
  return [
    { title, align: 'right', text: ({ measured }) => comparedText(measured, of) },
    { title: 'model', align: 'right', text: ({ modelled }) => comparedText(modelled, of) },
  ];
}

const COMPARED_COLUMNS: readonly Column<ComparedRow>[] = [
  ...pair('calls', ({ calls }) => calls),
  ...pair('total ns', ({ totalNs }) => totalNs),
  ...pair('self ns', ({ selfNs }) => selfNs),
  {
    title: 'function',
    align: 'left',
    text: ({ name, path, tracedAs }) =>
      INDENT.repeat(path.length - 1) + (tracedAs === null ? name : `${name} (${tracedAs})`),
  },
];

function comparisonText(comparison: TraceComparison): string {
  const { root, paths, warnings, measuredRoots, measuredCalls, modelledCalls } = comparison;
  if (root === null) return sentencesText(warnings);
  const shown = paths.slice(0, MOST_ROWS);
  return [
    `Beside the model, for one call of ${root} (${countedText(measuredRoots, 'call')} traced): ` +
      `${decimals(measuredCalls)} calls traced, ${decimals(modelledCalls)} modelled.`,
    textTable(shown, COMPARED_COLUMNS),
    ...(shown.length < paths.length ? [`${paths.length - shown.length} further rows`] : []),
    sentencesText(warnings.slice(1)),
  ].join('\n');
}

function partText(part: CallTracePart, comparison: TraceComparison | null): string {
  const rows = treeRows(part.roots);
  const shown = weightiest(rows);
  const left = rows.length - shown.length;
  const functions = part.functions.slice(0, MOST_FUNCTIONS);
  return [
    `${partTitle(part)}\n${textTable(shown, TREE_COLUMNS)}`,
    ...(left === 0 ? [] : [`${countText(left)} further paths with less time`]),
    ...(left === 0 ? [] : [`by function\n${textTable(functions, FUNCTION_COLUMNS)}`]),
    ...(comparison === null ? [] : [comparisonText(comparison)]),
  ].join('\n\n');
}

/**
 * A call trace as tables for people, with what its importer assumed and warns of.
 *
 * @param comparisons  The model beside each part, in their order; null or nothing where there is none.
 */
export function callTraceText(
  document: CallTraceDocument,
  comparisons: readonly (TraceComparison | null)[] = [],
): string {
  return [
    ...document.parts.map((part, index) => partText(part, comparisons[index] ?? null)),
    ...remarksText('assumed', document.assumptions),
    ...remarksText('to be kept in mind', document.warnings),
  ].join('\n\n');
}
