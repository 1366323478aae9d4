import { computed } from 'vue';
import type { ComputedRef } from 'vue';

export type ReferenceRow = {
  /** Id of a reference that is none of the rows, and is selected where it stands; null otherwise. */
  readonly apartId: ComputedRef<string | null>;
  /** What "select all" means: the rows on screen, and a reference that stands apart. */
  readonly allIds: ComputedRef<readonly string[]>;
  /** Rows in all, filtered ones included. */
  readonly rowCount: ComputedRef<number>;
};

/** A row the others are held against, which may be one of them or stand apart. */
export function useReferenceRow<Row>(
  reference: () => Row | null,
  rows: () => readonly Row[],
  ids: ComputedRef<readonly string[]>,
  rowId: (row: Row) => string,
): ReferenceRow {
  const apartId = computed(() => {
    const row = reference();
    const id = row === null ? null : rowId(row);
    return id === null || rows().some((other) => rowId(other) === id) ? null : id;
  });
  return {
    apartId,
    allIds: computed(() => (apartId.value === null ? ids.value : [apartId.value, ...ids.value])),
    rowCount: computed(() => rows().length + (apartId.value === null ? 0 : 1)),
  };
}
