import type { EChartsOption, LineSeriesOption, ScatterSeriesOption } from 'echarts';
import type { CalibrationResidual } from '#contract';
import { formatChange, formatNs } from '../format.ts';
import type { ChartTokens } from '../styles/chart-theme.ts';
import { agreementLine } from './agreement-line.ts';
import type { ChartTable } from './chart-table.ts';
import { baseOption, horizontalAxis, topLegend, verticalAxis } from './option-parts.ts';
import type { ChartHover, ChartPicture, TooltipContent } from './picture.ts';
import { scaleFor } from './scales.ts';
import type { Scale } from './scales.ts';
import { assignStyles, colourOf, symbolOf } from './series-style.ts';
import type { SeriesIdentity } from './series-style.ts';

/** What is drawn of the rows of a fit. */
export const CALIBRATION_CHARTS = ['agreement', 'durations', 'layouts'] as const;
export type CalibrationChartKind = (typeof CALIBRATION_CHARTS)[number];

export const CALIBRATION_CHART_TITLES: Readonly<Record<CalibrationChartKind, string>> = {
  agreement: 'Modelled against measured',
  durations: 'Error by duration',
  layouts: 'Error by layout',
};

/** Whether a word names a chart of a fit. */
export function isCalibrationChartKind(word: unknown): word is CalibrationChartKind {
  return CALIBRATION_CHARTS.some((kind) => kind === word);
}

/** What tells a row of a fit from the others: a line may hold several figures. */
export function residualId({ file, line, metric }: CalibrationResidual): string {
  return `${file}:${line}:${metric}`;
}

/** The rows of one metric, drawn alike. */
type MetricRows = SeriesIdentity & { readonly rows: readonly CalibrationResidual[] };
type Place = (row: CalibrationResidual) => readonly [number, number];

const SYMBOL_SIZE = 6;
/** The dashed lines; most rows of a good fit lie between them. Unit: per cent. */
const BAND_PERCENT = 10;
/** Room for the strips of all metrics of a layout, where 1 is the distance of two layouts. */
const STRIPS_SHARE = 0.62;

function byMetric(
  residuals: readonly CalibrationResidual[],
  tokens: ChartTokens,
): readonly MetricRows[] {
  const groups = [...Map.groupBy(residuals, ({ metric }) => metric)];
  const places = groups.map((_, subject) => ({ subject, group: '' }));
  const styles = assignStyles(places, tokens.series.length);
  return groups.flatMap(([metric, rows], at) => {
    const style = styles[at];
    return style === undefined ? [] : [{ id: `points/${metric}`, name: metric, style, rows }];
  });
}

function pointSeries(
  { id, name, style, rows }: MetricRows,
  placeOf: Place,
  tokens: ChartTokens,
): ScatterSeriesOption {
  return {
    id,
    name,
    type: 'scatter',
    color: colourOf(style, tokens),
    symbol: symbolOf(style),
    symbolSize: SYMBOL_SIZE,
    z: 2,
    itemStyle: { borderColor: tokens.surface, borderWidth: 0.5, opacity: 0.75 },
    emphasis: { scale: 1.6, itemStyle: { opacity: 1 } },
    data: rows.map((row) => [...placeOf(row)]),
  };
}

function straightLine(
  id: string,
  ends: readonly [readonly [number, number], readonly [number, number]],
  isDashed: boolean,
  tokens: ChartTokens,
): LineSeriesOption {
  return {
    id,
    type: 'line',
    silent: true,
    symbol: 'none',
    z: 1,
    lineStyle: {
      width: isDashed ? 1 : 1.25,
      type: isDashed ? [4, 3] : 'solid',
      color: isDashed ? tokens.textMuted : tokens.lineStrong,
    },
    data: ends.map((end) => [...end]),
  };
}

