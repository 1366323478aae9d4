import { shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { RecentFile, Reply } from '#contract';
import { useLab } from '../lab-access.ts';

/** Sessions and experiments that were opened or saved lately, the latest first. */
export const useRecentFilesStore = defineStore('recent-files', () => {
  const lab = useLab();
  const files = shallowRef<readonly RecentFile[]>([]);

  async function load(): Promise<Reply<readonly RecentFile[]>> {
    const reply = await lab.listRecentFiles(null);
    if (reply.ok) files.value = reply.value;
    return reply;
  }

  /** Opens one again; what follows is as if it had been chosen in the menu. */
  function open(path: string): Promise<Reply<null>> {
    return lab.openRecentFile({ path });
  }

  return { files, load, open };
});
