import { callChain, talkListings } from '#core';
import type { BuildName, ChainRow, ChainSide, CostModel, Explanation } from '#core';
import { countText, nanosecondsText } from './figures.ts';
import { textTable, wrapWords } from './text-table.ts';
import type { Column } from './text-table.ts';

/** Columns of a line of words. */
const WIDTH = 100;

function figure(side: ChainSide | null, text: (side: ChainSide) => string): string {
  return side === null ? '-' : text(side);
}

function nameText(name: string, depth: number): string {
  return `${' '.repeat(depth)}${name}`;
}

const COLUMNS: readonly Column<ChainRow>[] = [
  { title: 'before', align: 'left', text: (row) => nameText(row.before.name, row.depth) },
  { title: 'calls', align: 'right', text: ({ before }) => countText(before.calls) },
  { title: 'own ns', align: 'right', text: ({ before }) => nanosecondsText(before.ownNs) },
  { title: 'total', align: 'right', text: ({ before }) => nanosecondsText(before.totalNs) },
  {
    title: 'after',
    align: 'left',
    text: (row) => (row.after === null ? '-' : nameText(row.after.name, row.depth)),
  },
  { title: 'calls', align: 'right', text: ({ after }) => figure(after, (s) => countText(s.calls)) },
  {
    title: 'own ns',
    align: 'right',
    text: ({ after }) => figure(after, (s) => nanosecondsText(s.ownNs)),
  },
  {
    title: 'total',
    align: 'right',
    text: ({ after }) => figure(after, (s) => nanosecondsText(s.totalNs)),
  },
];

/** A function that is called on neither side is left out of the table, not of the signatures. */
function isCalled({ before, after }: ChainRow): boolean {
  return before.calls > 0 || (after?.calls ?? 0) > 0;
}

function signatureLines(rows: readonly ChainRow[]): string[] {
  return rows
    .filter(({ isChanged }) => isChanged)
    .flatMap(({ before, after }) => [
      `- ${before.name}(${before.parameters})`,
      after === null ? '+ nothing' : `+ ${after.name}(${after.parameters})`,
    ]);
}

/**
 * The functions from bio_iov_iter_get_pages() down before and after the conversion to folios, the signatures that
 * change, and the two traces as ftrace would print them.
 */
export function chainText(
  { before, after }: Readonly<Record<BuildName, Explanation>>,
  costModel: CostModel,
): string {
  const rows = callChain(before, after, costModel);
  return [
    `before: ${before.strategy.name}    after: ${after.strategy.name}`,
    '',
    textTable(rows.filter(isCalled), COLUMNS),
    '',
    wrapWords(
      `Untraced, inlined functions apart. Times are estimates by cost model ${costModel.id}. ${costModel.error}`,
      WIDTH,
      '',
    ),
    '',
    'Signatures that change',
    '',
    ...signatureLines(rows),
    '',
    'As function_graph would show it, the tracer in every duration',
    '',
    talkListings(before, after, costModel),
  ].join('\n');
}
