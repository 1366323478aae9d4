import type { CustomSeriesOption, CustomSeriesRenderItemReturn, EChartsOption } from 'echarts';
import type { ChartTokens } from '../styles/chart-theme.ts';
import { formatChange } from '../format.ts';
import type { ChartTable } from './chart-table.ts';
import { baseOption, horizontalAxis } from './option-parts.ts';
import type { ChartHover, ChartPicture } from './picture.ts';
import { formatQuantity, scaleFor } from './scales.ts';
import type { Quantity } from './scales.ts';
import { BAR_PITCH, barNames } from './stacked-bars.ts';
import { colourOf } from './series-style.ts';
import type { SeriesIdentity } from './series-style.ts';

/** How far a case is from the baseline, with what its replicates say of that. */
export type ChangeInterval = SeriesIdentity & {
  /** In the unit of the figure. */
  readonly delta: number;
  /** The ends of the 95 % interval of `delta`; null for too few replicates. */
  readonly interval: { readonly lower: number; readonly upper: number } | null;
  /** Whether the interval includes zero; null where there is none. */
  readonly isIndistinguishable: boolean | null;
  /** What the change is of. */
  readonly baseline: number;
  readonly replicates: number;
};

export type IntervalView = {
  /** `total p50`; and in a CSV header, with its unit. */
  readonly metricTitle: string;
  readonly metricName: string;
  readonly quantity: Quantity;
  readonly baselineName: string;
  /** `zero`: the baseline is always in sight; `fit`: as wide as the intervals are. */
  readonly scale: 'zero' | 'fit';
};

/** Half the height of the strokes at both ends of an interval. Unit: pixels, as are all below. */
const CAP = 5;
const SIGN = 4.5;
/** Beside the plot, where the figures of each change stand. */
const FIGURES_WIDTH = 250;
const FIGURES_GAP = 16;

const BEYOND_CHANCE = 'beyond chance';

/** As the table of trials marks it: `=` equal, `~` within chance, `?` one replicate cannot tell. */
function verdictOf({ isIndistinguishable, delta }: ChangeInterval): string {
  if (delta === 0) return '=';
  if (isIndistinguishable === null) return '?';
  return isIndistinguishable ? '~' : BEYOND_CHANCE;
}

/** The figures behind the intervals. */
export function tableOfIntervals(
  changes: readonly ChangeInterval[],
  { metricName, metricTitle, quantity }: IntervalView,
): ChartTable {
  return {
    columns: [
      { name: 'series', title: 'Series', kind: 'text' },
      { name: `baseline_${metricName}`, title: `Baseline, ${metricTitle}`, kind: quantity },
      { name: `change_${metricName}`, title: 'Change', kind: quantity },
      { name: `lower_${metricName}`, title: 'From', kind: quantity },
      { name: `upper_${metricName}`, title: 'To', kind: quantity },
      { name: 'change_share', title: 'Change, share', kind: 'share' },
      { name: 'replicates', title: 'Replicates', kind: 'count' },
      { name: 'verdict', title: 'Verdict', kind: 'text' },
    ],
    rows: changes.map((one) => [
      one.name,
      one.baseline,
      one.delta,
      one.interval?.lower ?? null,
      one.interval?.upper ?? null,
      one.baseline === 0 ? null : one.delta / one.baseline,
      one.replicates,
      verdictOf(one),
    ]),
  };
}

/** Percent of the baseline; nothing is a percentage of zero, so then the unit itself. */
type Measure = {
  readonly name: string;
  readonly quantity: Quantity;
  readonly of: (one: ChangeInterval, value: number) => number;
  readonly text: (one: ChangeInterval, value: number) => string;
};

function signed(value: number, quantity: Quantity): string {
  return `${value > 0 ? '+' : ''}${formatQuantity(value, quantity)}`;
}

function measureFor(changes: readonly ChangeInterval[], { quantity }: IntervalView): Measure {
  if (changes.every(({ baseline }) => baseline !== 0)) {
    return {
      name: 'Change against the baseline, %',
      quantity: 'count',
      of: ({ baseline }, value) => (value / baseline) * 100,
      text: ({ baseline }, value) => formatChange(value / baseline),
    };
  }
  return {
    name: 'Change against the baseline',
    quantity,
    of: (_, value) => value,
    text: (_, value) => signed(value, quantity),
  };
}

/** `−87.7 %  [−87.9 %, −87.5 %] ~`, as it stands beside the plot. */
function figuresText(one: ChangeInterval, measure: Measure): string {
  const change = measure.text(one, one.delta);
  const verdict = verdictOf(one);
  const mark = verdict === BEYOND_CHANCE || verdict === '=' ? '' : ` ${verdict}`;
  if (one.interval === null) return `${change}${mark}`;
  const [lower, upper] = [one.interval.lower, one.interval.upper].map((end) =>
    measure.text(one, end),
  );
  return `${change}  [${lower ?? ''}, ${upper ?? ''}]${mark}`;
}

type Places = {
  readonly fromX: number;
  readonly signX: number;
  readonly toX: number;
  readonly y: number;
  readonly figuresX: number;
};

