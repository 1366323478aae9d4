import { shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { LabDescription, Reply } from '#contract';
import { useLab } from '../lab-access.ts';

/** Where the laboratory runs and which it is. */
export const useLabStore = defineStore('lab', () => {
  const lab = useLab();
  const description = shallowRef<LabDescription | null>(null);

  async function load(): Promise<Reply<LabDescription>> {
    const reply = await lab.describeLab(null);
    if (reply.ok) description.value = reply.value;
    return reply;
  }

  return { description, load };
});
