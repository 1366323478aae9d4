import { homedir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import { dialog } from 'electron';
import type { BrowserWindow, FileFilter } from 'electron';
import type { FileExchange, FileKind } from '../requests/index.ts';
import { RequestFailure } from '../requests/index.ts';

export type DialogOptions = {
  /** The window the dialogs belong to. */
  readonly window: () => BrowserWindow | null;
  /** A file that the system asked to open; the next opening takes it instead of a dialog. */
  readonly takeHandedOver: (kind: FileKind) => string | null;
  /** A file that was dropped on the window, by its ticket. */
  readonly takeBrought: (ticket: string) => string | null;
  readonly recentFiles: () => readonly string[];
  readonly openRecentFile: (path: string) => void;
  /** Called for a file that was opened or saved by the user. */
  readonly onUsed: (path: string, kind: FileKind) => void;
};

function filtersOf({ title, endings }: FileKind): FileFilter[] {
  return [
    { name: title, extensions: [...endings] },
    { name: 'All files', extensions: ['*'] },
  ];
}

/** Not every dialog adds the ending itself. */
function withEnding(path: string, { endings }: FileKind): string {
  const [usual] = endings;
  return extname(path) === '' && usual !== undefined ? `${path}.${usual}` : path;
}

function requireBrought(path: string | null): string {
  if (path !== null) return path;
  throw new RequestFailure('bad-input', 'The file was opened already; drop it again.');
}

/** Exchanges files through the dialogs of the system. They open where the last one was closed. */
export function dialogFiles(options: DialogOptions): FileExchange {
  const { window, takeHandedOver, takeBrought, onUsed, recentFiles, openRecentFile } = options;
  let folder = homedir();
  const ask = <Answer>(
    withParent: (parent: BrowserWindow) => Promise<Answer>,
    alone: () => Promise<Answer>,
  ): Promise<Answer> => {
    const parent = window();
    return parent === null ? alone() : withParent(parent);
  };
  const chooseOpen = async (options: Electron.OpenDialogOptions): Promise<string | null> => {
    const { canceled, filePaths } = await ask(
      (parent) => dialog.showOpenDialog(parent, options),
      () => dialog.showOpenDialog(options),
    );
    const [path] = filePaths;
    return canceled || path === undefined ? null : path;
  };
  const chooseFile = (kind: FileKind): Promise<string | null> =>
    chooseOpen({ defaultPath: folder, properties: ['openFile'], filters: filtersOf(kind) });
  return {
    recentFiles,
    openRecentFile,
    open: async (kind, upload) => {
      const path =
        upload === null
          ? (takeHandedOver(kind) ?? (await chooseFile(kind)))
          : requireBrought(takeBrought(upload));
      if (path === null) return null;
      folder = dirname(path);
      onUsed(path, kind);
      return { path, fileName: basename(path), isOriginal: true };
    },
    save: async (suggestedName, kind, write) => {
      const options = { defaultPath: join(folder, suggestedName), filters: filtersOf(kind) };
      const { canceled, filePath } = await ask(
        (parent) => dialog.showSaveDialog(parent, options),
        () => dialog.showSaveDialog(options),
      );
      if (canceled || filePath === '') return { kind: 'cancelled' };
      const path = withEnding(filePath, kind);
      await write(path);
      folder = dirname(path);
      onUsed(path, kind);
      return { kind: 'saved', path };
    },
    saveFolder: async (suggestedName, write) => {
      const parent = await chooseOpen({
        defaultPath: folder,
        title: 'Choose a folder for the tables',
        buttonLabel: 'Export here',
        properties: ['openDirectory', 'createDirectory'],
      });
      if (parent === null) return { kind: 'cancelled' };
      const path = join(parent, suggestedName);
      await write(path);
      folder = parent;
      return { kind: 'saved', path };
    },
  };
}
