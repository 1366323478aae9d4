import { useRouter } from 'vue-router';
import type { Reply } from '#contract';
import { useLab } from '../lab-access.ts';
import { libraryLocation } from '../routes.ts';
import { useDraftStore } from '../stores/draft-store.ts';
import { useNoticesStore } from '../stores/notices-store.ts';
import { useSessionFileStore } from '../stores/session-file-store.ts';
import { DROPPABLE, droppedKind, HEAD_BYTES } from './dropped-kind.ts';
import type { DroppedKind } from './dropped-kind.ts';
import { useDraftFiles } from './use-draft-files.ts';
import { useImportFile } from './use-import-file.ts';

/**
 * Opens what was dropped on the window: a session as a preview, an experiment or a layout in the draft;
 * the rest is imported.
 */
export function useDroppedFiles(): (files: readonly File[]) => Promise<void> {
  const lab = useLab();
  const router = useRouter();
  const draft = useDraftStore();
  const sessionFile = useSessionFileStore();
  const notices = useNoticesStore();
  const importFile = useImportFile();
  const { loadDraft, sayDrafted, takeLayout } = useDraftFiles();

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
    if (notices.report(opened) && opened.value !== null) await takeLayout(opened.value);
  }

  const open: Readonly<Record<DroppedKind, (upload: string) => Promise<void>>> = {
    session: openSession,
    experiment: openExperiment,
    layout: openLayout,
    measured: (upload) => importFile(upload),
  };

  return async (files) => {
    const [file] = files;
    if (file === undefined || files.length > 1) {
      notices.fail(`Drop one file at a time: ${DROPPABLE}.`);
      return;
    }
    const kind = droppedKind(file.name, await file.slice(0, HEAD_BYTES).text());
    const brought: Reply<string> = await lab.bringFile(file);
    if (notices.report(brought)) await open[kind](brought.value);
  };
}
