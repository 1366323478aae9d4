import { useRouter } from 'vue-router';
import type { MeasurementRecord, Reply, RunRecord, SessionRecord } from '#contract';
import { useLab } from '../../lab-access.ts';
import { useFiles } from '../../composables/use-files.ts';
import { hasPage } from '../../router.ts';
import { runLocation } from '../../routes.ts';
import { useLibraryStore } from '../../stores/library-store.ts';
import type { LabelledTarget, LibraryTarget } from '../../stores/library-store.ts';
import { useNoticesStore } from '../../stores/notices-store.ts';
import { useRunStore } from '../../stores/run-store.ts';
import { countedTargets, tagsSentence } from './library-contents.ts';

const FIRST_SESSION = 'First session';

/** Everything a user can do to sessions and runs, with what is said about it afterwards. */
export type LibraryActions = ReturnType<typeof useLibraryActions>;

export function useLibraryActions() {
  const router = useRouter();
  const lab = useLab();
  const library = useLibraryStore();
  const runs = useRunStore();
  const notices = useNoticesStore();
  const files = useFiles();

  /** Does one thing to several targets; says the first failure and gives back those it worked for. */
  async function forEach<Target extends LibraryTarget>(
    targets: readonly Target[],
    act: (target: Target) => Promise<Reply<null>>,
  ): Promise<readonly Target[]> {
    const replies = await Promise.all(
      targets.map(async (target) => ({ target, reply: await act(target) })),
    );
    const failed = replies.find(({ reply }) => !reply.ok);
    if (failed !== undefined) notices.report(failed.reply);
    return replies.filter(({ reply }) => reply.ok).map(({ target }) => target);
  }

  async function trash(targets: readonly LibraryTarget[]): Promise<void> {
    const done = await forEach(targets, library.trash);
    if (done.length === 0) return;
    notices.sayUndoable(`${countedTargets(done)} moved to the trash.`, () =>
      forEach(done, library.restore),
    );
  }

  async function archive(targets: readonly LabelledTarget[], isArchived: boolean): Promise<void> {
    const done = await forEach(targets, (target) => library.archive(target, isArchived));
    if (done.length === 0) return;
    const what = isArchived ? 'archived' : 'taken out of the archive';
    notices.sayUndoable(`${countedTargets(done)} ${what}.`, () =>
      forEach(done, (target) => library.archive(target, !isArchived)),
    );
  }

  async function restore(targets: readonly LibraryTarget[]): Promise<void> {
    const done = await forEach(targets, library.restore);
    if (done.length === 0) return;
    notices.sayUndoable(`${countedTargets(done)} restored.`, () => forEach(done, library.trash));
  }

  async function purge(targets: readonly LibraryTarget[]): Promise<void> {
    const done = await forEach(targets, library.purge);
    if (done.length > 0) notices.say(`${countedTargets(done)} deleted for good.`);
  }

  async function star(targets: readonly RunRecord[]): Promise<void> {
    // A mixed selection is starred first, as a mixed selection of checkboxes is.
    const isStarred = !targets.every((run) => run.isStarred);
    await forEach(
      targets.map(({ id }) => ({ kind: 'run', id })),
      ({ id }) => library.setStar(id, isStarred),
    );
  }

  function labelsOf({ kind, id }: LabelledTarget): Pick<RunRecord, 'notes' | 'tags'> | undefined {
    return kind === 'run' ? library.runsById.get(id) : library.sessionsById.get(id);
  }

  async function setNotes(target: LibraryTarget, notes: string): Promise<void> {
    const labelled =
      target.kind === 'measurement'
        ? library.measurements.find(({ id }) => id === target.id)
        : labelsOf(target);
    const before = labelled?.notes ?? '';
    if (!notices.report(await library.setNotes(target, notes))) return;
    notices.sayUndoable('Notes changed.', async () =>
      notices.report(await library.setNotes(target, before)),
    );
  }

  async function setTags(target: LabelledTarget, tags: readonly string[]): Promise<void> {
    const before = labelsOf(target)?.tags ?? [];
    if (!notices.report(await library.setTags(target, tags))) return;
    notices.sayUndoable(tagsSentence(before, tags), async () =>
      notices.report(await library.setTags(target, before)),
    );
  }

  async function createSession(name: string): Promise<SessionRecord | null> {
    const reply = await library.createSession(name);
    return notices.report(reply) ? reply.value : null;
  }

  async function renameSession(session: SessionRecord, name: string): Promise<void> {
    const reply = await library.renameSession(session.id, name);
    if (!notices.report(reply)) return;
    notices.sayUndoable(`Session renamed to ${name}.`, async () =>
      notices.report(await library.renameSession(session.id, session.name)),
    );
  }

  async function renameMeasurement(record: MeasurementRecord, name: string): Promise<void> {
    const reply = await library.renameMeasurement(record.id, name);
    if (!notices.report(reply)) return;
    notices.sayUndoable(`Measurement renamed to ${name}.`, async () =>
      notices.report(await library.renameMeasurement(record.id, record.name)),
    );
  }

  async function sessionForRun(sessionId: string | null): Promise<string | null> {
    const usable = library.sessions.filter(
      ({ archivedAt, deletedAt }) => archivedAt === null && deletedAt === null,
    );
    const session = usable.find(({ id }) => id === sessionId) ?? usable[0];
    return session?.id ?? (await createSession(FIRST_SESSION))?.id ?? null;
  }

  async function startText(
    text: string,
    sessionId: string,
    parentRunId: string | null,
  ): Promise<void> {
    const reply = await runs.start(text, sessionId, parentRunId);
    if (!notices.report(reply)) return;
    if (hasPage('run')) await router.push(runLocation(reply.value.runId));
    else notices.say('The run has started.');
  }

  /** Runs a ready-made experiment in a session, or in the first one, made if there is none. */
  async function runReadyMade(experimentId: string, sessionId: string | null): Promise<void> {
    const read = await lab.readExperiment({ id: experimentId });
    if (!notices.report(read)) return;
    const session = await sessionForRun(sessionId);
    if (session !== null) await startText(read.value.text, session, null);
  }

  async function runAgain(run: RunRecord): Promise<void> {
    await startText(run.experimentText, run.sessionId, run.id);
  }

  async function saveSession(sessionId: string): Promise<void> {
    files.finishSave(await lab.saveSessionFile({ sessionId }));
  }

  async function exportCsv(runId: string): Promise<void> {
    files.finishSave(await lab.exportCsv({ runId }));
  }

  return {
    trash,
    archive,
    restore,
    purge,
    star,
    setNotes,
    setTags,
    createSession,
    renameSession,
    renameMeasurement,
    runReadyMade,
    runAgain,
    saveSession,
    exportCsv,
  };
}
