import { computed, watch } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import { isMac } from '../../platform.ts';
import { idsBetween, rowAfterKey, toggled } from './row-selection.ts';

export type RowChoiceSource = {
  /** The rows in the order of the table. */
  readonly ids: ComputedRef<readonly string[]>;
  /** Everything that "select all" means: the rows, and one that stands apart from them. */
  readonly allIds: () => readonly string[];
  readonly selected: Ref<ReadonlySet<string>>;
  readonly active: Ref<string | null>;
  readonly isSelectable: () => boolean;
  readonly rowsOnScreen: () => number;
  /** Brings a row on screen and the focus to it. */
  readonly reveal: (index: number) => Promise<void>;
  readonly open: (index: number) => void;
  /** Whether the keyboard is in the table. */
  readonly hasFocus: () => boolean;
};

export type RowChoice = {
  /** The one row that Tab leads to. */
  readonly tabStop: ComputedRef<number>;
  readonly moveTo: (index: number) => Promise<void>;
  readonly toggle: (id: string) => void;
  readonly selectAll: (isSelected: boolean) => void;
  readonly onClick: (event: MouseEvent, index: number) => void;
  readonly onKeyDown: (event: KeyboardEvent, index: number) => void;
};

/** A press on one of these is theirs, and does not choose the row. */
const CONTROLS = 'button, a, input, label';

/** Walking and selecting rows by mouse and keyboard. */
export function useRowChoice(source: RowChoiceSource): RowChoice {
  const { ids, selected, active } = source;
  const tabStop = computed(() =>
    Math.max(0, active.value === null ? -1 : ids.value.indexOf(active.value)),
  );
  /** Where a selection that is being extended began. */
  let anchor: string | null = null;
  watch(ids, (now, before) => {
    if (anchor !== null && !now.includes(anchor)) anchor = null;
    const gone = active.value !== null && !now.includes(active.value) ? active.value : null;
    // A row that is thrown away must not take the keyboard with it: the next one has it.
    if (gone !== null && now.length > 0 && source.hasFocus()) {
      void moveTo(Math.min(Math.max(0, before.indexOf(gone)), now.length - 1));
    }
  });

  async function moveTo(index: number): Promise<void> {
    const id = ids.value[index];
    if (id === undefined) return;
    active.value = id;
    await source.reveal(index);
  }
  function toggle(id: string): void {
    anchor = id;
    selected.value = toggled(selected.value, id);
  }
  function extend(from: string | null, to: string): void {
    anchor ??= from;
    selected.value = new Set(idsBetween(ids.value, anchor, to));
  }
  function selectAll(isSelected: boolean): void {
    selected.value = new Set(isSelected ? source.allIds() : []);
  }

  function onClick(event: MouseEvent, index: number): void {
    const id = ids.value[index];
    if (id === undefined) return;
    if (event.target instanceof Element && event.target.closest(CONTROLS) !== null) return;
    if (source.isSelectable() && event.shiftKey) extend(active.value, id);
    else if (source.isSelectable() && (event.ctrlKey || event.metaKey)) toggle(id);
    void moveTo(index);
  }

  function walk(event: KeyboardEvent, id: string, target: number): void {
    const targetId = ids.value[target];
    if (source.isSelectable() && event.shiftKey && targetId !== undefined) extend(id, targetId);
    else anchor = null;
    void moveTo(target);
  }

  function onKeyDown(event: KeyboardEvent, index: number): void {
    const id = ids.value[index];
    if (id === undefined || event.altKey) return;
    const isOnRow = event.target === event.currentTarget;
    const usesMod = isMac ? event.metaKey : event.ctrlKey;
    const target = rowAfterKey(event.key, index, ids.value.length, source.rowsOnScreen());
    const canSelect = source.isSelectable();
    if (target !== null && !usesMod) walk(event, id, target);
    else if (canSelect && usesMod && event.key.toLowerCase() === 'a') selectAll(true);
    else if (canSelect && isOnRow && event.key === ' ') toggle(id);
    else if (canSelect && event.key === 'Escape' && selected.value.size > 0) selectAll(false);
    else if (isOnRow && event.key === 'Enter') source.open(index);
    else return;
    event.preventDefault();
  }

  return { tabStop, moveTo, toggle, selectAll, onClick, onKeyDown };
}
