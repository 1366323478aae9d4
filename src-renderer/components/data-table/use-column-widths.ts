import { computed, shallowRef, watch } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import { readRemembered, remember } from '../../remembered.ts';
import {
  columnWidth,
  isColumnWidths,
  leastTableWidth,
  withoutWidth,
  withWidth,
} from './column-widths.ts';
import type { ColumnWidths } from './column-widths.ts';
import type { TableColumn } from './columns.ts';

export type ColumnSizing = {
  /** For the element of a column; nothing where it takes what the others leave. */
  readonly styleOf: (columnId: string) => { readonly width?: string };
  /** For the table: as wide as its columns once a user sized one, else as wide as there is room. */
  readonly tableStyle: ComputedRef<{ readonly width?: string; readonly minWidth: string }>;
  readonly resize: (columnId: string, widthPx: number) => void;
  readonly restore: (columnId: string) => void;
  readonly reset: () => void;
};

/**
 * Widths of columns, remembered on this machine.
 *
 * @param table      Around the headings.
 * @param leadWidth  Of what stands before the first column. Unit: CSS pixels.
 */
export function useColumnWidths<Row>(
  columns: ComputedRef<readonly TableColumn<Row>[]>,
  table: Readonly<Ref<HTMLElement | null>>,
  leadWidth: () => number,
  rememberAs: string | null,
): ColumnSizing {
  const key = rememberAs === null ? null : `table.${rememberAs}.widths`;
  const widths = shallowRef<ColumnWidths>(
    (key === null ? null : readRemembered(key, isColumnWidths)) ?? {},
  );
  if (key !== null) watch(widths, (value) => remember(key, value));
  const byId = computed(() => new Map(columns.value.map((column) => [column.id, column])));
  const isSized = computed(() => columns.value.some(({ id }) => widths.value[id] !== undefined));

  /** Room is shared out among columns until one is sized: from then on the others stay as they are. */
  function keepOthers(): ColumnWidths {
    if (isSized.value) return widths.value;
    const cells = table.value?.querySelectorAll<HTMLElement>('th[data-column]') ?? [];
    return [...cells].reduce((kept, cell) => {
      const { width } = cell.getBoundingClientRect();
      return withWidth(kept, cell.dataset['column'] ?? '', width);
    }, widths.value);
  }

  return {
    styleOf: (columnId) => {
      const column = byId.value.get(columnId);
      const width = column === undefined ? null : columnWidth(column, widths.value);
      return width === null ? {} : { width: `${width}px` };
    },
    tableStyle: computed(() => {
      const width = `${leadWidth() + leastTableWidth(columns.value, widths.value)}px`;
      return isSized.value ? { width, minWidth: width } : { minWidth: width };
    }),
    resize: (columnId, widthPx) => (widths.value = withWidth(keepOthers(), columnId, widthPx)),
    restore: (columnId) => (widths.value = withoutWidth(widths.value, columnId)),
    reset: () => (widths.value = {}),
  };
}
