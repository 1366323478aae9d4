import type { LabBridge, Reply, SaveResult } from '#contract';
import { answering } from './answering.ts';
import { sampleRun, sampleSession } from './lab-contents.ts';
import type { LabContents } from './lab-contents.ts';
import { done } from './memory-library.ts';
import type { MemoryLibrary } from './memory-library.ts';

/** A file the window asked to have saved. */
export type SavedFile = { readonly name: string; readonly content: string };

type Filing = Pick<
  LabBridge,
  | 'bringFile'
  | 'openExperimentFile'
  | 'openLayoutFile'
  | 'listRecentFiles'
  | 'openRecentFile'
  | 'saveExperimentFile'
  | 'exportCsv'
  | 'saveExport'
  | 'saveSessionFile'
  | 'openSessionFile'
  | 'importSessionFile'
  | 'readDraft'
  | 'saveDraft'
>;

/** The requests about files; what is saved goes into `saved`. */
export function memoryFiles(
  contents: LabContents,
  library: MemoryLibrary,
  saved: SavedFile[],
): Filing {
  let draft: { readonly text: string } | null = null;
  const arriving = {
    session: sampleSession({
      id: 'c0000000-0000-4000-8000-000000000001',
      name: 'Session of a colleague',
      runCount: 1,
    }),
    run: sampleRun({
      id: 'c0000000-0000-4000-8000-000000000002',
      sessionId: 'c0000000-0000-4000-8000-000000000001',
    }),
  };
  function save(name: string, content: string): Reply<SaveResult> {
    saved.push({ name, content });
    return { ok: true, value: { kind: 'saved', path: `/home/user/${name}` } };
  }
  return {
    // The name of a file stands for the file.
    bringFile: answering(({ name }) => ({ ok: true, value: name })),
    openExperimentFile: answering(({ upload }) => {
      const [text] = Object.values(contents.experiments);
      const fileName = upload ?? 'experiment.yaml';
      const value = text === undefined ? null : { text, fileName, path: `/home/user/${fileName}` };
      return { ok: true, value };
    }),
    openLayoutFile: answering(({ upload }) => {
      const rows = Object.values(contents.layouts)[0] ?? [];
      const fileName = upload ?? 'layout.csv';
      return { ok: true, value: { fileName, path: `/home/user/${fileName}`, rows } };
    }),
    listRecentFiles: answering(() => ({ ok: true, value: contents.recentFiles })),
    openRecentFile: answering(() => done),
    saveExperimentFile: answering(({ text, suggestedName }) => save(suggestedName, text)),
    exportCsv: answering(({ runId }) => save(`${runId}.csv`, '')),
    saveExport: answering(({ suggestedName, content }) => save(suggestedName, content)),
    saveSessionFile: answering(({ sessionId }) => save(`${sessionId}.foliolab`, '')),
    openSessionFile: answering(({ upload }) => ({
      ok: true,
      value: {
        ticket: 'ticket',
        fileName: upload ?? 'colleague.foliolab',
        sessions: [arriving.session],
        runs: [arriving.run],
        measurements: [],
        knownRuns: library.findRun(arriving.run.id) === undefined ? 0 : 1,
      },
    })),
    importSessionFile: answering(() => {
      const isKnown = library.findRun(arriving.run.id) !== undefined;
      if (!isKnown) {
        library.addSession(arriving.session);
        library.addRun(arriving.run);
      }
      const importedRuns = isKnown ? 0 : 1;
      const sessionIds = [arriving.session.id];
      return {
        ok: true,
        value: {
          sessionIds,
          importedRuns,
          skippedRuns: 1 - importedRuns,
          importedMeasurements: 0,
          skippedMeasurements: 0,
          importedCostModels: [],
          renamedCostModels: [],
        },
      };
    }),
    readDraft: answering(() => ({ ok: true, value: draft })),
    saveDraft: answering(({ text }) => {
      draft = { text };
      return done;
    }),
  };
}
