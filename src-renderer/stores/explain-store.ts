import { shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { LayoutRow, Reply } from '#contract';
import { useLab } from '../lab-access.ts';

/** The query of an address: what is explained, as words. */
export type ExplainAddress = Readonly<Record<string, string | string[]>>;

/** Where rows that were typed were last saved, and which rows those were. */
export type SavedRows = { readonly word: string; readonly path: string };

/** What the Explain page keeps while other pages are open. */
export const useExplainStore = defineStore('explain', () => {
  const lab = useLab();
  /** What was explained last; null before the first time. */
  const address = shallowRef<ExplainAddress | null>(null);
  /** Rows of layouts of the catalogue by name; null while they are read. */
  const layouts = shallowRef<ReadonlyMap<string, Reply<readonly LayoutRow[]> | null>>(new Map());
  const savedRows = shallowRef<SavedRows | null>(null);
  const inputsAreShown = shallowRef(true);

  function keep(name: string, reply: Reply<readonly LayoutRow[]> | null): void {
    layouts.value = new Map(layouts.value).set(name, reply);
  }

  /** Reads a layout of the catalogue unless it is here or on its way; a failed one is read again. */
  async function loadLayout(name: string): Promise<void> {
    const known = layouts.value.get(name);
    if (known === null || known?.ok === true) return;
    keep(name, null);
    keep(name, await lab.readLayout({ name }));
  }

  return { address, layouts, savedRows, inputsAreShown, loadLayout };
});
