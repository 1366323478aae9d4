import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { RecentFile, RunRecord, SessionFilePreview } from '#contract';
import { exportCsv, openSessionFile, saveSessionFile } from '../../lab/index.ts';
import {
  EXPERIMENT_FILE,
  isOfKind,
  kindOfExport,
  LAYOUT_FILE,
  safeFileName,
  SESSION_FILE,
} from './file-exchange.ts';
import type { ChosenFile } from './file-exchange.ts';
import { requireRun, requireSession } from './find-records.ts';
import type { LabContext, RequestHandlers } from './lab-context.ts';
import { RequestFailure } from './request-failure.ts';

type FileHandlers = Pick<
  RequestHandlers,
  | 'openExperimentFile'
  | 'openLayoutFile'
  | 'saveExperimentFile'
  | 'listRecentFiles'
  | 'openRecentFile'
  | 'exportCsv'
  | 'saveExport'
  | 'saveSessionFile'
  | 'openSessionFile'
  | 'importSessionFile'
>;

/** As much as an experiment may have, its layouts included. Unit: bytes. */
const LARGEST_TEXT = 4_000_000;

async function checkSize({ path, fileName }: ChosenFile, rule: string): Promise<void> {
  const { size } = await stat(path);
  if (size <= LARGEST_TEXT) return;
  const found = `${fileName} has ${size.toLocaleString('en-US')} bytes`;
  throw new RequestFailure('file-failed', `${found}; ${rule}.`);
}

const MOST_BYTES = LARGEST_TEXT.toLocaleString('en-US');

async function readText(file: ChosenFile): Promise<string> {
  const { path, fileName } = file;
  await checkSize(file, `an experiment has at most ${MOST_BYTES}`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const sentence = `${fileName} is no experiment: it is not text in UTF-8.`;
    throw new RequestFailure('file-failed', sentence, { cause: error });
  }
}

function runFolderName({ experimentName, id }: RunRecord): string {
  return safeFileName(`${experimentName}-${id.slice(0, 8)}`);
}

type ExperimentFileHandlers = Pick<
  FileHandlers,
  'openExperimentFile' | 'openLayoutFile' | 'saveExperimentFile'
>;
type RecentFileHandlers = Pick<FileHandlers, 'listRecentFiles' | 'openRecentFile'>;
type SessionFileHandlers = Pick<
  FileHandlers,
  'saveSessionFile' | 'openSessionFile' | 'importSessionFile'
>;

function experimentFileHandlers({ files, opened, planner }: LabContext): ExperimentFileHandlers {
  return {
    openExperimentFile: async ({ upload }) => {
      const file = await files.open(EXPERIMENT_FILE, upload);
      if (file === null) return null;
      const text = await readText(file);
      if (file.isOriginal) opened.rememberFolder(dirname(file.path));
      const { fileName, path, isOriginal } = file;
      return { text, fileName, path: isOriginal ? path : null };
    },
    openLayoutFile: async ({ upload }) => {
      const file = await files.open(LAYOUT_FILE, upload);
      if (file === null) return null;
      const { fileName, path, isOriginal } = file;
      await checkSize(
        file,
        `a layout inside an experiment has at most ${MOST_BYTES}, a larger one is named by "file:"`,
      );
      const read = await planner.ask('readLayoutFile', { path });
      if (read.ok) return { fileName, path: isOriginal ? path : null, rows: read.value };
      throw new RequestFailure('bad-input', `${read.message.replace(path, fileName)}.`);
    },
    saveExperimentFile: ({ text, suggestedName }) =>
      files.save(safeFileName(suggestedName), EXPERIMENT_FILE, (path) =>
        writeFile(path, text, { flush: true }),
      ),
  };
}

/** Opens a session file to show what is in it, and keeps it until it is imported. */
export async function previewSessionFile(
  { library, libraryOptions, opened }: LabContext,
  { path, fileName }: Pick<ChosenFile, 'path' | 'fileName'>,
): Promise<SessionFilePreview> {
  const file = await openSessionFile(path, libraryOptions);
  const { sessions, runs, measurements } = file;
  const knownRuns = runs.filter(({ id }) => library.findRun(id) !== null).length;
  return { ticket: opened.keep(file), fileName, sessions, runs, measurements, knownRuns };
}

function sessionFileHandlers(context: LabContext): SessionFileHandlers {
  const { library, libraryOptions, files, opened, libraryHasChanged } = context;
  return {
    saveSessionFile: ({ sessionId }) => {
      const { name } = requireSession(library, sessionId);
      return files.save(`${safeFileName(name)}.foliolab`, SESSION_FILE, (target) =>
        saveSessionFile({ library, sessionId, target }, libraryOptions),
      );
    },
    openSessionFile: async ({ upload }) => {
      const chosen = await files.open(SESSION_FILE, upload);
      return chosen === null ? null : previewSessionFile(context, chosen);
    },
    importSessionFile: ({ ticket }) => {
      const file = opened.take(ticket);
      if (file === null) {
        const sentence = 'This session file was imported or closed already; open it again.';
        throw new RequestFailure('not-found', sentence);
      }
      try {
        return file.importInto(library);
      } finally {
        file.close();
        libraryHasChanged();
      }
    },
  };
}

function recentFileHandlers({ files }: LabContext): RecentFileHandlers {
  const list = (): readonly RecentFile[] =>
    files
      .recentFiles()
      .filter((path) => existsSync(path))
      .map((path) => {
        const kind = isOfKind(path, SESSION_FILE) ? 'session' : 'experiment';
        return { path, fileName: basename(path), kind };
      });
  return {
    listRecentFiles: list,
    openRecentFile: ({ path }) => {
      // A window must not name files of its own choice.
      if (!list().some((file) => file.path === path)) {
        throw new RequestFailure('not-found', `${basename(path)} is not there any more.`);
      }
      files.openRecentFile(path);
      return null;
    },
  };
}

/** Brings files into the laboratory and out of it. */
export function fileHandlers(context: LabContext): FileHandlers {
  const { library, files } = context;
  return {
    ...experimentFileHandlers(context),
    ...sessionFileHandlers(context),
    ...recentFileHandlers(context),
    exportCsv: ({ runId }) => {
      const run = requireRun(library, runId);
      return files.saveFolder(runFolderName(run), async (folder) => {
        await exportCsv(library, [run], folder);
      });
    },
    saveExport: ({ suggestedName, content, encoding }) => {
      const bytes = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8');
      const name = safeFileName(suggestedName);
      return files.save(name, kindOfExport(name), (path) => writeFile(path, bytes));
    },
  };
}
