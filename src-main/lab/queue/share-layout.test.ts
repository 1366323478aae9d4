import { expect, it } from 'vitest';
import { simulate } from '#core';
import { smallLayout, smallTrials } from '../testing/small-plan.ts';
import { shareLayout } from './share-layout.ts';

it('copies a layout into shared memory without changing it', () => {
  const layout = smallLayout({ order: 4 });

  const shared = shareLayout(layout);

  expect(shared).toEqual(layout);
  const columns = [
    shared.vaPage,
    shared.pfn,
    shared.pages,
    shared.order,
    shared.leaf,
    shared.flags,
  ];
  expect(columns.filter(({ buffer }) => !(buffer instanceof SharedArrayBuffer))).toEqual([]);
});

it('gives layouts that are simulated as the ones they were copied from', () => {
  const layout = smallLayout({ order: 2 });

  const plain = smallTrials({ layouts: { base: layout } }).map(simulate);

  expect(smallTrials({ layouts: { base: shareLayout(layout) } }).map(simulate)).toEqual(plain);
});
