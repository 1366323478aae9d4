import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { Reply } from '#contract';
import { sentenceFromFailure } from '../sentences.ts';

export type NoticeKind = 'done' | 'warning' | 'failure';
export type Notice = {
  readonly kind: NoticeKind;
  /** One sentence. */
  readonly text: string;
  /** What can be done about it, such as undoing it. */
  readonly action: { readonly title: string; readonly run: () => unknown } | null;
};

const UNDO = 'Undo';

/** What the window has to say; `useNoticeMessages` shows each notice once. */
export const useNoticesStore = defineStore('notices', () => {
  const latest = shallowRef<Notice | null>(null);
  /** Whether what was said last can be taken back. */
  const canUndo = computed(() => latest.value?.action?.title === UNDO);

  /** Says that something is done, perhaps with a way back. */
  function say(text: string, action: Notice['action'] = null): void {
    latest.value = { kind: 'done', text, action };
  }

  function warn(text: string, action: Notice['action'] = null): void {
    latest.value = { kind: 'warning', text, action };
  }

  function fail(text: string): void {
    latest.value = { kind: 'failure', text, action: null };
  }

  /** Says that something is done, and how it is taken back. */
  function sayUndoable(text: string, undo: () => unknown): void {
    say(text, { title: UNDO, run: undo });
  }

  /** Does what a notice offers, once: after that there is nothing to say any more. */
  function act(notice: Notice | null): void {
    if (latest.value === notice) latest.value = null;
    notice?.action?.run();
  }

  function undo(): void {
    if (canUndo.value) act(latest.value);
  }

  /** Says what a failed reply says; a good one passes in silence. Narrows the reply. */
  function report<Value>(
    reply: Reply<Value>,
  ): reply is { readonly ok: true; readonly value: Value } {
    if (!reply.ok) fail(sentenceFromFailure(reply));
    return reply.ok;
  }

  return { latest, canUndo, say, sayUndoable, warn, fail, act, undo, report };
});
