import type { SessionRecord } from '#contract';
import type { LabelledTarget, LibraryTarget } from '../../stores/library-store.ts';
import type { Place } from './library-contents.ts';
import type { LibraryActions } from './use-library-actions.ts';

export type SessionAction = 'save' | 'archive' | 'unarchive' | 'trash' | 'restore' | 'purge';

/** What can be done with a session, by where it is. */
export const SESSION_ACTIONS: Readonly<
  Record<Place, readonly { readonly action: SessionAction; readonly title: string }[]>
> = {
  library: [
    { action: 'save', title: 'Save as file…' },
    { action: 'archive', title: 'Archive' },
    { action: 'trash', title: 'Move to the trash' },
  ],
  archive: [
    { action: 'save', title: 'Save as file…' },
    { action: 'unarchive', title: 'Take out of the archive' },
    { action: 'trash', title: 'Move to the trash' },
  ],
  trash: [
    { action: 'restore', title: 'Restore' },
    { action: 'purge', title: 'Delete for good…' },
  ],
};

/** Does it; `askToPurge` asks before a session is gone for good. */
export function actOnSession(
  action: SessionAction,
  { id }: SessionRecord,
  actions: LibraryActions,
  askToPurge: (targets: readonly LibraryTarget[]) => unknown,
): unknown {
  const targets: readonly LabelledTarget[] = [{ kind: 'session', id }];
  switch (action) {
    case 'save':
      return actions.saveSession(id);
    case 'archive':
      return actions.archive(targets, true);
    case 'unarchive':
      return actions.archive(targets, false);
    case 'trash':
      return actions.trash(targets);
    case 'restore':
      return actions.restore(targets);
    case 'purge':
      return askToPurge(targets);
  }
}
