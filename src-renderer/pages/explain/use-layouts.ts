import { computed } from 'vue';
import { layoutFromLabRows } from '../../layout-rows/read-layout-rows.ts';
import { useCatalogueStore } from '../../stores/catalogue-store.ts';
import { useExplainStore } from '../../stores/explain-store.ts';
import type { LayoutWords } from './question/question.ts';
import { readLayoutWords } from './question/read-layout.ts';
import type { LoadedLayouts, LayoutResult } from './question/read-layout.ts';

export type Layouts = {
  /** Reads or builds a layout with what is here. */
  readonly read: (words: LayoutWords) => LayoutResult;
  /** Fetches the layout that the words name, if they name one of the catalogue. */
  readonly load: (words: LayoutWords) => Promise<void>;
};

/** Layouts by their words: those of the catalogue have to be loaded before they can be read. */
export function useLayouts(): Layouts {
  const catalogue = useCatalogueStore();
  const store = useExplainStore();
  const known = computed(() => catalogue.catalogue?.layouts.map(({ id }) => id) ?? null);
  const loaded = computed<LoadedLayouts>(() => {
    const layouts = [...store.layouts].map(([name, reply]) => {
      if (reply === null) return [name, null] as const;
      return [name, reply.ok ? layoutFromLabRows(reply.value) : reply] as const;
    });
    return new Map(layouts);
  });

  function read(words: LayoutWords): LayoutResult {
    return readLayoutWords(words, loaded.value, known.value);
  }
  async function load(words: LayoutWords): Promise<void> {
    const isKnown = words.kind === 'catalogue' && known.value?.includes(words.name) === true;
    if (isKnown) await store.loadLayout(words.name);
  }
  return { read, load };
}
