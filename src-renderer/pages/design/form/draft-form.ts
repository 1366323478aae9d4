import { computed, inject, nextTick, onScopeDispose, provide, shallowRef, watch } from 'vue';
import type { ComputedRef, InjectionKey } from 'vue';
import type { Problem } from '#contract';
import { applyEdits } from '../draft/draft-edit.ts';
import type { DraftEdit } from '../draft/draft-edit.ts';
import type { DraftDocument } from '../draft/draft-document.ts';
import { valueAt } from '../draft/draft-path.ts';
import type { DraftPath } from '../draft/draft-path.ts';
import { countWithin, fieldOfProblem, isWithin, problemsByField } from '../draft/problem-fields.ts';

/** The form over a draft: what its fields read, change and say. */
export type DraftForm = {
  readonly document: ComputedRef<DraftDocument>;
  readonly problems: ComputedRef<readonly Problem[]>;
  /** Key of the part that was asked for last, such as `layouts[2]`; cards open when it is theirs. */
  readonly revealed: ComputedRef<{ readonly key: string; readonly time: number }>;
  readonly valueAt: (path: DraftPath) => unknown;
  /** @param place  The field that is being typed in; quick changes there are undone at once. */
  readonly edit: (place: string | null, ...edits: readonly DraftEdit[]) => void;
  /** Problems marked at a field: those of its own key and of parts within it that are not shown. */
  readonly problemsAt: (key: string) => readonly Problem[];
  /** Problems anywhere within a part, shown or not. */
  readonly countWithin: (key: string) => number;
  /** Adds a field for as long as the calling component is on screen. */
  readonly useField: (key: () => string, focus: () => void) => void;
  /** Brings the field of a problem, or a part of the form, on screen and focuses it. */
  readonly reveal: (key: string) => Promise<boolean>;
};

/** Always the same, so that fields without a mistake are left alone when others have one. */
const NONE: readonly Problem[] = [];

const formKey: InjectionKey<DraftForm> = Symbol('draft form');

export function useDraftForm(): DraftForm {
  const form = inject(formKey, null);
  if (form === null) throw new Error('There is no draft form around this component.');
  return form;
}

type Fields = Pick<DraftForm, 'useField' | 'reveal' | 'revealed'> & {
  readonly keys: ComputedRef<ReadonlySet<string>>;
};

/** Knows the fields on screen and how to get to them. */
function createFields(): Fields {
  const fields = shallowRef<ReadonlyMap<string, () => void>>(new Map());
  const revealed = shallowRef({ key: '', time: 0 });
  const keys = computed(() => new Set(fields.value.keys()));

  function add(key: string, focus: () => void): () => void {
    fields.value = new Map(fields.value).set(key, focus);
    return () => {
      if (fields.value.get(key) !== focus) return;
      const left = new Map(fields.value);
      left.delete(key);
      fields.value = left;
    };
  }

  return {
    keys,
    revealed: computed(() => revealed.value),
    useField: (key, focus) => {
      let remove = add(key(), focus);
      watch(key, (next) => {
        remove();
        remove = add(next, focus);
      });
      onScopeDispose(() => remove());
    },
    reveal: async (key) => {
      revealed.value = { key, time: revealed.value.time + 1 };
      // What opens shows its fields one tick later, and those within them one more.
      await nextTick();
      await nextTick();
      const field = fieldOfProblem(key, fields.value.keys());
      const isThere = field !== null && field !== '';
      if (isThere) fields.value.get(field)?.();
      return isThere;
    },
  };
}

/**
 * Makes the form of a page and gives it to the components within.
 *
 * @param change  Takes the new text of the draft, and the place that was typed in.
 */
export function provideDraftForm(
  document: ComputedRef<DraftDocument>,
  problems: ComputedRef<readonly Problem[]>,
  change: (text: string, place: string | null) => void,
): DraftForm {
  const { keys, ...fields } = createFields();
  const sorted = computed(() => problemsByField(problems.value, keys.value));
  const form: DraftForm = {
    document,
    problems,
    ...fields,
    valueAt: (path) => valueAt(document.value.value, path),
    edit: (place, ...edits) => {
      const text = applyEdits(document.value.text, edits);
      if (text !== null) change(text, place);
    },
    problemsAt: (key) => sorted.value.get(key) ?? NONE,
    countWithin: (key) => countWithin(problems.value, key),
  };
  provide(formKey, form);
  return form;
}

/** Whether a part of the form has what was asked for within it. */
export function holdsRevealed(form: DraftForm, key: string): boolean {
  return form.revealed.value.key !== '' && isWithin(form.revealed.value.key, key);
}
