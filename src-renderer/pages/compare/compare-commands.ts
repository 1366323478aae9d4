import { useCommands } from '../../commands/registry.ts';

/** What the page does from the keyboard, the menu and the palette. */
export function useCompareCommands(page: {
  /** Whether the table of trials is on screen. */
  readonly hasTable: () => boolean;
  readonly saveTable: () => unknown;
  readonly copyMarkdown: () => unknown;
  readonly chooseRuns: () => void;
}): void {
  useCommands([
    {
      id: 'export-csv',
      title: 'Export the table as CSV…',
      group: 'Compare',
      shortcut: 'Mod+E',
      when: page.hasTable,
      run: page.saveTable,
    },
    {
      id: 'compare.copy-markdown',
      title: 'Copy the comparison as Markdown',
      group: 'Compare',
      when: page.hasTable,
      run: page.copyMarkdown,
    },
    {
      id: 'compare.choose-runs',
      title: 'Choose runs to compare…',
      group: 'Compare',
      run: page.chooseRuns,
    },
  ]);
}
