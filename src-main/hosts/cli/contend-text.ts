import type { ContendDocument, ContendFigure, ContentionName } from '#contract';
import { countText, decimals, nanosecondsText } from './figures.ts';
import { textTable, wrapWords } from './text-table.ts';
import type { Column } from './text-table.ts';

const WIDTH = 100;
const INDENT = '  ';
const NONE = '–';

type Group = ContendDocument['groups'][number];

/** What each contention puts beside each other. */
export const CONTENTION_MEANINGS: Readonly<Record<ContentionName, string>> = {
  'db2-2008': 'the OLTP workload of 2008, its pins under mmap_sem and by the lockless walk',
  munmap: 'a thread that maps and unmaps, alone and beside threads that pin',
  pinners: 'threads that pin pages of their own, and the same with a folio they share',
};

/** What was fitted to what, and what that leaves to be predicted. */
const FITS: Readonly<Record<ContentionName, { readonly to: string; readonly leaves: string }>> = {
  'db2-2008': {
    to: 'the three percentages of the mail',
    leaves:
      'The pages of a pin were chosen after trying 1 to 8, and that no pin goes the slow way is assumed: nothing here is a prediction.',
  },
  munmap: {
    to: 'Linux 6.18 (munmap alone 6.7 us, beside a short pin 18.1 us; a pin of base pages beside it 26.3 us)',
    leaves:
      'That munmap waits for a whole walk is predicted, but only constant times keep the two in step.',
  },
  pinners: {
    to: 'Linux 6.18 (two threads on one large folio, 30 us)',
    leaves: 'Shared pages of folioOrder=0 cost more than measured: no line is fetched ahead.',
  },
};

function shareText(share: number): string {
  return `${decimals(100 * share)} %`;
}

function latencyColumn(title: 'p50' | 'p99' | 'max'): Column<Group> {
  return {
    title: `${title} ns`,
    align: 'right',
    text: ({ latencyNs }) => (latencyNs === null ? NONE : nanosecondsText(latencyNs[title])),
  };
}

const GROUP_COLUMNS: readonly Column<Group>[] = [
  { title: 'setup', align: 'left', text: ({ setup }) => setup },
  { title: 'group', align: 'left', text: ({ name }) => name },
  { title: 'threads', align: 'right', text: ({ threads }) => String(threads) },
  {
    title: 'a second',
    align: 'right',
    text: ({ operationsPerSecond }) => countText(operationsPerSecond),
  },
  latencyColumn('p50'),
  latencyColumn('p99'),
  latencyColumn('max'),
  { title: 'running', align: 'right', text: ({ shares }) => shareText(shares.running) },
  { title: 'waiting', align: 'right', text: ({ shares }) => shareText(shares.lockWait) },
  { title: 'idle', align: 'right', text: ({ shares }) => shareText(shares.idle) },
];

function valueText(value: number | null, unit: ContendFigure['unit']): string {
  if (value === null) return NONE;
  return unit === 'calls' ? countText(value) : decimals(value);
}

const FIGURE_COLUMNS: readonly Column<ContendFigure>[] = [
  { title: 'figure', align: 'left', text: ({ meaning }) => meaning },
  { title: 'published', align: 'right', text: ({ published, unit }) => valueText(published, unit) },
  { title: 'modelled', align: 'right', text: ({ value, unit }) => valueText(value, unit) },
  { title: 'unit', align: 'left', text: ({ unit }) => unit },
];

/** A line for each function, that with the largest share first; a column for each setup. */
function samplesTable({ groups, samples }: ContendDocument): string {
  const setups = [...new Set(groups.map(({ setup }) => setup))];
  const largestFirst = samples.toSorted((a, b) => b.share - a.share);
  const functions = [...new Set(largestFirst.map((each) => each.function))];
  return textTable(functions, [
    { title: 'samples in', align: 'left', text: (name) => name },
    ...setups.map((setup): Column<string> => ({
      title: setup,
      align: 'right',
      text: (name) => {
        const found = samples.find((each) => each.setup === setup && each.function === name);
        return found === undefined ? NONE : shareText(found.share);
      },
    })),
  ]);
}

function fitText({ what, changed, fitted }: ContendDocument): string {
  const { to, leaves } = FITS[what];
  const names = fitted.length === 0 ? 'nothing that was not set' : fitted.join(', ');
  const limit =
    changed.length === 0
      ? ''
      : ` The fit holds for all parameters together; here ${changed.join(', ')} differ from it.`;
  return `Fitted to ${to}: ${names}. ${leaves}${limit}`;
}

/** Threads beside each other, for people: groups, what they are run for, and where the time goes. */
export function contendText(document: ContendDocument): string {
  const { what, figures, groups, parameters } = document;
  const values = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return [
    wrapWords(`${what}: ${CONTENTION_MEANINGS[what]}`, WIDTH, INDENT),
    '',
    textTable(groups, GROUP_COLUMNS),
    '',
    textTable(figures, FIGURE_COLUMNS),
    '',
    samplesTable(document),
    '',
    wrapWords(`Parameters: ${values.join(' ')}`, WIDTH, INDENT),
    wrapWords(fitText(document), WIDTH, INDENT),
  ].join('\n');
}
