import { expect, it } from 'vitest';
import { PREDICT_SCHEMA } from '#contract';
import type { PredictedRow } from '#contract';
import { predictionOf } from './predicted-rows.ts';

function row(line: number, change: Partial<PredictedRow> = {}): PredictedRow {
  return {
    ...{ line, metric: 'pin_span', layout: 'base4k', mode: 'hot', bytes: 65_536 },
    ...{ measuredNs: 1000, modelledNs: 900, probeNs: 90, errorPercent: -10, reason: null },
    ...change,
  };
}
const silent = { modelledNs: null, probeNs: null, errorPercent: null };

it('has what is told as rows, and counts the reasons of the rest, the most frequent first', () => {
  const rows = [
    row(2),
    row(3, { ...silent, reason: 'no such layout' }),
    row(4, { ...silent, reason: 'no such metric' }),
    row(5, { ...silent, reason: 'no such metric' }),
    row(6, { mode: null }),
  ];
  const head = { schema: PREDICT_SCHEMA, coreVersion: '1', costModel: 'mine@1' } as const;

  const found = predictionOf({ ...head, file: 'pins.csv', rows });

  expect(found.rows.map(({ file, line, what }) => [file, line, what])).toEqual([
    ['pins.csv', 2, 'hot 64 KiB'],
    ['pins.csv', 6, '64 KiB'],
  ]);
  expect(found.leftOut).toEqual([
    { reason: 'no such metric', rows: 2 },
    { reason: 'no such layout', rows: 1 },
  ]);
});
