import { shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { Catalogue, Reply } from '#contract';
import { useLab } from '../lab-access.ts';

/** The ready-made experiments, layouts and cost models. */
export const useCatalogueStore = defineStore('catalogue', () => {
  const lab = useLab();
  /** Null until it is read. */
  const catalogue = shallowRef<Catalogue | null>(null);

  async function load(): Promise<Reply<Catalogue>> {
    const reply = await lab.listCatalogue(null);
    if (reply.ok) catalogue.value = reply.value;
    return reply;
  }

  /** The text of a ready-made experiment, as YAML. */
  function readExperiment(id: string): Promise<Reply<{ readonly text: string }>> {
    return lab.readExperiment({ id });
  }

  return { catalogue, load, readExperiment };
});
