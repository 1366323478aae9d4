import { nextTick } from 'vue';
import { draftWithLayout } from '../../../dropped-files/layout-in-draft.ts';
import { useLab } from '../../../lab-access.ts';
import { useDraftStore } from '../../../stores/draft-store.ts';
import { useNoticesStore } from '../../../stores/notices-store.ts';
import { listAt } from '../draft/draft-path.ts';
import { useDraftForm } from '../form/draft-form.ts';

/** Lets the user choose a layout CSV and takes its rows into the draft as another layout. */
export function useLayoutFile(): () => Promise<void> {
  const lab = useLab();
  const draft = useDraftStore();
  const notices = useNoticesStore();
  const form = useDraftForm();

  return async () => {
    const reply = await lab.openLayoutFile({ upload: null });
    if (!notices.report(reply) || reply.value === null) return;
    const found = draftWithLayout(draft.text, reply.value);
    if (!found.ok) {
      notices.fail(found.message);
      return;
    }
    draft.change(found.text, null);
    notices.say(`${reply.value.fileName} is the layout “${found.name}” of the draft now.`, {
      title: 'Undo',
      run: draft.undo,
    });
    await nextTick();
    const last = listAt(form.document.value.value, ['layouts']).length - 1;
    await form.reveal(`layouts[${last}]`);
  };
}
