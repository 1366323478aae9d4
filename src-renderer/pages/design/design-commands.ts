import type { Command } from '../../commands/registry.ts';
import { isMac } from '../../platform.ts';

/** What the commands of the page do. */
export type DesignActions = {
  readonly beginNew: () => unknown;
  readonly open: () => unknown;
  readonly save: () => unknown;
  readonly start: () => unknown;
  readonly undo: () => unknown;
  readonly redo: () => unknown;
  readonly toggleYaml: () => unknown;
  readonly hasDraft: () => boolean;
  readonly canStart: () => boolean;
  readonly canUndo: () => boolean;
  readonly canRedo: () => boolean;
};

/** The commands of the Design page; those of the menu take the place of the window's. */
export function designCommands(actions: DesignActions): readonly Command[] {
  const group = 'Experiment';
  const { hasDraft } = actions;
  return [
    { id: 'new-experiment', title: 'New experiment', group, shortcut: 'N', run: actions.beginNew },
    {
      id: 'open-experiment',
      title: 'Open experiment file…',
      group,
      shortcut: 'Mod+O',
      run: actions.open,
    },
    {
      id: 'save-experiment',
      title: 'Save experiment as YAML…',
      group,
      shortcut: 'Mod+S',
      when: hasDraft,
      run: actions.save,
    },
    {
      id: 'design.start',
      title: 'Start the run',
      group,
      shortcut: 'Mod+Enter',
      when: actions.canStart,
      run: actions.start,
    },
    {
      id: 'design.undo',
      title: 'Undo',
      group,
      shortcut: 'Mod+Z',
      when: actions.canUndo,
      run: actions.undo,
    },
    {
      id: 'design.redo',
      title: 'Redo',
      group,
      shortcut: isMac ? 'Mod+Shift+Z' : 'Mod+Y',
      when: actions.canRedo,
      run: actions.redo,
    },
    {
      id: 'design.yaml',
      title: 'Show or hide the YAML',
      group,
      shortcut: 'Y',
      when: hasDraft,
      run: actions.toggleYaml,
    },
  ];
}
