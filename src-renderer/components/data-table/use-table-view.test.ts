import { effectScope, nextTick, shallowRef } from 'vue';
import { expect, it } from 'vitest';
import type { TableColumn } from './columns.ts';
import { useTableView } from './use-table-view.ts';
import type { TableView } from './use-table-view.ts';

type Row = { readonly id: string; readonly size: number | null; readonly kind: string };

const columns: readonly TableColumn<Row>[] = [
  { id: 'id', title: 'Name', value: ({ id }) => id, isAlwaysShown: true },
  { id: 'size', title: 'Size', value: ({ size }) => size, isNumeric: true },
  { id: 'kind', title: 'Kind', value: ({ kind }) => kind },
  { id: 'rare', title: 'Rare', value: () => 'x', isHiddenAtFirst: true },
];
const rows: readonly Row[] = [
  { id: 'b', size: 10, kind: 'k' },
  { id: 'a', size: null, kind: 'k' },
  { id: 'c', size: 30, kind: 'k' },
];

type Act<Result> = (view: TableView<Row>, search: (text: string) => void) => Promise<Result>;

async function withView<Result>(act: Act<Result>): Promise<Result> {
  const scope = effectScope();
  const search = shallowRef('');
  const view = scope.run(() =>
    useTableView<Row>({
      rows: () => rows,
      columns: () => columns,
      rowId: ({ id }) => id,
      search: () => search.value,
      initialSorting: [{ id: 'id', desc: false }],
      rememberAs: null,
    }),
  );
  if (view === undefined) throw new Error('the scope did not run');
  const result = await act(view, (text) => (search.value = text));
  scope.stop();
  return result;
}

it('sorts figures from the largest, then from the smallest, and leaves what is missing last', async () => {
  const orders = await withView(async (view) => {
    const first = view.ids.value;
    view.sortBy('size', false);
    await nextTick();
    const second = view.ids.value;
    view.sortBy('size', false);
    await nextTick();
    return [first, second, view.ids.value];
  });

  expect(orders).toEqual([
    ['a', 'b', 'c'],
    ['c', 'b', 'a'],
    ['b', 'c', 'a'],
  ]);
});

it('sorts by a second column where it is added', async () => {
  const order = await withView(async (view) => {
    view.sortBy('kind', false);
    await nextTick();
    view.sortBy('size', true);
    await nextTick();
    return { sorting: view.layout.value.sorting, ids: view.ids.value };
  });

  expect(order).toEqual({
    sorting: [
      { id: 'kind', desc: false },
      { id: 'size', desc: true },
    ],
    ids: ['c', 'b', 'a'],
  });
});

it('filters by the text it is given', async () => {
  const ids = await withView(async (view, search) => {
    search('size>5 -id:b');
    await nextTick();
    return view.ids.value;
  });

  expect(ids).toEqual(['c']);
});

it('shows the columns that are chosen, and without the constant ones on demand', async () => {
  const shown = await withView((view) => {
    const titles = () => view.shownColumns.value.map(({ title }) => title);
    const first = titles();
    view.setShown('rare', true);
    view.setShown('size', false);
    view.setShown('id', false);
    const chosen = titles();
    view.setHidesConstant(true);
    const varying = titles();
    view.resetLayout();
    return Promise.resolve({ first, chosen, varying, reset: titles() });
  });

  expect(shown).toEqual({
    first: ['Name', 'Size', 'Kind'],
    chosen: ['Name', 'Kind', 'Rare'],
    varying: ['Name'],
    reset: ['Name', 'Size', 'Kind'],
  });
});
