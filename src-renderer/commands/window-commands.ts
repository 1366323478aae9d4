import type { Router } from 'vue-router';
import { availablePages, hasPage } from '../router.ts';
import { designLocation, libraryLocation } from '../routes.ts';
import type { PageDescription } from '../routes.ts';
import type { Command } from './registry.ts';

/** What the frame itself can show. */
export type FrameActions = {
  readonly showPalette: () => void;
  /** Lets the user choose a measured file, and imports it. */
  readonly importFile: () => unknown;
  readonly showShortcuts: () => void;
  readonly switchTheme: () => void;
};

function pageCommand(page: PageDescription, router: Router): Command {
  return {
    id: `show-${page.name}`,
    title: `Go to ${page.title}`,
    group: 'Pages',
    shortcut: page.shortcut,
    run: () => router.push({ name: page.name }),
  };
}

/** The commands that hold on every page. A page puts its own in place of `save-experiment` and others. */
export function windowCommands(router: Router, actions: FrameActions): readonly Command[] {
  const hasDesign = (): boolean => hasPage('design');
  return [
    ...availablePages.map((page) => pageCommand(page, router)),
    {
      id: 'new-experiment',
      title: 'New experiment',
      group: 'Experiment',
      shortcut: 'N',
      when: hasDesign,
      run: () => router.push(designLocation({ kind: 'new' })),
    },
    {
      id: 'open-experiment',
      title: 'Open experiment file…',
      group: 'Experiment',
      shortcut: 'Mod+O',
      when: hasDesign,
      run: () => router.push(designLocation({ kind: 'file' })),
    },
    {
      id: 'open-session',
      title: 'Open session file…',
      group: 'Sessions',
      shortcut: 'Mod+Shift+O',
      run: () => router.push(libraryLocation(true)),
    },
    {
      id: 'import-file',
      title: 'Import measurement…',
      group: 'Measurements',
      shortcut: 'Mod+I',
      run: actions.importFile,
    },
    {
      id: 'show-palette',
      title: 'Find a command…',
      group: 'Window',
      shortcut: 'Mod+K',
      run: actions.showPalette,
    },
    {
      id: 'show-shortcuts',
      title: 'Show keyboard shortcuts',
      group: 'Window',
      shortcut: '?',
      run: actions.showShortcuts,
    },
    {
      id: 'switch-theme',
      title: 'Switch between light and dark',
      group: 'Window',
      run: actions.switchTheme,
    },
  ];
}
