import type { LabContext, RequestHandlers } from './lab-context.ts';

type LibraryHandlers = Pick<
  RequestHandlers,
  | 'listSessions'
  | 'createSession'
  | 'renameSession'
  | 'listRuns'
  | 'setNotes'
  | 'setTags'
  | 'setStar'
  | 'archive'
  | 'trash'
  | 'restore'
  | 'purge'
>;

const EVERYTHING = { archived: 'any', deleted: 'any' } as const;

const NOTES = {
  session: 'setSessionNotes',
  run: 'setRunNotes',
  measurement: 'setMeasurementNotes',
} as const;
const TRASH = {
  session: 'deleteSession',
  run: 'deleteRun',
  measurement: 'deleteMeasurement',
} as const;
const RESTORE = {
  session: 'restoreSession',
  run: 'restoreRun',
  measurement: 'restoreMeasurement',
} as const;
const PURGE = {
  session: 'purgeSession',
  run: 'purgeRun',
  measurement: 'purgeMeasurement',
} as const;

/** Answers about the sessions and runs of the library, and puts away and annotates what is in it. */
export function libraryHandlers({ library, libraryHasChanged }: LabContext): LibraryHandlers {
  const change = <Result>(action: () => Result): Result => {
    const result = action();
    libraryHasChanged();
    return result;
  };
  const changed = (action: () => unknown): null => {
    change(action);
    return null;
  };
  return {
    listSessions: () => library.sessions(EVERYTHING),
    createSession: ({ name }) => change(() => library.createSession(name)),
    renameSession: ({ id, name }) => change(() => library.renameSession(id, name)),
    listRuns: () => library.runs(EVERYTHING),
    setNotes: ({ kind, id, notes }) => changed(() => library[NOTES[kind]](id, notes)),
    setTags: ({ kind, id, tags }) =>
      changed(() =>
        kind === 'run' ? library.setRunTags(id, tags) : library.setSessionTags(id, tags),
      ),
    setStar: ({ id, isStarred }) => changed(() => library.setRunStar(id, isStarred)),
    archive: ({ kind, id, isArchived }) =>
      changed(() => {
        if (kind === 'run') return isArchived ? library.archiveRun(id) : library.unarchiveRun(id);
        return isArchived ? library.archiveSession(id) : library.unarchiveSession(id);
      }),
    trash: ({ kind, id }) => changed(() => library[TRASH[kind]](id)),
    restore: ({ kind, id }) => changed(() => library[RESTORE[kind]](id)),
    purge: ({ kind, id }) =>
      changed(() => {
        library[PURGE[kind]](id);
      }),
  };
}
