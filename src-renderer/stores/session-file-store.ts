import { shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { Reply, SessionFilePreview } from '#contract';
import { useLab } from '../lab-access.ts';

/** The session file that was opened and waits to be imported. */
export const useSessionFileStore = defineStore('session-file', () => {
  const lab = useLab();
  const preview = shallowRef<SessionFilePreview | null>(null);

  /** @param upload  A file that was brought; null lets the user choose one. */
  async function open(upload: string | null): Promise<Reply<SessionFilePreview | null>> {
    const reply = await lab.openSessionFile({ upload });
    if (reply.ok && reply.value !== null) preview.value = reply.value;
    return reply;
  }

  function close(): void {
    preview.value = null;
  }

  return { preview, open, close };
});
