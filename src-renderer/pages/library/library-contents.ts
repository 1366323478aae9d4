import type { MeasurementRecord, RunRecord, SessionRecord } from '#contract';
import { counted } from '../../sentences.ts';
import type { LabelledTarget, LibraryTarget } from '../../stores/library-store.ts';
import type {
  ExpectationFilter,
  LibraryFilters,
  LibraryView,
} from '../../stores/library-view-store.ts';

/** A run as the table has it. */
export type RunRow = {
  readonly run: RunRecord;
  readonly sessionName: string;
  /** What it changes against the run it is told apart from, in words. */
  readonly changes: readonly string[];
};

export type Place = 'library' | 'archive' | 'trash';

/** Where something is: what is in the trash is not in the archive as well. */
export function placeOf(
  item: Pick<RunRecord, 'archivedAt' | 'deletedAt'>,
  session?: Pick<SessionRecord, 'archivedAt' | 'deletedAt'>,
): Place {
  if (item.deletedAt !== null || (session?.deletedAt ?? null) !== null) return 'trash';
  if (item.archivedAt !== null || (session?.archivedAt ?? null) !== null) return 'archive';
  return 'library';
}

function isInView(run: RunRecord, place: Place, view: LibraryView): boolean {
  switch (view.kind) {
    case 'all':
      return place === 'library';
    case 'starred':
      return place === 'library' && run.isStarred;
    case 'session':
      // An archived session can be looked into; a run that was thrown away is in the trash only.
      return run.sessionId === view.id && run.deletedAt === null;
    case 'archive':
      return place === 'archive';
    case 'trash':
      return place === 'trash';
    case 'ready-made':
      return false;
  }
}

/** What became of a run's expectations; null where there were none. */
export function expectationOutcome(run: RunRecord): ExpectationFilter | null {
  if (run.expectations.length === 0) return null;
  return run.expectations.every(({ holds }) => holds) ? 'held' : 'failed';
}

function passes(run: RunRecord, filters: LibraryFilters): boolean {
  const { statuses, expectations, tags } = filters;
  if (statuses.size > 0 && !statuses.has(run.status)) return false;
  if (tags.size > 0 && !run.tags.some((tag) => tags.has(tag))) return false;
  if (expectations.size === 0) return true;
  const outcome = expectationOutcome(run);
  return outcome !== null && expectations.has(outcome);
}

/** What is known of the runs besides themselves. */
export type RunContext = {
  readonly sessionsById: ReadonlyMap<string, SessionRecord>;
  readonly changesById: ReadonlyMap<string, readonly string[]>;
};

/** The runs of a part of the library, with the names of their sessions and what they change. */
export function runRows(
  runs: readonly RunRecord[],
  { sessionsById, changesById }: RunContext,
  view: LibraryView,
  filters: LibraryFilters,
): readonly RunRow[] {
  return runs.flatMap((run) => {
    const session = sessionsById.get(run.sessionId);
    if (!isInView(run, placeOf(run, session), view) || !passes(run, filters)) return [];
    const changes = changesById.get(run.id) ?? [];
    return [{ run, sessionName: session?.name ?? '', changes }];
  });
}

/** How many runs each part of the library has. */
export type LibraryCounts = {
  readonly all: number;
  readonly starred: number;
  readonly archive: number;
  readonly trash: number;
  readonly bySession: ReadonlyMap<string, number>;
};

export function countRuns(
  runs: readonly RunRecord[],
  sessionsById: ReadonlyMap<string, SessionRecord>,
): LibraryCounts {
  const counts = { all: 0, starred: 0, archive: 0, trash: 0 };
  const bySession = new Map<string, number>();
  for (const run of runs) {
    const place = placeOf(run, sessionsById.get(run.sessionId));
    if (place === 'library') {
      counts.all += 1;
      if (run.isStarred) counts.starred += 1;
    } else counts[place] += 1;
    if (run.deletedAt === null) {
      bySession.set(run.sessionId, (bySession.get(run.sessionId) ?? 0) + 1);
    }
  }
  return { ...counts, bySession };
}

/** The sessions a part of the library lists, by name. */
export function listedSessions(
  sessions: readonly SessionRecord[],
  place: Place,
): readonly SessionRecord[] {
  const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  return sessions
    .filter((session) => placeOf(session) === place)
    .sort((a, b) => order.compare(a.name, b.name));
}

/** Runs as targets of an action. */
export function runTargets(runs: readonly RunRecord[]): readonly LabelledTarget[] {
  return runs.map(({ id }) => ({ kind: 'run', id }));
}

/** Measurements as targets of an action. */
export function measurementTargets(
  measurements: readonly MeasurementRecord[],
): readonly LibraryTarget[] {
  return measurements.map(({ id }) => ({ kind: 'measurement', id }));
}

/** All that emptying the trash deletes: a session takes its runs and measurements along. */
export function trashContents(
  runs: readonly RunRecord[],
  sessions: readonly SessionRecord[],
  measurements: readonly MeasurementRecord[] = [],
): readonly LibraryTarget[] {
  const trashed = sessions.filter(({ deletedAt }) => deletedAt !== null);
  const sessionIds = new Set(trashed.map(({ id }) => id));
  const isLoose = ({ deletedAt, sessionId }: RunRecord | MeasurementRecord): boolean =>
    deletedAt !== null && !sessionIds.has(sessionId);
  return [
    ...runTargets(runs.filter(isLoose)),
    ...measurementTargets(measurements.filter(isLoose)),
    ...trashed.map(({ id }) => ({ kind: 'session' as const, id })),
  ];
}

/** "2 runs", "1 session", "2 runs, 1 measurement and 1 session". */
export function countedTargets(targets: readonly LibraryTarget[]): string {
  const counts = (['run', 'measurement', 'session'] as const)
    .map((kind) => ({ kind, count: targets.filter((target) => target.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => counted(count, kind));
  const last = counts.pop() ?? '';
  return counts.length === 0 ? last : `${counts.join(', ')} and ${last}`;
}

/** Every tag of the library, once, in order. */
export function knownTags(
  runs: readonly RunRecord[],
  sessions: readonly SessionRecord[],
): readonly string[] {
  return [...new Set([...runs, ...sessions].flatMap(({ tags }) => tags))].sort();
}

/** What became of tags, as one sentence. */
export function tagsSentence(before: readonly string[], after: readonly string[]): string {
  const added = after.filter((tag) => !before.includes(tag)).map((tag) => `“${tag}” added`);
  const gone = before.filter((tag) => !after.includes(tag)).map((tag) => `“${tag}” taken away`);
  return `Tag ${[...added, ...gone].join(', ')}.`;
}
