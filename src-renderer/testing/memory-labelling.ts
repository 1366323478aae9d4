import type { LabBridge, Reply } from '#contract';
import { answering } from './answering.ts';
import type { MemoryLibrary } from './memory-library.ts';

type Labelling = Pick<
  LabBridge,
  | 'createSession'
  | 'renameSession'
  | 'setNotes'
  | 'setTags'
  | 'setStar'
  | 'archive'
  | 'trash'
  | 'restore'
  | 'purge'
>;

/** The requests that arrange the library; `changed` is called after each that worked. */
export function memoryLabelling(
  library: MemoryLibrary,
  changed: () => void,
  now: () => string,
): Labelling {
  function telling<Value>(reply: Reply<Value>): Reply<Value> {
    if (reply.ok) changed();
    return reply;
  }
  return {
    createSession: answering(({ name }) => telling(library.createSession(name))),
    renameSession: answering(({ id, name }) => telling(library.renameSession(id, name))),
    setNotes: answering(({ kind, id, notes }) => telling(library.label({ kind, id }, { notes }))),
    setTags: answering(({ kind, id, tags }) => telling(library.label({ kind, id }, { tags }))),
    setStar: answering(({ id, isStarred }) => telling(library.changeRun(id, { isStarred }))),
    archive: answering(({ kind, id, isArchived }) =>
      telling(library.label({ kind, id }, { archivedAt: isArchived ? now() : null })),
    ),
    trash: answering(({ kind, id }) => telling(library.label({ kind, id }, { deletedAt: now() }))),
    restore: answering(({ kind, id }) => telling(library.label({ kind, id }, { deletedAt: null }))),
    purge: answering((target) => telling(library.purge(target))),
  };
}
