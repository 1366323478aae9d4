import type {
  LabBridge,
  LabEventName,
  LabEventPayload,
  Reply,
  RunDocument,
  RunRecord,
  SaveResult,
} from '#contract';
import { checkExperimentText } from './check-experiment.ts';
import { createEventSource } from './event-source.ts';
import { EMPTY_CONTENTS, sampleRun, sampleSession } from './lab-contents.ts';
import type { LabContents } from './lab-contents.ts';
import { createMemoryLibrary, done, notFound } from './memory-library.ts';
import type { MemoryLibrary } from './memory-library.ts';
import { createMemoryRuns } from './memory-runs.ts';
import type { RunPace } from './memory-runs.ts';

/** A file the window asked to have saved. */
export type SavedFile = { readonly name: string; readonly content: string };

/** A laboratory in memory: a bridge for the window, and what a test may see and do behind it. */
export type MemoryLab = {
  readonly bridge: LabBridge;
  readonly library: MemoryLibrary;
  /** What was saved, oldest first. */
  readonly saved: readonly SavedFile[];
  readonly tell: <Name extends LabEventName>(name: Name, payload: LabEventPayload<Name>) => void;
};

function found<Value>(value: Value | undefined, what: string): Reply<Value> {
  return value === undefined ? notFound(what) : { ok: true, value };
}

function documentOf(contents: LabContents, run: RunRecord): RunDocument | undefined {
  const sample = contents.samples[run.experimentName]?.document;
  if (sample === undefined) return undefined;
  const { status, failure, seed, plannedTrials, startedAt, endedAt, environment } = run;
  return {
    ...sample,
    run: run.id,
    sessionId: run.sessionId,
    title: run.title,
    ...{ status, failure, seed, plannedTrials, startedAt, endedAt, environment },
    trials: sample.trials.slice(0, run.finishedTrials),
    expectations: [...run.expectations],
  };
}

type Reading = Pick<
  LabBridge,
  | 'describeLab'
  | 'listCatalogue'
  | 'readExperiment'
  | 'readLayout'
  | 'checkExperiment'
  | 'listSessions'
  | 'listRuns'
  | 'readRun'
  | 'readTrial'
>;

function reading(contents: LabContents, library: MemoryLibrary): Reading {
  return {
    describeLab: async () => ({ ok: true, value: contents.description }),
    listCatalogue: async () => ({ ok: true, value: contents.catalogue }),
    readExperiment: async ({ id }) => {
      const text = contents.experiments[id];
      return found(text === undefined ? undefined : { text }, 'experiment');
    },
    readLayout: async ({ name }) => found(contents.layouts[name], 'layout'),
    checkExperiment: async ({ text }) => ({
      ok: true,
      value: checkExperimentText(contents, text),
    }),
    listSessions: async () => ({ ok: true, value: library.sessions() }),
    listRuns: async () => ({ ok: true, value: library.runs() }),
    readRun: async ({ id }) => {
      const run = library.findRun(id);
      return found(run === undefined ? undefined : documentOf(contents, run), 'run');
    },
    readTrial: async ({ runId, trialId }) => {
      const name = library.findRun(runId)?.experimentName ?? '';
      return found(contents.samples[name]?.trials[trialId], 'trial');
    },
  };
}

type Labelling = Pick<
  LabBridge,
  | 'createSession'
  | 'renameSession'
  | 'setNotes'
  | 'setTags'
  | 'setStar'
  | 'archive'
  | 'trash'
  | 'restore'
  | 'purge'
>;

function labelling(library: MemoryLibrary, changed: () => void, now: () => string): Labelling {
  function telling<Value>(reply: Reply<Value>): Reply<Value> {
    if (reply.ok) changed();
    return reply;
  }
  return {
    createSession: async ({ name }) => telling(library.createSession(name)),
    renameSession: async ({ id, name }) => telling(library.renameSession(id, name)),
    setNotes: async ({ kind, id, notes }) => telling(library.label({ kind, id }, { notes })),
    setTags: async ({ kind, id, tags }) => telling(library.label({ kind, id }, { tags })),
    setStar: async ({ id, isStarred }) => telling(library.changeRun(id, { isStarred })),
    archive: async ({ kind, id, isArchived }) =>
      telling(library.label({ kind, id }, { archivedAt: isArchived ? now() : null })),
    trash: async ({ kind, id }) => telling(library.label({ kind, id }, { deletedAt: now() })),
    restore: async ({ kind, id }) => telling(library.label({ kind, id }, { deletedAt: null })),
    purge: async (target) => telling(library.purge(target)),
  };
}

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

function filing(contents: LabContents, library: MemoryLibrary, saved: SavedFile[]): Filing {
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
    openExperimentFile: async ({ upload }) => {
      const text = upload ?? Object.values(contents.experiments)[0];
      return {
        ok: true,
        value: text === undefined ? null : { text, fileName: 'experiment.yaml' },
      };
    },
    saveExperimentFile: async ({ text, suggestedName }) => save(suggestedName, text),
    exportCsv: async ({ runId }) => save(`${runId}.csv`, ''),
    saveExport: async ({ suggestedName, content }) => save(suggestedName, content),
    saveSessionFile: async ({ sessionId }) => save(`${sessionId}.foliolab`, ''),
    openSessionFile: async () => ({
      ok: true,
      value: {
        ticket: 'ticket',
        fileName: 'colleague.foliolab',
        sessions: [arriving.session],
        runs: [arriving.run],
        knownRuns: library.findRun(arriving.run.id) === undefined ? 0 : 1,
      },
    }),
    importSessionFile: async () => {
      const isKnown = library.findRun(arriving.run.id) !== undefined;
      if (!isKnown) {
        library.addSession(arriving.session);
        library.addRun(arriving.run);
      }
      const importedRuns = isKnown ? 0 : 1;
      const sessionIds = [arriving.session.id];
      return { ok: true, value: { sessionIds, importedRuns, skippedRuns: 1 - importedRuns } };
    },
    readDraft: async () => ({ ok: true, value: draft }),
    saveDraft: async ({ text }) => {
      draft = { text };
      return done;
    },
  };
}

/**
 * Makes a laboratory in memory. It answers as the real one does, by its own rules where a window
 * could tell the difference, and simulates nothing.
 *
 * @param pace  How long its runs take.
 * @param now   The time, ISO 8601.
 */
export function createMemoryLab(
  contents: LabContents = EMPTY_CONTENTS,
  pace: RunPace = { durationMs: 3000 },
  now: () => string = () => new Date().toISOString(),
): MemoryLab {
  const library = createMemoryLibrary(contents.sessions, contents.runs, now);
  const events = createEventSource();
  const saved: SavedFile[] = [];
  const bridge: LabBridge = {
    ...reading(contents, library),
    ...labelling(library, () => events.tell('libraryChanged', null), now),
    ...filing(contents, library, saved),
    ...createMemoryRuns(contents, library, events, pace, now),
    ...events.subscriptions,
  };
  return { bridge, library, saved, tell: events.tell };
}
