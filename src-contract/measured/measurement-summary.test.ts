import { expect, it } from 'vitest';
import type { FioDocument } from './fio.ts';
import { measurementRemarks, measurementSummary } from './measurement-summary.ts';

const FIO: FioDocument = {
  schema: 'folio-lab/fio@1',
  kind: 'fio',
  version: 'fio-3.33',
  assumptions: [{ line: 2, text: 'Times are nanoseconds.' }],
  warnings: [],
  series: [],
};

it('gives the remarks of a document and nothing else of it', () => {
  expect(measurementRemarks(FIO)).toEqual({
    assumptions: [{ line: 2, text: 'Times are nanoseconds.' }],
    warnings: [],
  });
});

it('has no remarks where a document has none', () => {
  expect(measurementRemarks({ schema: 'folio-lab/layout@1', kind: 'layout', rows: [] })).toEqual({
    assumptions: [],
    warnings: [],
  });
});

it('says in one line what a document holds', () => {
  expect(measurementSummary(FIO)).toBe('0 series of fio-3.33, 0 I/Os');
});
