import { expect, it } from 'vitest';
import type { MeasuredSeries } from '../../../measured-series/measured-series.ts';
import { sampleMeasurement } from '../../../testing/measured-samples.ts';
import { sampleDocument } from '../../../testing/run-documents.ts';
import { compareDocuments } from './comparison.ts';
import { measuredDistributions, measuredNote, measuredSources } from './measured-drawing.ts';

function series(id: string): MeasuredSeries {
  return {
    id,
    measurementId: 'm',
    name: `measured: ${id}`,
    shortName: id,
    latency: 'clat',
    distribution: { lowerNs: [1], upperNs: [2], count: [3], total: 3, maxNs: 2 },
    hasBins: true,
  };
}

it('draws what is chosen, dashed and without a colour of its own', () => {
  const drawn = measuredDistributions([series('a'), series('b')], ['b', 'gone', 'a']);

  expect(drawn.map(({ id, name }) => [id, name])).toEqual([
    ['b', 'measured: b'],
    ['a', 'measured: a'],
  ]);
  expect(drawn.map(({ style }) => style.colour)).toEqual(['neutral', 'neutral']);
  expect(drawn.every(({ style }) => style.dash > 0)).toBe(true);
  expect(drawn[0]?.style.dash).not.toBe(drawn[1]?.style.dash);
});

it('says that a device is in measured times alone where a run has none', () => {
  const { cases } = compareDocuments([sampleDocument([{}])], false);

  expect(measuredNote(cases)).toContain('pinning and building the bio alone');
});

it('says of which files the drawn series are, each once', () => {
  const { record } = sampleMeasurement(1, {
    id: 'm',
    fileName: 'fio.json',
    sha256: 'ab'.repeat(32),
  });
  const other = sampleMeasurement(2).record;

  expect(measuredSources([record, other], [series('a'), series('b')])).toEqual([
    'measured fio.json (SHA-256 abababababab)',
  ]);
});
