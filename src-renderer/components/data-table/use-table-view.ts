import { computed, shallowRef, watch } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import {
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/vue-table';
import type { ColumnDef, SortingState, Updater } from '@tanstack/vue-table';
import { readRemembered, remember } from '../../remembered.ts';
import { compareCells, constantColumns } from './columns.ts';
import type { TableColumn } from './columns.ts';
import { rowsMatching, searchText } from './filter-text.ts';
import { emptyLayout, isTableLayout } from './table-layout.ts';
import type { TableLayout } from './table-layout.ts';

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  columnVisibilityFeature,
});

/** A row with its id, as the table library wants it: a plain record. */
type Item<Row> = { readonly id: string; readonly row: Row };

export type TableSource<Row> = {
  readonly rows: () => readonly Row[];
  readonly columns: () => readonly TableColumn<Row>[];
  readonly rowId: (row: Row) => string;
  readonly search: () => string;
  readonly initialSorting: readonly { readonly id: string; readonly desc: boolean }[];
  /** Under which name sorting and columns are remembered on this machine. */
  readonly rememberAs: string | null;
};

export type TableView<Row> = {
  readonly layout: ShallowRef<TableLayout>;
  /** All columns that may be chosen, and those that are on screen. */
  readonly columns: ComputedRef<readonly TableColumn<Row>[]>;
  readonly shownColumns: ComputedRef<readonly TableColumn<Row>[]>;
  readonly constantIds: ComputedRef<ReadonlySet<string>>;
  /** Filtered and sorted. */
  readonly items: ComputedRef<readonly Item<Row>[]>;
  readonly ids: ComputedRef<readonly string[]>;
  readonly sortBy: (columnId: string, isAdded: boolean) => void;
  readonly setShown: (columnId: string, isShown: boolean) => void;
  readonly setHidesConstant: (hidesConstant: boolean) => void;
  readonly resetLayout: () => void;
};

function columnDefinition<Row>(column: TableColumn<Row>): ColumnDef<typeof features, Item<Row>> {
  return {
    id: column.id,
    // What is missing comes last, whichever way the column is sorted.
    accessorFn: ({ row }) => column.value(row) ?? undefined,
    sortUndefined: 'last',
    sortDescFirst: column.isNumeric === true,
    sortFn: (a, b) => compareCells(column.value(a.original.row), column.value(b.original.row)),
    enableHiding: column.isAlwaysShown !== true,
  };
}

/** Filters, sorts and chooses columns: everything of a table that is not drawing. */
export function useTableView<Row>(source: TableSource<Row>): TableView<Row> {
  const key = source.rememberAs === null ? null : `table.${source.rememberAs}`;
  const fresh = emptyLayout(source.initialSorting);
  const layout = shallowRef<TableLayout>(
    (key === null ? null : readRemembered(key, isTableLayout)) ?? fresh,
  );
  if (key !== null) watch(layout, (value) => remember(key, value));

  const columns = computed(source.columns);
  const constantIds = computed(() => constantColumns(columns.value, source.rows()));
  const shownIds = computed(
    () =>
      new Set(
        columns.value
          .filter((column) => isShown(column, layout.value, constantIds.value))
          .map(({ id }) => id),
      ),
  );
  // Made when the first word is typed, and kept while more are.
  const searchTexts = computed(
    () => new Map(source.rows().map((row) => [row, searchText(columns.value, row)])),
  );
  const items = computed(() =>
    rowsMatching(
      source.rows(),
      columns.value,
      source.search(),
      (row) => searchTexts.value.get(row) ?? '',
    ).map((row) => ({ id: source.rowId(row), row })),
  );
  const table = useTable({
    features,
    columns: computed(() => columns.value.map(columnDefinition)),
    data: items,
    getRowId: (item: Item<Row>) => item.id,
    enableSortingRemoval: false,
    state: computed(() => ({
      sorting: layout.value.sorting.filter(({ id }) => columns.value.some((one) => one.id === id)),
      columnVisibility: Object.fromEntries(
        columns.value.map(({ id }) => [id, shownIds.value.has(id)]),
      ),
    })),
    onSortingChange: (next: Updater<SortingState>) => {
      const sorting = typeof next === 'function' ? next([...layout.value.sorting]) : next;
      layout.value = { ...layout.value, sorting };
    },
  });
  const sortedItems = computed(() => table.getRowModel().rows.map(({ original }) => original));

  return {
    layout,
    columns,
    shownColumns: computed(() => columns.value.filter(({ id }) => shownIds.value.has(id))),
    constantIds,
    items: sortedItems,
    ids: computed(() => sortedItems.value.map(({ id }) => id)),
    sortBy: (columnId, isAdded) => table.getColumn(columnId)?.toggleSorting(undefined, isAdded),
    setShown: (columnId, isNowShown) => {
      const shown = { ...layout.value.shown, [columnId]: isNowShown };
      layout.value = { ...layout.value, shown };
    },
    setHidesConstant: (hidesConstant) => (layout.value = { ...layout.value, hidesConstant }),
    resetLayout: () => (layout.value = fresh),
  };
}

function isShown(
  column: TableColumn<never>,
  layout: TableLayout,
  constantIds: ReadonlySet<string>,
): boolean {
  if (column.isAlwaysShown === true) return true;
  const isChosen = layout.shown[column.id] ?? column.isHiddenAtFirst !== true;
  return isChosen && !(layout.hidesConstant && constantIds.has(column.id));
}
