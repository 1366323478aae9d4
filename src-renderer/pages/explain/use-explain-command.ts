import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { extentsFromLayout } from '#core';
import { useFiles } from '../../composables/use-files.ts';
import { layoutFromRowsText } from '../../layout-rows/read-layout-rows.ts';
import { csvFromExtents } from '../../layout-rows/write-layout-rows.ts';
import { useLab } from '../../lab-access.ts';
import { useExplainStore } from '../../stores/explain-store.ts';
import { useNoticesStore } from '../../stores/notices-store.ts';
import { wordsFromQuestion, wordsOfChain } from './question/command-words.ts';
import type { Place } from './question/address.ts';
import { wordFromLayout } from './question/layout-word.ts';

export type ExplainCommand = {
  readonly words: ComputedRef<readonly string[]>;
  /** Why there is no command line; empty when there is one. */
  readonly disabledReason: ComputedRef<string>;
  /** Rows that no file has yet. */
  readonly hasUnsavedRows: ComputedRef<boolean>;
  readonly saveRows: () => Promise<void>;
};

/** The command line that explains the same I/O; rows have to be in a file first. */
export function useExplainCommand(
  place: { readonly value: Place },
  problemCount: () => number,
): ExplainCommand {
  const lab = useLab();
  const files = useFiles();
  const notices = useNoticesStore();
  const store = useExplainStore();
  const layout = computed(() => place.value.question.layout);
  const savedPath = computed(() => {
    const saved = store.savedRows;
    return saved?.word === wordFromLayout(layout.value) ? saved.path : null;
  });
  const hasUnsavedRows = computed(() => layout.value.kind === 'rows' && savedPath.value === null);
  const words = computed(() => {
    const { question, side, view } = place.value;
    const strategy = (side === 'beside' ? question.beside : null) ?? question.strategy;
    const path = savedPath.value;
    const named =
      layout.value.kind === 'rows' && path !== null
        ? { ...question, layout: { kind: 'catalogue', name: path } as const }
        : question;
    if (view === 'chain') return wordsOfChain(named);
    return wordsFromQuestion(named, strategy, view === 'calls' || view === 'flame');
  });
  const disabledReason = computed(() => {
    if (hasUnsavedRows.value) return 'The rows are in no file yet: save them as CSV first.';
    return problemCount() > 0 ? 'Mend what is marked first.' : '';
  });

  async function saveRows(): Promise<void> {
    if (layout.value.kind !== 'rows') return;
    const word = wordFromLayout(layout.value);
    const reading = layoutFromRowsText(layout.value.text);
    if (!reading.ok) {
      notices.warn(`The rows are no layout yet: ${reading.message}.`);
      return;
    }
    const content = csvFromExtents(extentsFromLayout(reading.layout));
    const reply = await lab.saveExport({
      suggestedName: 'layout.csv',
      content,
      encoding: 'text',
    });
    files.finishSave(reply);
    if (!reply.ok || reply.value.kind === 'cancelled') return;
    const path = reply.value.kind === 'saved' ? reply.value.path : reply.value.fileName;
    store.savedRows = { word, path };
  }

  return { words, disabledReason, hasUnsavedRows, saveRows };
}
