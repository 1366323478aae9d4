import { useRouter } from 'vue-router';
import type { Reply } from '#contract';
import { useLab } from '../lab-access.ts';
import { designLocation, libraryLocation } from '../routes.ts';
import { useDraftStore } from '../stores/draft-store.ts';
import { useNoticesStore } from '../stores/notices-store.ts';
import { useSessionFileStore } from '../stores/session-file-store.ts';
import { DROPPABLE, droppedKind } from './dropped-kind.ts';
import type { DroppedKind } from './dropped-kind.ts';
import { draftWithLayout } from './layout-in-draft.ts';

/** Opens what was dropped on the window: a session as a preview, the rest in the draft. */
export function useDroppedFiles(): (files: readonly File[]) => Promise<void> {
  const lab = useLab();
  const router = useRouter();
  const draft = useDraftStore();
  const sessionFile = useSessionFileStore();
  const notices = useNoticesStore();

  function sayDrafted(sentence: string, hadDraft: boolean): unknown {
    notices.say(sentence, hadDraft ? { title: 'Undo', run: draft.undo } : null);
    return router.push(designLocation({ kind: 'draft' }));
  }

  /** The draft of last time is read first, so that it can be had back. */
  async function loadDraft(): Promise<boolean> {
    return draft.isLoaded || notices.report(await draft.load());
  }

  async function openSession(upload: string): Promise<void> {
    const opened = await sessionFile.open(upload);
    if (notices.report(opened)) await router.push(libraryLocation(false));
  }

  async function openExperiment(upload: string): Promise<void> {
    const opened = await lab.openExperimentFile({ upload });
    if (!notices.report(opened) || opened.value === null || !(await loadDraft())) return;
    const { text, fileName, path } = opened.value;
    const { hasDraft } = draft;
    const saved = { argument: path ?? fileName, text };
    draft.begin(text, { origin: { kind: 'file', fileName }, saved });
    await sayDrafted(`${fileName} is the draft now.`, hasDraft);
  }

  async function openLayout(upload: string): Promise<void> {
    const opened = await lab.openLayoutFile({ upload });
    if (!notices.report(opened) || opened.value === null || !(await loadDraft())) return;
    const { hasDraft } = draft;
    const found = draftWithLayout(hasDraft ? draft.text : null, opened.value);
    if (!found.ok) {
      notices.fail(found.message);
      return;
    }
    if (hasDraft) draft.change(found.text, null);
    else draft.begin(found.text, { origin: { kind: 'new' }, saved: null });
    const { fileName } = opened.value;
    await sayDrafted(`${fileName} is the layout “${found.name}” of the draft now.`, hasDraft);
  }

  const open: Readonly<Record<DroppedKind, (upload: string) => Promise<void>>> = {
    session: openSession,
    experiment: openExperiment,
    layout: openLayout,
  };

  return async (files) => {
    const [file] = files;
    if (file === undefined || files.length > 1) {
      notices.fail(`Drop one file at a time: ${DROPPABLE}.`);
      return;
    }
    const kind = droppedKind(file.name);
    if (kind === null) {
      notices.fail(`${file.name} cannot be opened here; drop ${DROPPABLE}.`);
      return;
    }
    const brought: Reply<string> = await lab.bringFile(file);
    if (notices.report(brought)) await open[kind](brought.value);
  };
}