/** A line with strokes at its ends, and the change itself: filled where it is beyond chance. */
function shapesOf(
  one: ChangeInterval,
  { fromX, signX, toX, y, figuresX }: Places,
  text: string,
  tokens: ChartTokens,
): CustomSeriesRenderItemReturn {
  const stroke = colourOf(one.style, tokens);
  const line = (x1: number, y1: number, x2: number, y2: number) => ({
    type: 'line' as const,
    shape: { x1, y1, x2, y2 },
    style: { stroke, lineWidth: 1.75 },
  });
  const caps =
    one.interval === null
      ? []
      : [line(fromX, y - CAP, fromX, y + CAP), line(toX, y - CAP, toX, y + CAP)];
  const isFilled = one.isIndistinguishable === false;
  return {
    type: 'group',
    children: [
      line(fromX, y, toX, y),
      ...caps,
      {
        type: 'circle',
        shape: { cx: signX, cy: y, r: SIGN },
        style: { fill: isFilled ? stroke : tokens.surface, stroke, lineWidth: 1.75 },
      },
      {
        type: 'text',
        x: figuresX,
        y,
        style: { text, fill: tokens.textMuted, fontSize: 11, verticalAlign: 'middle' },
      },
    ],
  };
}

function seriesOf(
  changes: readonly ChangeInterval[],
  measure: Measure,
  tokens: ChartTokens,
): CustomSeriesOption {
  const ends = ({ delta, interval }: ChangeInterval): readonly [number, number] =>
    interval === null ? [delta, delta] : [interval.lower, interval.upper];
  return {
    id: 'changes',
    type: 'custom',
    clip: false,
    renderItem: ({ dataIndex }, api) => {
      const one = changes[dataIndex];
      if (one === undefined) return null;
      const placeOf = (value: number): readonly [number, number] => {
        const [x = 0, y = 0] = api.coord([measure.of(one, value), dataIndex]);
        return [x, y];
      };
      const [signX, y] = placeOf(one.delta);
      const [fromX = signX, toX = signX] = ends(one).map((end) => placeOf(end)[0]);
      const figuresX = api.getWidth() - FIGURES_WIDTH + FIGURES_GAP;
      const places = { fromX, signX, toX, y, figuresX };
      return shapesOf(one, places, figuresText(one, measure), tokens);
    },
    // The axes make room for both ends of each interval.
    encode: { x: [0, 1, 2], y: 3 },
    data: changes.map((one, index) => [
      measure.of(one, one.delta),
      ...ends(one).map((value) => measure.of(one, value)),
      index,
    ]),
    markLine: {
      silent: true,
      symbol: 'none',
      label: { show: false },
      lineStyle: { color: tokens.text, width: 1, type: 'solid' },
      data: [{ xAxis: 0 }],
    },
  };
}

/** Changes against the baseline with their intervals over replicates. */
export function buildIntervalChart(
  changes: readonly ChangeInterval[],
  view: IntervalView,
  tokens: ChartTokens,
): ChartPicture {
  const measure = measureFor(changes, view);
  const values = changes.flatMap((one) =>
    [one.delta, one.interval?.lower ?? one.delta, one.interval?.upper ?? one.delta].map((value) =>
      measure.of(one, value),
    ),
  );
  const oneAt = (hover: ChartHover): ChangeInterval | undefined =>
    hover.kind === 'item' ? changes[hover.index] : undefined;
  const title = `Change of ${view.metricTitle} against ${view.baselineName}, with 95 % intervals over replicates`;
  const option: EChartsOption = {
    ...baseOption(tokens),
    grid: { left: 12, right: FIGURES_WIDTH, top: 14, bottom: 10, outerBoundsMode: 'same' },
    xAxis: horizontalAxis(measure.name, scaleFor(view.scale, values, measure.quantity)),
    yAxis: barNames(
      changes.map(({ name }) => name),
      0,
      true,
    ),
    series: [seriesOf(changes, measure, tokens)],
  };
  return {
    title,
    description: `${title}, of ${changes.length} series; a hollow sign is a change that chance may have made.`,
    fileWord: 'intervals',
    mostHeight: changes.length * BAR_PITCH + 80,
    emptyReason:
      changes.length === 0
        ? 'Nothing that is selected can be held against the baseline: tick trials in the table.'
        : null,
    idsAt: (hover) => {
      const one = oneAt(hover);
      return one === undefined ? [] : [one.id];
    },
    table: () => tableOfIntervals(changes, view),
    tooltip: (hover) => {
      const one = oneAt(hover);
      if (one === undefined) return null;
      const { interval } = one;
      const ends =
        interval === null
          ? `none: ${one.replicates} replicate`
          : `${measure.text(one, interval.lower)} to ${measure.text(one, interval.upper)}`;
      return {
        title: one.name,
        rows: [
          {
            colour: null,
            name: `change of ${view.metricTitle}`,
            value: measure.text(one, one.delta),
          },
          { colour: null, name: '95 % interval', value: ends },
          { colour: null, name: 'verdict', value: verdictOf(one) },
        ],
      };
    },
    option,
  };
}
