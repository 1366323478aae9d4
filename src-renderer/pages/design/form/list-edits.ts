import { computed, nextTick, ref, watch } from 'vue';
import type { ComputedRef } from 'vue';
import { listAt, valueAt } from '../draft/draft-path.ts';
import type { DraftPath } from '../draft/draft-path.ts';
import { freeName } from '../draft/new-parts.ts';
import { useDraftForm } from './draft-form.ts';

/** A list of the draft whose elements keep what is theirs on screen while they move. */
export type ListEdits = {
  readonly elements: ComputedRef<readonly { readonly id: number; readonly value: unknown }[]>;
  readonly append: (value: unknown) => Promise<void>;
  readonly duplicate: (index: number) => Promise<void>;
  readonly move: (index: number, by: -1 | 1) => void;
  readonly remove: (index: number) => void;
};

/** Edits the list at a path of the draft. */
export function useListEdits(list: DraftPath): ListEdits {
  const form = useDraftForm();
  const values = computed(() => listAt(form.document.value.value, list));
  // Elements have no names that last: these ids follow them through the edits made here.
  const ids = ref<number[]>([]);
  let nextId = 0;
  const newId = (): number => (nextId += 1);
  const elements = computed(() =>
    values.value.map((value, index) => ({ id: ids.value[index] ?? -index, value })),
  );

  watch(
    values,
    ({ length }) => {
      const known = ids.value.slice(0, length);
      ids.value = [...known, ...Array.from({ length: length - known.length }, newId)];
    },
    { immediate: true },
  );

  async function append(value: unknown): Promise<void> {
    const index = values.value.length;
    form.edit(null, { kind: 'insert', list, index, value });
    await nextTick();
    await form.reveal(`${String(list[0])}[${index}]`);
  }

  async function duplicate(index: number): Promise<void> {
    const names = values.value.map((element) => valueAt(element, ['name']));
    const own = names[index];
    const path = [...list, index + 1, 'name'];
    ids.value.splice(index + 1, 0, newId());
    form.edit(
      null,
      { kind: 'duplicate', list, index },
      ...(typeof own === 'string'
        ? [{ kind: 'set', path, value: freeName(own, names) } as const]
        : []),
    );
    await nextTick();
    await form.reveal(`${String(list[0])}[${index + 1}]`);
  }

  function move(index: number, by: -1 | 1): void {
    ids.value.splice(index + by, 0, ...ids.value.splice(index, 1));
    form.edit(null, { kind: 'move', list, from: index, to: index + by });
  }

  function remove(index: number): void {
    ids.value.splice(index, 1);
    form.edit(null, { kind: 'remove', path: [...list, index] });
  }

  return { elements, append, duplicate, move, remove };
}
