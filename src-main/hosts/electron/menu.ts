import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '#contract';

/** How a command is called in the menu, and the keys the window has for it. */
type MenuEntry = { readonly label: string; readonly keys?: string };

/** Every command the window knows by these ids; the window itself decides whether it can be done. */
export const MENU_ENTRIES = {
  'new-experiment': { label: '&New Experiment' },
  'open-experiment': { label: '&Open Experiment…', keys: 'CmdOrCtrl+O' },
  'save-experiment': { label: '&Save Experiment…', keys: 'CmdOrCtrl+S' },
  'open-session': { label: 'Open Sess&ion File…' },
  'import-file': { label: 'I&mport Measurement…' },
  'save-session': { label: 'Save Session as &File…' },
  'export-csv': { label: '&Export CSV…', keys: 'CmdOrCtrl+E' },
  'show-library': { label: '&Library' },
  'show-design': { label: '&Design' },
  'show-run': { label: '&Run' },
  'show-compare': { label: '&Compare' },
  'show-explain': { label: 'E&xplain' },
  'show-validate': { label: '&Validate' },
  'show-calibrate': { label: 'Cali&brate' },
  'show-race': { label: 'R&ace' },
  'show-shortcuts': { label: '&Keyboard Shortcuts' },
} as const satisfies Readonly<Record<MenuCommand, MenuEntry>>;

export type MenuOptions = {
  readonly platform: NodeJS.Platform;
  readonly applicationName: string;
  /** Files that were opened lately, the latest first. */
  readonly recentFiles: readonly string[];
  readonly hasDeveloperTools: boolean;
  readonly onCommand: (command: MenuCommand) => void;
  readonly onRecentFile: (path: string) => void;
  readonly onForgetRecentFiles: () => void;
};

type Item = MenuItemConstructorOptions;

const SEPARATOR: Item = { type: 'separator' };

function commandItem({ onCommand }: MenuOptions, command: MenuCommand): Item {
  const { label, keys }: MenuEntry = MENU_ENTRIES[command];
  return {
    id: command,
    label,
    // The window listens for the keys itself; the menu only shows them.
    ...(keys === undefined ? {} : { accelerator: keys, registerAccelerator: false }),
    click: () => onCommand(command),
  };
}

function recentMenu({ recentFiles, onRecentFile, onForgetRecentFiles }: MenuOptions): Item {
  const files = recentFiles.map((path): Item => ({
    // An ampersand of a file name is no mark for a key.
    label: path.replaceAll('&', '&&'),
    click: () => onRecentFile(path),
  }));
  const forget: Item = { label: '&Clear Recently Opened', click: onForgetRecentFiles };
  return {
    label: 'Open &Recent',
    enabled: files.length > 0,
    submenu: [...files, SEPARATOR, forget],
  };
}

function fileMenu(options: MenuOptions): Item {
  const isMac = options.platform === 'darwin';
  return {
    label: '&File',
    submenu: [
      commandItem(options, 'new-experiment'),
      commandItem(options, 'open-experiment'),
      commandItem(options, 'open-session'),
      commandItem(options, 'import-file'),
      recentMenu(options),
      SEPARATOR,
      commandItem(options, 'save-experiment'),
      commandItem(options, 'save-session'),
      commandItem(options, 'export-csv'),
      SEPARATOR,
      isMac ? { role: 'close' } : { role: 'quit' },
    ],
  };
}

function viewMenu(options: MenuOptions): Item {
  const tools: Item[] = options.hasDeveloperTools ? [SEPARATOR, { role: 'toggleDevTools' }] : [];
  return {
    label: '&View',
    submenu: [
      commandItem(options, 'show-library'),
      commandItem(options, 'show-design'),
      commandItem(options, 'show-run'),
      commandItem(options, 'show-compare'),
      commandItem(options, 'show-explain'),
      commandItem(options, 'show-validate'),
      commandItem(options, 'show-calibrate'),
      commandItem(options, 'show-race'),
      SEPARATOR,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
      ...tools,
    ],
  };
}

/** The native menu. Every command of the contract is in it once. */
export function menuTemplate(options: MenuOptions): readonly Item[] {
  const isMac = options.platform === 'darwin';
  return [
    ...(isMac ? [{ role: 'appMenu', label: options.applicationName } satisfies Item] : []),
    fileMenu(options),
    { role: 'editMenu' },
    viewMenu(options),
    { role: 'windowMenu' },
    { role: 'help', label: '&Help', submenu: [commandItem(options, 'show-shortcuts')] },
  ];
}
