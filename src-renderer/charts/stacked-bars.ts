import type { SeriesOption } from 'echarts';
import type { ChartTokens } from '../styles/chart-theme.ts';

/** A bar with the gap to the next, where there is room. Unit: pixels. */
export const BAR_PITCH = 46;

/** One part of stacked bars, over all bars: a phase, or a source of memory. */
export type BarPart = {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
  /** One figure for each bar. */
  readonly values: readonly number[];
};

/** Which plot of a picture the bars are in. */
export type BarPlace = { readonly plot: number; readonly stack: string };

/** Bars lie on their side, so that the names of series are read without turning one's head. */
export function stackedBars(parts: readonly BarPart[], place: BarPlace): SeriesOption[] {
  return parts.map(({ id, name, colour, values }) => ({
    id: `${place.stack}/${id}`,
    name,
    type: 'bar',
    stack: place.stack,
    xAxisIndex: place.plot,
    yAxisIndex: place.plot,
    color: colour,
    barMaxWidth: 26,
    barCategoryGap: '28%',
    emphasis: { focus: 'series' },
    data: [...values],
  }));
}

/** An invisible bar on top of a stack that carries its sum as text. */
export function sumLabels(
  sums: readonly number[],
  labels: readonly string[],
  place: BarPlace,
  tokens: ChartTokens,
): SeriesOption {
  return {
    id: `${place.stack}/sum`,
    type: 'bar',
    stack: place.stack,
    xAxisIndex: place.plot,
    yAxisIndex: place.plot,
    silent: true,
    // Shares add up to a hair more than the whole, and would lose their label with the rest.
    clip: false,
    color: 'transparent',
    itemStyle: { decal: { symbol: 'none' } },
    tooltip: { show: false },
    label: {
      show: true,
      position: 'insideLeft',
      distance: 6,
      color: tokens.textMuted,
      fontSize: 11,
      formatter: ({ dataIndex }) => labels[dataIndex] ?? '',
    },
    data: sums.map(() => 0),
  };
}

/** The names of the bars, the first on top. */
export function barNames(names: readonly string[], plot: number, areShown: boolean): object {
  return {
    type: 'category',
    gridIndex: plot,
    inverse: true,
    data: [...names],
    axisTick: { show: false },
    axisLabel: { show: areShown, width: 190, overflow: 'truncate', interval: 0 },
  };
}