function timesScale(residuals: readonly CalibrationResidual[]): Scale {
  return scaleFor(
    'log',
    residuals.flatMap(({ measuredNs, modelledNs }) => [measuredNs, modelledNs]),
    'time',
  );
}
function errorsScale(residuals: readonly CalibrationResidual[]): Scale {
  const errors = residuals.map(({ errorPercent }) => errorPercent);
  return scaleFor('fit', [-BAND_PERCENT, BAND_PERCENT, ...errors], 'count');
}

type Drawing = Pick<EChartsOption, 'xAxis' | 'yAxis' | 'series'>;
type Draw = (
  residuals: readonly CalibrationResidual[],
  metrics: readonly MetricRows[],
  tokens: ChartTokens,
) => Drawing;

const drawAgreement: Draw = (residuals, metrics, tokens) => {
  const scale = timesScale(residuals);
  const placeOf: Place = ({ measuredNs, modelledNs }) => [
    scale.positionOf(measuredNs),
    scale.positionOf(modelledNs),
  ];
  const share = BAND_PERCENT / 100;
  return {
    xAxis: { ...horizontalAxis('Measured', scale), axisLine: { onZero: false } },
    yAxis: { ...verticalAxis('Modelled', scale), axisLine: { onZero: false } },
    series: [
      agreementLine(1, 'equal', scale, tokens),
      agreementLine(1 + share, `${BAND_PERCENT} % more`, scale, tokens),
      agreementLine(1 - share, `${BAND_PERCENT} % less`, scale, tokens),
      ...metrics.map((metric) => pointSeries(metric, placeOf, tokens)),
    ],
  };
};

const drawDurations: Draw = (residuals, metrics, tokens) => {
  const times = timesScale(residuals);
  const errors = errorsScale(residuals);
  const placeOf: Place = (row) => [times.positionOf(row.measuredNs), row.errorPercent];
  const { min, max } = times.axis;
  return {
    xAxis: { ...horizontalAxis('Measured', times), axisLine: { onZero: false } },
    yAxis: { ...verticalAxis('Error, %', errors), axisLine: { onZero: false } },
    series: [
      ...[0, BAND_PERCENT, -BAND_PERCENT].map((error) => {
        const ends = [[min, error] as const, [max, error] as const] as const;
        return straightLine(`line/${error}`, ends, error !== 0, tokens);
      }),
      ...metrics.map((metric) => pointSeries(metric, placeOf, tokens)),
    ],
  };
};

const collator = new Intl.Collator('en', { numeric: true });

const drawLayouts: Draw = (residuals, metrics, tokens) => {
  const layouts = [...new Set(residuals.map(({ layout }) => layout))].sort(collator.compare);
  const errors = errorsScale(residuals);
  const strip = STRIPS_SHARE / Math.max(1, metrics.length - 1);
  const stripOf = (metric: string): number => {
    const at = metrics.findIndex(({ name }) => name === metric);
    return metrics.length === 1 ? 0 : at * strip - STRIPS_SHARE / 2;
  };
  const placeOf: Place = ({ errorPercent, layout, metric }) => [
    errorPercent,
    layouts.indexOf(layout) + stripOf(metric),
  ];
  const places = layouts.map((_, at) => at);
  const [least, most] = [-0.6, layouts.length - 0.4];
  return {
    xAxis: { ...horizontalAxis('Error, %', errors), axisLine: { onZero: false } },
    yAxis: {
      type: 'value',
      inverse: true,
      min: least,
      max: most,
      axisTick: { customValues: places },
      axisLine: { onZero: false },
      splitLine: { show: false },
      axisLabel: {
        customValues: places,
        formatter: (place: number) => layouts[Math.round(place)] ?? '',
      },
    },
    series: [
      ...[0, BAND_PERCENT, -BAND_PERCENT].map((error) => {
        const ends = [[error, least] as const, [error, most] as const] as const;
        return straightLine(`line/${error}`, ends, error !== 0, tokens);
      }),
      ...metrics.map((metric) => pointSeries(metric, placeOf, tokens)),
    ],
  };
};

