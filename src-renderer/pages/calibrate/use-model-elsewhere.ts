import { useRouter } from 'vue-router';
import { useFiles } from '../../composables/use-files.ts';
import { useLab } from '../../lab-access.ts';
import { designLocation } from '../../routes.ts';
import { useDraftStore } from '../../stores/draft-store.ts';
import { useExplainStore } from '../../stores/explain-store.ts';
import { useNoticesStore } from '../../stores/notices-store.ts';
import { applyEdits } from '../design/draft/draft-edit.ts';
import { NEW_EXPERIMENT } from '../design/draft/new-parts.ts';

/** What a model is for: it prices experiments and I/Os, and goes into a file. */
export function useModelElsewhere() {
  const lab = useLab();
  const router = useRouter();
  const draft = useDraftStore();
  const explain = useExplainStore();
  const notices = useNoticesStore();
  const files = useFiles();

  /** Prices the experiment that is designed, or a new one where there is none. */
  async function design(id: string): Promise<void> {
    if (!draft.isLoaded && !notices.report(await draft.load())) return;
    const { hasDraft } = draft;
    const base = hasDraft ? draft.text : NEW_EXPERIMENT;
    const text = applyEdits(base, [{ kind: 'set', path: ['costModel'], value: id }]);
    if (text === null) {
      notices.fail(`The draft is no YAML: mend it before ${id} prices it.`);
      return;
    }
    if (hasDraft) draft.change(text, null);
    else draft.begin(text, { origin: { kind: 'new' }, saved: null });
    notices.say(
      `${id} prices the draft now.`,
      hasDraft ? { title: 'Undo', run: draft.undo } : null,
    );
    await router.push(designLocation({ kind: 'draft' }));
  }

  /** Prices the I/O that was explained last. */
  async function explainWith(id: string): Promise<void> {
    await router.push({ name: 'explain', query: { ...explain.address, 'cost-model': id } });
  }

  async function save(id: string): Promise<void> {
    files.finishSave(await lab.saveCostModel({ id }));
  }

  return { design, explain: explainWith, save };
}
