import { computed, onScopeDispose, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { Reply } from '#contract';
import { useLab } from '../lab-access.ts';
import { beginHistory, recordText, redoText, undoText } from './text-history.ts';

/** What a draft was begun from. */
export type DraftOrigin =
  | { readonly kind: 'new' }
  | { readonly kind: 'catalogue'; readonly experimentId: string }
  | { readonly kind: 'file'; readonly fileName: string }
  | { readonly kind: 'run'; readonly runId: string };

/** What the command line can name, and its text: a ready-made experiment or a file. */
export type SavedExperiment = { readonly argument: string; readonly text: string };

const SAVED_AFTER_MS = 400;

/** The experiment being designed: one text, its history, and where it came from. */
export const useDraftStore = defineStore('draft', () => {
  const lab = useLab();
  const history = shallowRef(beginHistory(''));
  /** False until there is a draft: nothing was ever designed, or it was not read yet. */
  const hasDraft = shallowRef(false);
  const isLoaded = shallowRef(false);
  const origin = shallowRef<DraftOrigin>({ kind: 'new' });
  const saved = shallowRef<SavedExperiment | null>(null);
  /** Why the draft was last not kept; null when it was. */
  const failure = shallowRef<Extract<Reply<null>, { readonly ok: false }> | null>(null);
  const isKept = shallowRef(true);
  const text = computed(() => history.value.present.text);
  const canUndo = computed(() => history.value.past.length > 0);
  const canRedo = computed(() => history.value.future.length > 0);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function keep(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const kept = text.value;
    const reply = await lab.saveDraft({ text: kept });
    failure.value = reply.ok ? null : reply;
    isKept.value = reply.ok && kept === text.value;
  }

  function keepSoon(): void {
    isKept.value = false;
    clearTimeout(timer);
    timer = setTimeout(() => void keep(), SAVED_AFTER_MS);
  }

  /** Keeps at once what was typed last; for when the page is left. */
  async function flush(): Promise<void> {
    if (timer !== undefined) await keep();
  }

  /** Reads the draft of last time, unless one is open already. */
  async function load(): Promise<Reply<{ readonly text: string } | null>> {
    const reply = await lab.readDraft(null);
    if (!reply.ok) return reply;
    isLoaded.value = true;
    if (!hasDraft.value && reply.value !== null) {
      history.value = beginHistory(reply.value.text);
      hasDraft.value = true;
    }
    return reply;
  }

  function record(next: string, place: string | null): void {
    const before = history.value;
    history.value = recordText(before, next, place, Date.now());
    if (history.value !== before) keepSoon();
  }

  /** Puts another experiment in the place of the draft; undoing brings the old one back. */
  function begin(next: string, from: DraftOrigin, source: SavedExperiment | null): void {
    if (hasDraft.value) record(next, null);
    else {
      history.value = beginHistory(next);
      hasDraft.value = true;
      keepSoon();
    }
    origin.value = from;
    saved.value = source;
  }

  /** @param place  What is being typed in, such as the key of a field; quick changes there are one step. */
  function change(next: string, place: string | null): void {
    record(next, place);
  }

  function undo(): void {
    if (!canUndo.value) return;
    history.value = undoText(history.value);
    keepSoon();
  }

  function redo(): void {
    if (!canRedo.value) return;
    history.value = redoText(history.value);
    keepSoon();
  }

  /** Notes that the text as it is now can be found under a name. */
  function noteSaved(argument: string): void {
    saved.value = { argument, text: text.value };
  }

  onScopeDispose(() => clearTimeout(timer));

  return {
    text,
    hasDraft,
    isLoaded,
    origin,
    saved,
    failure,
    isKept,
    canUndo,
    canRedo,
    load,
    begin,
    change,
    undo,
    redo,
    noteSaved,
    flush,
  };
});