const DRAWINGS: Readonly<Record<CalibrationChartKind, Draw>> = {
  agreement: drawAgreement,
  durations: drawDurations,
  layouts: drawLayouts,
};

/** The rows of a fit as they stand in a file. */
export function tableOfResiduals(residuals: readonly CalibrationResidual[]): ChartTable {
  return {
    columns: [
      { name: 'row', title: 'Row', kind: 'text' },
      { name: 'metric', title: 'Metric', kind: 'text' },
      { name: 'layout', title: 'Layout', kind: 'text' },
      { name: 'what', title: 'What', kind: 'text' },
      { name: 'run', title: 'Run', kind: 'text' },
      { name: 'measured_ns', title: 'Measured', kind: 'time' },
      { name: 'modelled_ns', title: 'Modelled', kind: 'time' },
      { name: 'error_share', title: 'Error', kind: 'share' },
      { name: 'left_out_error_share', title: 'Error, layout left out', kind: 'share' },
    ],
    rows: residuals.map((row) => [
      `${row.file}:${row.line}`,
      ...[row.metric, row.layout, row.what, row.run],
      ...[row.measuredNs, row.modelledNs, row.errorPercent / 100],
      row.leftOutErrorPercent === null ? null : row.leftOutErrorPercent / 100,
    ]),
  };
}

function tooltipOf(row: CalibrationResidual, colour: string): TooltipContent {
  const leftOut = row.leftOutErrorPercent;
  const rows = [
    { colour, name: 'metric', value: row.metric },
    { colour: null, name: 'layout', value: row.layout },
    { colour: null, name: 'measured', value: formatNs(row.measuredNs) },
    { colour: null, name: 'modelled', value: formatNs(row.modelledNs) },
    { colour: null, name: 'error', value: formatChange(row.errorPercent / 100) },
  ];
  const without = {
    colour: null,
    name: 'with the layout left out',
    value: formatChange((leftOut ?? 0) / 100),
  };
  return {
    title: `${row.file}:${row.line}, ${row.what}`,
    rows: leftOut === null ? rows : [...rows, without],
  };
}

/** Every row that a model was fitted to, modelled beside measured. */
export function buildCalibrationChart(
  residuals: readonly CalibrationResidual[],
  kind: CalibrationChartKind,
  tokens: ChartTokens,
): ChartPicture {
  const metrics = byMetric(residuals, tokens);
  const metricAt = (hover: ChartHover): MetricRows | undefined =>
    hover.kind === 'item' ? metrics.find(({ id }) => id === hover.seriesId) : undefined;
  const rowAt = (hover: ChartHover): CalibrationResidual | undefined =>
    hover.kind === 'item' ? metricAt(hover)?.rows[hover.index] : undefined;
  const title = CALIBRATION_CHART_TITLES[kind];
  return {
    title,
    description: `${title}: ${residuals.length} rows of ${metrics.length} metrics; the dashed lines are ${BAND_PERCENT} % off.`,
    fileWord: `calibration-${kind}`,
    mostHeight: null,
    emptyReason: residuals.length === 0 ? 'The fit kept no rows.' : null,
    idsAt: (hover) => {
      const row = rowAt(hover);
      return row === undefined ? [] : [residualId(row)];
    },
    table: () => tableOfResiduals(residuals),
    tooltip: (hover) => {
      const row = rowAt(hover);
      const style = metricAt(hover)?.style;
      if (row === undefined || style === undefined) return null;
      return tooltipOf(row, colourOf(style, tokens));
    },
    option: {
      ...baseOption(tokens),
      grid: { left: 12, right: 18, top: 30, bottom: 10, outerBoundsMode: 'same' },
      legend: { ...topLegend(), data: metrics.map(({ name }) => name) },
      ...DRAWINGS[kind](residuals, metrics, tokens),
    },
  };
}
