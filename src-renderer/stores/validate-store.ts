import { shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { Reply, ValidateDocument } from '#contract';
import { useLab } from '../lab-access.ts';

/** What the Validate page shows of the figures, kept while other pages are open. */
export const useValidateStore = defineStore('validate', () => {
  const lab = useLab();
  /** Null until it is read. It does not change while the laboratory is open. */
  const document = shallowRef<ValidateDocument | null>(null);
  /** The source whose figures are shown, such as `s2`; null for all. */
  const source = shallowRef<string | null>(null);
  const search = shallowRef('');

  async function load(): Promise<Reply<ValidateDocument>> {
    if (document.value !== null) return { ok: true, value: document.value };
    const reply = await lab.validate(null);
    if (reply.ok) document.value = reply.value;
    return reply;
  }

  return { document, source, search, load };
});
