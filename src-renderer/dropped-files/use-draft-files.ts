import { useRouter } from 'vue-router';
import type { OpenedLayout } from '#contract';
import { designLocation } from '../routes.ts';
import { useDraftStore } from '../stores/draft-store.ts';
import { useNoticesStore } from '../stores/notices-store.ts';
import { draftWithLayout } from './layout-in-draft.ts';

type TakeLayout = (layout: Pick<OpenedLayout, 'fileName' | 'rows'>) => Promise<void>;

/** What brings files into the draft. */
export type DraftFiles = {
  /** The draft of last time is read first, so that it can be had back. */
  readonly loadDraft: () => Promise<boolean>;
  /** Says that the draft is another now, with the way back, and goes there. */
  readonly sayDrafted: (sentence: string, hadDraft: boolean) => unknown;
  /** Makes a layout one of the draft. */
  readonly takeLayout: TakeLayout;
};

export function useDraftFiles(): DraftFiles {
  const router = useRouter();
  const draft = useDraftStore();
  const notices = useNoticesStore();

  async function loadDraft(): Promise<boolean> {
    return draft.isLoaded || notices.report(await draft.load());
  }

  function sayDrafted(sentence: string, hadDraft: boolean): unknown {
    notices.say(sentence, hadDraft ? { title: 'Undo', run: draft.undo } : null);
    return router.push(designLocation({ kind: 'draft' }));
  }

  const takeLayout: TakeLayout = async (layout) => {
    if (!(await loadDraft())) return;
    const { hasDraft } = draft;
    const found = draftWithLayout(hasDraft ? draft.text : null, layout);
    if (!found.ok) {
      notices.fail(found.message);
      return;
    }
    if (hasDraft) draft.change(found.text, null);
    else draft.begin(found.text, { origin: { kind: 'new' }, saved: null });
    await sayDrafted(
      `${layout.fileName} is the layout “${found.name}” of the draft now.`,
      hasDraft,
    );
  };

  return { loadDraft, sayDrafted, takeLayout };
}
