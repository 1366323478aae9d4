import type { SessionRecord } from '#contract';
import type { LibraryContents, LibraryView } from '../../stores/library-view-store.ts';
import { placeOf } from './library-contents.ts';
import type { Place } from './library-contents.ts';

const TITLES = {
  all: 'All runs',
  starred: 'Starred',
  archive: 'Archive',
  trash: 'Trash',
  'ready-made': 'Ready-made experiments',
} as const;

/** What a part of the library is called. */
export function viewTitle(
  view: LibraryView,
  session: SessionRecord | undefined,
  contents: LibraryContents = 'runs',
): string {
  if (view.kind === 'all' && contents === 'measurements') return 'All measurements';
  return view.kind === 'session' ? (session?.name ?? '') : TITLES[view.kind];
}

/** Where the runs of a part of the library are: it decides what can be done with them. */
export function viewPlace(view: LibraryView, session: SessionRecord | undefined): Place {
  if (view.kind === 'session') return session === undefined ? 'library' : placeOf(session);
  return view.kind === 'archive' || view.kind === 'trash' ? view.kind : 'library';
}

/** The command line that lists the same runs or measurements. */
export function commandWords(
  view: LibraryView,
  session: SessionRecord | undefined,
  contents: LibraryContents = 'runs',
): readonly string[] {
  if (contents === 'measurements') {
    if (session !== undefined) return ['measurements', '--session', session.name];
    return view.kind === 'trash' ? ['measurements', '--trash'] : ['measurements'];
  }
  switch (view.kind) {
    case 'archive':
      return ['runs', '--archived'];
    case 'trash':
      return ['runs', '--trash'];
    case 'session':
      return session === undefined ? ['runs'] : ['runs', '--session', session.name];
    case 'ready-made':
      return ['list', 'experiments'];
    case 'all':
    case 'starred':
      return ['runs'];
  }
}
