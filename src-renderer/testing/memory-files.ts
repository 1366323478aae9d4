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
  | 'openExperimentFile'
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
    openExperimentFile: answering(({ upload }) => {
      const text = upload ?? Object.values(contents.experiments)[0];
      return {
        ok: true,
        value: text === undefined ? null : { text, fileName: 'experiment.yaml' },
      };
    }),
    saveExperimentFile: answering(({ text, suggestedName }) => save(suggestedName, text)),
    exportCsv: answering(({ runId }) => save(`${runId}.csv`, '')),
    saveExport: answering(({ suggestedName, content }) => save(suggestedName, content)),
    saveSessionFile: answering(({ sessionId }) => save(`${sessionId}.foliolab`, '')),
    openSessionFile: answering(() => ({
      ok: true,
      value: {
        ticket: 'ticket',
        fileName: 'colleague.foliolab',
        sessions: [arriving.session],
        runs: [arriving.run],
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
      return { ok: true, value: { sessionIds, importedRuns, skippedRuns: 1 - importedRuns } };
    }),
    readDraft: answering(() => ({ ok: true, value: draft })),
    saveDraft: answering(({ text }) => {
      draft = { text };
      return done;
    }),
  };
}
