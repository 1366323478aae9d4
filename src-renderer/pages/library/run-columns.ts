import type { RunRecord } from '#contract';
import type { TableColumn } from '../../components/data-table/columns.ts';
import { statusWord } from '../../components/run-status.ts';
import { formatDateTime, formatDuration } from '../../format.ts';
import { changesText } from '../../run-names/run-changes.ts';
import type { RunRow } from './library-contents.ts';

/** Milliseconds a run took; null while it runs. */
export function durationMs(run: RunRecord): number | null {
  if (run.endedAt === null) return null;
  return new Date(run.endedAt).getTime() - new Date(run.startedAt).getTime();
}

/** `3 of 12` for a run that is not complete, `12` for one that is. */
export function trialsText({ finishedTrials, plannedTrials }: RunRecord): string {
  return finishedTrials === plannedTrials
    ? String(plannedTrials)
    : `${finishedTrials} of ${plannedTrials}`;
}

function heldShare({ expectations }: RunRecord): number | null {
  if (expectations.length === 0) return null;
  return expectations.filter(({ holds }) => holds).length / expectations.length;
}

/** `12 of 13` expectations that held; nothing where there were none. */
export function expectationsText({ expectations }: RunRecord): string {
  if (expectations.length === 0) return '';
  const held = expectations.filter(({ holds }) => holds).length;
  return held === expectations.length ? `${held} held` : `${held} of ${expectations.length}`;
}

type RunColumn = TableColumn<RunRow>;

const MAIN: readonly RunColumn[] = [
  {
    id: 'star',
    title: 'Star',
    icon: 'star',
    // Smaller first: the first press brings the starred ones up.
    value: ({ run }) => (run.isStarred ? 0 : 1),
    width: 44,
  },
  {
    id: 'title',
    title: 'Experiment',
    value: ({ run }) => run.title,
    width: 210,
    isFlexible: true,
    isAlwaysShown: true,
  },
  {
    id: 'changes',
    title: 'Changed',
    description: 'Against the run it comes from, else the one before it of the same experiment',
    value: ({ changes }) => changes.join(', '),
    text: ({ changes }) => changesText(changes),
    width: 126,
  },
  { id: 'session', title: 'Session', value: ({ sessionName }) => sessionName, width: 124 },
  {
    id: 'status',
    title: 'Status',
    value: ({ run }) => statusWord(run.status),
    width: 102,
  },
  {
    id: 'started',
    title: 'Started',
    value: ({ run }) => run.startedAt,
    text: ({ run }) => formatDateTime(run.startedAt),
    width: 128,
  },
  {
    id: 'duration',
    title: 'Took',
    description: 'Time on the clock from start to end',
    value: ({ run }) => durationMs(run),
    text: ({ run }) => formatDuration(durationMs(run)),
    unit: 'ms',
    isNumeric: true,
    width: 68,
  },
  {
    id: 'trials',
    title: 'Trials',
    value: ({ run }) => run.finishedTrials,
    text: ({ run }) => trialsText(run),
    isNumeric: true,
    width: 84,
  },
  {
    id: 'expectations',
    title: 'Expected',
    description: 'How many expectations of the experiment held',
    value: ({ run }) => heldShare(run),
    text: ({ run }) => expectationsText(run),
    width: 90,
  },
  { id: 'tags', title: 'Tags', value: ({ run }) => run.tags.join(', '), width: 104 },
  {
    id: 'notes',
    title: 'Notes',
    icon: 'note',
    value: ({ run }) => run.notes,
    width: 44,
  },
];

const FURTHER: readonly RunColumn[] = [
  { id: 'seed', title: 'Seed', value: ({ run }) => run.seed, isNumeric: true, width: 88 },
  { id: 'name', title: 'Name', value: ({ run }) => run.experimentName, width: 180 },
  {
    id: 'ended',
    title: 'Ended',
    value: ({ run }) => run.endedAt,
    text: ({ run }) => formatDateTime(run.endedAt),
    width: 128,
  },
  { id: 'core', title: 'Core', value: ({ run }) => run.environment.coreVersion, width: 80 },
  {
    id: 'application',
    title: 'Application',
    value: ({ run }) => run.environment.applicationVersion,
    width: 90,
  },
  { id: 'commit', title: 'Commit', value: ({ run }) => run.environment.commit, width: 100 },
  { id: 'host', title: 'Host', value: ({ run }) => run.environment.host, width: 120 },
  {
    id: 'processor',
    title: 'Processor',
    value: ({ run }) => run.environment.processor,
    width: 180,
  },
  { id: 'id', title: 'Run id', value: ({ run }) => run.id, width: 280 },
];

/** The columns of the table of runs. */
export const RUN_COLUMNS: readonly RunColumn[] = [
  ...MAIN,
  ...FURTHER.map((column) => ({ ...column, isHiddenAtFirst: true, group: 'Further' })),
];
