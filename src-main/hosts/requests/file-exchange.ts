import type { SaveResult } from '#contract';

/** What kind of file it is: its endings, and how a dialog calls it. */
export type FileKind = { readonly title: string; readonly endings: readonly string[] };

export const EXPERIMENT_FILE: FileKind = { title: 'Experiment', endings: ['yaml', 'yml'] };
export const SESSION_FILE: FileKind = { title: 'Folio Lab session', endings: ['foliolab'] };

export const LAYOUT_FILE: FileKind = { title: 'Layout', endings: ['csv'] };

/** What is imported is known by its content: these are the usual endings. */
export const MEASURED_FILE: FileKind = {
  title: 'Measurement',
  endings: ['csv', 'txt', 'log', 'json', 'out'],
};
export const COST_MODEL_FILE: FileKind = { title: 'Cost model', endings: ['json'] };

/** Whether a file is of a kind, by its ending. */
export function isOfKind(path: string, { endings }: FileKind): boolean {
  return endings.some((ending) => path.toLowerCase().endsWith(`.${ending}`));
}

/** A file the user chose. */
export type ChosenFile = {
  readonly path: string;
  readonly fileName: string;
  /** Whether it lies where the user keeps it, and not in a copy of ours. */
  readonly isOriginal: boolean;
};

/** How a host exchanges files with the user: by dialogs, or by uploads and downloads. */
export type FileExchange = {
  /**
   * Gets a file from the user.
   *
   * @param upload  What the window was given instead of a dialog; null asks the host to choose.
   * @returns Null when the user chose none.
   * @throws {RequestFailure} `bad-input` for an upload that this host does not know.
   */
  readonly open: (kind: FileKind, upload: string | null) => Promise<ChosenFile | null>;
  /** Files of the user that were opened or saved lately, the latest first. */
  readonly recentFiles: () => readonly string[];
  /** Opens a recent file as if the user had asked the system to. */
  readonly openRecentFile: (path: string) => void;
  /** Gives the user one file, which `write` writes to the path it is given. */
  readonly save: (
    suggestedName: string,
    kind: FileKind,
    write: (path: string) => Promise<void>,
  ) => Promise<SaveResult>;
  /** Gives the user a folder of files, which `write` fills. */
  readonly saveFolder: (
    suggestedName: string,
    write: (folder: string) => Promise<void>,
  ) => Promise<SaveResult>;
};

const LONGEST_NAME = 100;

/** A name that is a file name everywhere, whatever it was made of: `Reads, 4 KiB` stays as it is. */
export function safeFileName(name: string): string {
  const cleaned = name
    .replaceAll(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
    .trim();
  return shorten(cleaned).replace(/[. ]+$/, '') || 'unnamed';
}

/** Cuts a name that is too long before its ending. */
function shorten(name: string): string {
  if (name.length <= LONGEST_NAME) return name;
  const ending = /\.\w{1,10}$/.exec(name)?.[0] ?? '';
  return `${name.slice(0, LONGEST_NAME - ending.length)}${ending}`;
}

/** The kind of a file that the window made, by its ending. */
export function kindOfExport(name: string): FileKind {
  const ending = /\.(\w{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? 'txt';
  const titles: Readonly<Record<string, string>> = {
    png: 'Picture',
    svg: 'Drawing',
    csv: 'Table',
    md: 'Markdown',
    json: 'JSON document',
  };
  return { title: titles[ending] ?? 'File', endings: [ending] };
}
