import type { Command } from '../../commands/registry.ts';

/** What the commands of listed measurements act on and how. */
export type MeasurementCommandTargets = {
  /** Measurements that are selected, or the one the keyboard is at. */
  readonly targetCount: () => number;
  readonly isTrash: () => boolean;
  readonly search: () => unknown;
  readonly open: () => unknown;
  readonly trash: () => unknown;
  readonly restore: () => unknown;
  readonly purge: () => unknown;
};

/** The commands of the Library page while it lists measurements, in the place of those for runs. */
export function measurementCommands(targets: MeasurementCommandTargets): readonly Command[] {
  const group = 'Measurements';
  const someKept = (): boolean => targets.targetCount() > 0 && !targets.isTrash();
  const someTrashed = (): boolean => targets.targetCount() > 0 && targets.isTrash();
  return [
    {
      id: 'library.search',
      title: 'Filter the measurements',
      group,
      shortcut: '/',
      run: targets.search,
    },
    {
      id: 'library.open-measurement',
      title: 'Go where the measurement is of use',
      group,
      shortcut: 'O',
      when: () => someKept() && targets.targetCount() === 1,
      run: targets.open,
    },
    {
      id: 'library.trash',
      title: 'Move to the trash',
      group,
      shortcut: 'Delete',
      when: someKept,
      run: targets.trash,
    },
    {
      id: 'library.restore',
      title: 'Restore from the trash',
      group,
      when: someTrashed,
      run: targets.restore,
    },
    {
      id: 'library.purge',
      title: 'Delete for good…',
      group,
      when: someTrashed,
      run: targets.purge,
    },
  ];
}
