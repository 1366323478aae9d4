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

/** Answers about the sessions and runs of the library. */
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
    setNotes: ({ kind, id, notes }) =>
      changed(() =>
        kind === 'run' ? library.setRunNotes(id, notes) : library.setSessionNotes(id, notes),
      ),
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
    trash: ({ kind, id }) =>
      changed(() => (kind === 'run' ? library.deleteRun(id) : library.deleteSession(id))),
    restore: ({ kind, id }) =>
      changed(() => (kind === 'run' ? library.restoreRun(id) : library.restoreSession(id))),
    purge: ({ kind, id }) =>
      changed(() => (kind === 'run' ? library.purgeRun(id) : library.purgeSession(id))),
  };
}
