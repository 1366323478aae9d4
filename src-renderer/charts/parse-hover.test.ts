import { expect, it } from 'vitest';
import { hoverFromParams } from './parse-hover.ts';

it('reads a place along an axis, by number or by the index of its category', () => {
  expect([
    hoverFromParams([{ axisType: 'xAxis.value', axisValue: 2.5, dataIndex: 7 }]),
    hoverFromParams([{ axisType: 'yAxis.category', axisValue: 'today', dataIndex: 3 }]),
  ]).toEqual([
    { kind: 'axis', position: 2.5 },
    { kind: 'axis', position: 3 },
  ]);
});

it('reads an item, and nothing into what is neither', () => {
  expect(hoverFromParams({ seriesId: 'cells', dataIndex: 4 })).toEqual({
    kind: 'item',
    seriesId: 'cells',
    index: 4,
  });
  expect([[], [null], {}, null, 'x'].map(hoverFromParams)).toEqual([null, null, null, null, null]);
});
