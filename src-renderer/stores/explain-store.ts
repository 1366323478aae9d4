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

  const underway = new Map<string, Promise<void>>();

  function keep(name: string, reply: Reply<readonly LayoutRow[]> | null): void {
    layouts.value = new Map(layouts.value).set(name, reply);
  }

  async function readLayout(name: string): Promise<void> {
    keep(name, null);
    keep(name, await lab.readLayout({ name }));
    underway.delete(name);
  }

  /**
   * Reads a layout of the catalogue unless it is here or on its way; a failed one is read again. Ends when it is
   * here or has failed.
   */
  async function loadLayout(name: string): Promise<void> {
    if (layouts.value.get(name)?.ok === true) return;
    const reading = underway.get(name) ?? readLayout(name);
    underway.set(name, reading);
    await reading;
  }

  return { address, layouts, savedRows, inputsAreShown, loadLayout };
});
