import { expect, it } from 'vitest';
import { sampleResidual } from '../testing/sample-calibration.ts';
import {
  buildCalibrationChart,
  CALIBRATION_CHARTS,
  residualId,
  tableOfResiduals,
} from './calibration-chart.ts';
import type { CalibrationChartKind } from './calibration-chart.ts';
import { SAMPLE_TOKENS } from './testing/chart-samples.ts';

const ROWS = [
  sampleResidual({ line: 2, measuredNs: 100, modelledNs: 1000, errorPercent: 900 }),
  sampleResidual({ line: 3, metric: 'release_span', layout: 'mthp64k', errorPercent: 2 }),
  sampleResidual({ line: 4, layout: 'mthp16k', leftOutErrorPercent: null }),
];

function pointsOf(kind: CalibrationChartKind) {
  const series = [buildCalibrationChart(ROWS, kind, SAMPLE_TOKENS).option.series ?? []].flat();
  return series.flatMap((one) => (one.type === 'scatter' ? [one] : []));
}

it('tells metrics apart by colour and by symbol, in every drawing', () => {
  for (const kind of CALIBRATION_CHARTS) {
    const points = pointsOf(kind);

    expect(points.map(({ name, data }) => [name, data?.length])).toEqual([
      ['pin_span', 2],
      ['release_span', 1],
    ]);
    expect(new Set(points.map(({ color }) => color)).size).toBe(2);
    expect(new Set(points.map(({ symbol }) => symbol)).size).toBe(2);
  }
});

it('puts measured and modelled on one scale by powers of ten', () => {
  const [pins] = pointsOf('agreement');

  expect(pins?.data?.[0]).toEqual([2, 3]);
});

it('puts errors over the duration, and over the layouts in their order', () => {
  const [pins] = pointsOf('durations');
  const [ofPins, ofReleases] = pointsOf('layouts');

  expect(pins?.data?.[0]).toEqual([2, 900]);
  // base4k, mthp16k, mthp64k from the top; pins above releases.
  const places = [ofPins?.data?.[0], ofPins?.data?.[1], ofReleases?.data?.[0]].map((point) =>
    Array.isArray(point) ? Math.abs(Math.round(Number(point[1]))) : null,
  );
  expect(places).toEqual([0, 1, 2]);
});

it('says which row is under the pointer, and what it was told with its layout left out', () => {
  const picture = buildCalibrationChart(ROWS, 'agreement', SAMPLE_TOKENS);
  const first = { kind: 'item', seriesId: 'points/pin_span', index: 0 } as const;
  const second = { ...first, index: 1 } as const;

  expect(picture.idsAt(first)).toEqual(['pins.csv:2:pin_span']);
  expect(picture.tooltip(first)?.title).toBe('pins.csv:2, hot 4 KiB');
  expect(picture.tooltip(first)?.rows.map(({ name }) => name)).toContain(
    'with the layout left out',
  );
  expect(picture.tooltip(second)?.rows.map(({ name }) => name)).not.toContain(
    'with the layout left out',
  );
  expect(picture.idsAt({ kind: 'axis', position: 1 })).toEqual([]);
  expect(picture.tooltip({ ...first, seriesId: 'line/1' })).toBeNull();
});

it('has every row in its table, as it goes into a file', () => {
  const { columns, rows } = tableOfResiduals(ROWS);

  expect(columns.map(({ name }) => name)).toContain('left_out_error_share');
  expect(rows).toHaveLength(3);
  expect(rows[0]).toEqual([
    ...['pins.csv:2', 'pin_span', 'base4k', 'hot 4 KiB', 'pins.csv run 1'],
    ...[100, 1000, 9, -0.06],
  ]);
});

it('tells figures of one line apart', () => {
  const ids = [sampleResidual({ metric: 'get' }), sampleResidual({ metric: 'put' })].map(
    residualId,
  );

  expect(new Set(ids).size).toBe(2);
});

it('says so where there is nothing to draw', () => {
  const picture = buildCalibrationChart([], 'layouts', SAMPLE_TOKENS);

  expect(picture.emptyReason).toBe('The fit kept no rows.');
});
