import { shallowRef } from 'vue';
import type { ShallowRef } from 'vue';
import type { SessionFilePreview } from '#contract';
import { useLab } from '../../lab-access.ts';
import { counted } from '../../sentences.ts';
import { useLibraryStore } from '../../stores/library-store.ts';
import { useLibraryViewStore } from '../../stores/library-view-store.ts';
import { useNoticesStore } from '../../stores/notices-store.ts';

/** Opening a session file: a preview first, then the import. */
export function useSessionFile(): {
  readonly preview: ShallowRef<SessionFilePreview | null>;
  readonly open: () => Promise<void>;
  readonly importFile: (ticket: string) => Promise<void>;
} {
  const lab = useLab();
  const library = useLibraryStore();
  const viewStore = useLibraryViewStore();
  const notices = useNoticesStore();
  const preview = shallowRef<SessionFilePreview | null>(null);

  async function open(): Promise<void> {
    const reply = await lab.openSessionFile({ upload: null });
    if (notices.report(reply)) preview.value = reply.value;
  }

  async function importFile(ticket: string): Promise<void> {
    preview.value = null;
    const reply = await library.importSessionFile(ticket);
    if (!notices.report(reply)) return;
    const { sessionIds, importedRuns, skippedRuns } = reply.value;
    const skipped = skippedRuns === 0 ? '' : `, ${counted(skippedRuns, 'run')} here already`;
    notices.say(`${counted(importedRuns, 'run')} imported${skipped}.`);
    const [id] = sessionIds;
    if (id !== undefined) viewStore.show({ kind: 'session', id });
  }

  return { preview, open, importFile };
}
