import { computed, onScopeDispose, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { Reply } from '#contract';
import { useLab } from '../lab-access.ts';
import { beginHistory, recordText, redoText, replaceText, undoText } from './text-history.ts';

/** What a draft was begun from. */
export type DraftOrigin =
  | { readonly kind: 'new' }
  | { readonly kind: 'catalogue'; readonly experimentId: string }
  | { readonly kind: 'file'; readonly fileName: string }
  | { readonly kind: 'run'; readonly runId: string };

/** What the command line can name, and its text: a ready-made experiment or a file. */
export type SavedExperiment = { readonly argument: string; readonly text: string };

type DraftSource = { readonly origin: DraftOrigin; readonly saved: SavedExperiment | null };

const UNKNOWN: DraftSource = { origin: { kind: 'new' }, saved: null };
const SAVED_AFTER_MS = 400;

/** The experiment being designed: one text, its history, and where it came from. */
export const useDraftStore = defineStore('draft', () => {
  const lab = useLab();
  const history = shallowRef(beginHistory('', UNKNOWN));
  /** False until there is a draft: nothing was ever designed, or it was not read yet. */
  const hasDraft = shallowRef(false);
  const isLoaded = shallowRef(false);
  /** Why the draft was last not kept; null when it was. */
  const failure = shallowRef<Extract<Reply<null>, { readonly ok: false }> | null>(null);
  const text = computed(() => history.value.present.text);
  const origin = computed(() => history.value.present.source.origin);
  const saved = computed(() => history.value.present.source.saved);
  const canUndo = computed(() => history.value.past.length > 0);
  const canRedo = computed(() => history.value.future.length > 0);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function keep(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const reply = await lab.saveDraft({ text: text.value });
    failure.value = reply.ok ? null : reply;
  }

  function keepSoon(): void {
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
      history.value = beginHistory(reply.value.text, UNKNOWN);
      hasDraft.value = true;
    }
    return reply;
  }

  /** Puts another experiment in the place of the draft; undoing brings the old one back. */
  function begin(next: string, source: DraftSource): void {
    history.value = hasDraft.value
      ? replaceText(history.value, next, source)
      : beginHistory(next, source);
    hasDraft.value = true;
    keepSoon();
  }

  /** @param place  What is being typed in, such as the key of a field; quick changes there are one step. */
  function change(next: string, place: string | null): void {
    const before = history.value;
    history.value = recordText(before, next, place, Date.now());
    if (history.value !== before) keepSoon();
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
    const { present } = history.value;
    const source = { ...present.source, saved: { argument, text: present.text } };
    history.value = { ...history.value, present: { ...present, source } };
  }

  onScopeDispose(() => clearTimeout(timer));

  return {
    text,
    hasDraft,
    isLoaded,
    origin,
    saved,
    failure,
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
