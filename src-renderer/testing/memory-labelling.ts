import type { LabBridge, Reply } from '#contract';
import { answering } from './answering.ts';
import type { MemoryLibrary } from './memory-library.ts';
import type { MemoryMeasurements } from './memory-measurements.ts';

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
  measurements: MemoryMeasurements,
  changed: () => void,
  now: () => string,
): Labelling {
  function telling<Value>(reply: Reply<Value>): Reply<Value> {
    if (reply.ok) changed();
    return reply;
  }
  function label(
    kind: 'session' | 'run' | 'measurement',
    id: string,
    labels: { readonly notes?: string; readonly deletedAt?: string | null },
  ): Reply<null> {
    if (kind === 'measurement') return measurements.change(id, labels);
    return library.label({ kind, id }, labels);
  }
  return {
    createSession: answering(({ name }) => telling(library.createSession(name))),
    renameSession: answering(({ id, name }) => telling(library.renameSession(id, name))),
    setNotes: answering(({ kind, id, notes }) => telling(label(kind, id, { notes }))),
    setTags: answering(({ kind, id, tags }) => telling(library.label({ kind, id }, { tags }))),
    setStar: answering(({ id, isStarred }) => telling(library.changeRun(id, { isStarred }))),
    archive: answering(({ kind, id, isArchived }) =>
      telling(library.label({ kind, id }, { archivedAt: isArchived ? now() : null })),
    ),
    trash: answering(({ kind, id }) => telling(label(kind, id, { deletedAt: now() }))),
    restore: answering(({ kind, id }) => telling(label(kind, id, { deletedAt: null }))),
    purge: answering(({ kind, id }) =>
      telling(kind === 'measurement' ? measurements.purge(id) : library.purge({ kind, id })),
    ),
  };
}
