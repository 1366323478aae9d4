import { computed } from 'vue';
import { expect, it } from 'vitest';
import { useReferenceRow } from './use-reference-row.ts';

function read(reference: string | null, onScreen: readonly string[]): readonly unknown[] {
  const { apartId, allIds, rowCount } = useReferenceRow(
    () => reference,
    () => ['a', 'b'],
    computed(() => onScreen),
    (row) => row,
  );
  return [apartId.value, allIds.value, rowCount.value];
}

it('counts a reference that is one of the rows once, though a filter hides it there', () => {
  expect([read('a', ['a', 'b']), read('a', ['b'])]).toEqual([
    [null, ['a', 'b'], 2],
    [null, ['b'], 2],
  ]);
});

it('selects a reference that stands apart with all the others', () => {
  expect([read('base', ['b']), read(null, ['b'])]).toEqual([
    ['base', ['base', 'b'], 3],
    [null, ['b'], 2],
  ]);
});
