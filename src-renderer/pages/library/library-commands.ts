import type { Command } from '../../commands/registry.ts';

/** What the commands of the library act on and how; the page has the rest. */
export type LibraryCommandTargets = {
  /** Runs that are selected, or the one the keyboard is at. */
  readonly targetCount: () => number;
  /** Whether the one target is over. */
  readonly hasEnded: () => boolean;
  readonly isTrash: () => boolean;
  readonly hasSession: () => boolean;
  readonly canCompare: () => boolean;
  readonly compare: () => unknown;
  readonly runAgain: () => unknown;
  readonly star: () => unknown;
  readonly archive: () => unknown;
  readonly trash: () => unknown;
  readonly restore: () => unknown;
  readonly purge: () => unknown;
  readonly canUndo: () => boolean;
  readonly undo: () => unknown;
  readonly showDetails: () => unknown;
  readonly search: () => unknown;
  readonly newSession: () => unknown;
  readonly renameSession: () => unknown;
  readonly openSession: () => unknown;
  readonly saveSession: () => unknown;
  readonly exportCsv: () => unknown;
};

function isTyping(): boolean {
  const field = document.activeElement;
  const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  return isField && field.value !== '';
}

/** The commands of the Library page. */
export function libraryCommands(targets: LibraryCommandTargets): readonly Command[] {
  const some = (): boolean => targets.targetCount() > 0;
  const one = (): boolean => targets.targetCount() === 1;
  const someKept = (): boolean => some() && !targets.isTrash();
  const someTrashed = (): boolean => some() && targets.isTrash();
  const run = { group: 'Runs' };
  const session = { group: 'Sessions' };
  return [
    { ...run, id: 'library.search', title: 'Filter the runs', shortcut: '/', run: targets.search },
    {
      ...run,
      id: 'library.details',
      title: 'Show or hide the details',
      shortcut: 'D',
      run: targets.showDetails,
    },
    {
      ...run,
      id: 'library.undo',
      title: 'Undo the last change',
      shortcut: 'Mod+Z',
      // What is being typed has an undo of its own.
      when: () => targets.canUndo() && !isTyping(),
      run: targets.undo,
    },
    {
      ...run,
      id: 'library.compare',
      title: 'Compare the selected runs',
      shortcut: 'C',
      when: () => targets.canCompare() && someKept(),
      run: targets.compare,
    },
    {
      ...run,
      id: 'library.run-again',
      title: 'Run again, or resume',
      shortcut: 'R',
      when: () => one() && targets.hasEnded(),
      run: targets.runAgain,
    },
    {
      ...run,
      id: 'export-csv',
      title: 'Export CSV…',
      shortcut: 'Mod+E',
      when: one,
      run: targets.exportCsv,
    },
    {
      ...run,
      id: 'library.star',
      title: 'Star, or take the star away',
      shortcut: 'S',
      when: someKept,
      run: targets.star,
    },
    {
      ...run,
      id: 'library.archive',
      title: 'Archive, or take out of the archive',
      shortcut: 'A',
      when: someKept,
      run: targets.archive,
    },
    {
      ...run,
      id: 'library.trash',
      title: 'Move to the trash',
      shortcut: 'Delete',
      when: someKept,
      run: targets.trash,
    },
    {
      ...run,
      id: 'library.restore',
      title: 'Restore from the trash',
      when: someTrashed,
      run: targets.restore,
    },
    {
      ...run,
      id: 'library.purge',
      title: 'Delete for good…',
      when: someTrashed,
      run: targets.purge,
    },
    { ...session, id: 'library.new-session', title: 'New session', run: targets.newSession },
    {
      ...session,
      id: 'library.rename-session',
      title: 'Rename the session',
      shortcut: 'F2',
      when: targets.hasSession,
      run: targets.renameSession,
    },
    {
      ...session,
      id: 'open-session',
      title: 'Open session file…',
      shortcut: 'Mod+Shift+O',
      run: targets.openSession,
    },
    {
      ...session,
      id: 'save-session',
      title: 'Save session as file…',
      shortcut: 'Mod+Shift+S',
      when: targets.hasSession,
      run: targets.saveSession,
    },
  ];
}
