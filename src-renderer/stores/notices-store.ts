import { shallowRef } from 'vue';
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

/** What the window has to say; `useNoticeMessages` shows each notice once. */
export const useNoticesStore = defineStore('notices', () => {
  const latest = shallowRef<Notice | null>(null);

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

  /** Says what a failed reply says; a good one passes in silence. Narrows the reply. */
  function report<Value>(
    reply: Reply<Value>,
  ): reply is { readonly ok: true; readonly value: Value } {
    if (!reply.ok) fail(sentenceFromFailure(reply));
    return reply.ok;
  }

  return { latest, say, warn, fail, report };
});
