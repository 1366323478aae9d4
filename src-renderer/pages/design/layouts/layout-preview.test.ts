import { expect, it } from 'vitest';
import { extentsFromLayout } from '#core';
import { layoutNameFromPath, layoutWords, previewLayout } from './layout-preview.ts';

function uniform(size: string, more: object = {}): unknown {
  return { name: 'x', uniform: { size, order: 0, ...more } };
}

it('draws what a run would build', () => {
  const preview = previewLayout(uniform('64KiB', { order: 2, frames: 'contiguous' }), 7);

  expect(preview.kind === 'layout' && extentsFromLayout(preview.layout)).toMatchObject([
    { vaPage: 0, pages: 16, order: 2, leaf: 'pte' },
  ]);
  expect(preview.kind === 'layout' && preview.cutToBytes).toBeNull();
});

it('draws the beginning of what would take long to build, and says so', () => {
  const large = previewLayout(uniform('8GiB'), 1);
  const mixed = previewLayout(
    { name: 'x', mixed: { size: '8GiB', weights: [{ order: 9, weight: 1 }] } },
    1,
  );
  const contiguous = previewLayout(uniform('8GiB', { frames: 'contiguous' }), 1);

  expect(large.kind === 'layout' && large.cutToBytes).toBe(134_217_728);
  expect(mixed.kind === 'layout' && mixed.cutToBytes).toBe(134_217_728);
  expect(contiguous.kind === 'layout' && contiguous.cutToBytes).toBeNull();
});

it('says why a layout with a mistake is not drawn', () => {
  expect(previewLayout(uniform('64KB'), 1)).toMatchObject({ kind: 'problem' });
  expect(previewLayout(undefined, 1)).toMatchObject({ kind: 'problem' });
  expect(previewLayout({ name: 'x', extents: [[0, 0, 0, 0, 'pte', '']] }, 1)).toMatchObject({
    kind: 'problem',
  });
});

it('asks for a captured layout by its name', () => {
  expect(previewLayout({ name: 'x', file: 'layouts/anon4k.csv' }, 1)).toEqual({
    kind: 'file',
    path: 'layouts/anon4k.csv',
  });
  expect(layoutNameFromPath('layouts/anon4k.csv')).toBe('anon4k');
});

it.each([
  [uniform('64MiB', { order: 5, leaf: 'pte' }), '64 MiB, order 5 · 128 KiB, scattered, PTE'],
  [
    uniform('64 Mio', { frames: { adjacency: 0.5 } }),
    '64 Mio, order 0 · 4 KiB, adjacency 0.5, PTE',
  ],
  [{ mixed: { size: '2MiB', weights: [{ order: 0 }, { order: 4 }] } }, '2 MiB, orders 0, 4 mixed'],
  [{ buddy: { size: '2MiB', orders: [4, 9] } }, '2 MiB, page faults of orders 4, 9'],
  [{ buddy: { size: '2MiB' } }, '2 MiB, page faults of base pages'],
  [{ extents: [[0, 0, 1, 0, 'pte', '']] }, '1 extent'],
  [{ file: 'a.csv' }, 'a.csv'],
  [{ name: 'x' }, 'not described yet'],
  [5, 'not described yet'],
])('says in a few words what %j is', (layout, words) => {
  expect(layoutWords(layout)).toBe(words);
});
