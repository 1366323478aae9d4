import { computed } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import { buildAllocationChart } from '../../charts/allocation-chart.ts';
import { buildCdfChart } from '../../charts/cdf-chart.ts';
import { buildHeatMapChart } from '../../charts/heat-map-chart.ts';
import { buildHistogramChart } from '../../charts/histogram-chart.ts';
import { buildPercentileChart } from '../../charts/percentile-chart.ts';
import { buildPhaseCostChart } from '../../charts/phase-cost-chart.ts';
import type { ChartPicture } from '../../charts/picture.ts';
import { buildTradeoffChart } from '../../charts/tradeoff-chart.ts';
import type { TradeoffAxis } from '../../charts/tradeoff-chart.ts';
import { upperFirst } from '../../charts/words.ts';
import { useChartTheme } from '../../composables/use-chart-theme.ts';
import { detailKey, useCompareStore } from '../../stores/compare-store.ts';
import {
  acrossCandidates,
  distributionsFrom,
  heatMapFrom,
  memoryUsesFrom,
  phaseCostsFrom,
  quantityOf,
  seriesFrom,
  tradeoffPointsFrom,
} from './model/chart-input.ts';
import type { CaseSeries } from './model/chart-input.ts';
import type { ChartView } from './model/chart-view.ts';
import { metricNamed, METRICS } from './model/metrics.ts';
import type { Metric } from './model/metrics.ts';
import type { TrialParameter } from './model/parameters.ts';
import type { ComparisonOnPage } from './use-comparison.ts';

export type PictureOnPage = {
  readonly picture: ComputedRef<ChartPicture>;
  readonly series: ComputedRef<readonly CaseSeries[]>;
  /** What the heat map holds its other parameters at; empty for other charts. */
  readonly heldAt: ComputedRef<string>;
};

function metric(name: string): Metric {
  const found = metricNamed(name) ?? METRICS[0];
  if (found === undefined) throw new RangeError('there is no metric');
  return found;
}

function axis(of: Metric, scale: TradeoffAxis['scale']): TradeoffAxis {
  return { title: upperFirst(of.title), name: of.csvName, quantity: quantityOf(of), scale };
}

/** The chart of the page: what is drawn follows selection, facets and view. */
export function usePicture(
  page: ComparisonOnPage,
  view: Readonly<Ref<ChartView>>,
  across: Readonly<Ref<TrialParameter | null>>,
): PictureOnPage {
  const store = useCompareStore();
  const { tokens } = useChartTheme();
  const series = computed(() =>
    seriesFrom(page.comparison.value, page.drawn.value, tokens.value.series.length),
  );
  const distributions = computed(() => {
    const details = store.details;
    return distributionsFrom(series.value, view.value.phase, (runId, trialId) =>
      details.get(detailKey({ runId, trialId })),
    );
  });
  const heat = computed(() => {
    const name = across.value ?? acrossCandidates(page.comparison.value)[0];
    if (name === undefined) return null;
    const cut = {
      across: name,
      metric: metric(view.value.heat),
      showsChange: view.value.showsChange,
    };
    return heatMapFrom(
      page.comparison.value,
      page.shown.value,
      store.selectedIds,
      cut,
      page.figures.value,
    );
  });

  function tradeoffPicture(): ChartPicture {
    const x = metric(view.value.memory);
    const y = metric(view.value.latency);
    const points = tradeoffPointsFrom(
      page.comparison.value,
      page.shown.value,
      store.selectedIds,
      { x, y },
      page.figures.value,
      tokens.value.series.length,
    );
    const axes = { x: axis(x, view.value.scale), y: axis(y, view.value.scale) };
    return buildTradeoffChart(points, axes, tokens.value);
  }

  function heatPicture(): ChartPicture {
    const of = metric(view.value.heat);
    const nothing = {
      rows: [],
      columns: [],
      columnTitle: 'parameter',
      cells: [],
      metricTitle: of.title,
      metricName: of.csvName,
      quantity: quantityOf(of),
      showsChange: view.value.showsChange,
    };
    return buildHeatMapChart(heat.value?.map ?? nothing, tokens.value);
  }

  const picture = computed((): ChartPicture => {
    switch (view.value.kind) {
      case 'percentiles':
        return buildPercentileChart(distributions.value, view.value, tokens.value);
      case 'cdf':
        return buildCdfChart(distributions.value, view.value, tokens.value);
      case 'histogram':
        return buildHistogramChart(distributions.value, view.value, tokens.value);
      case 'cost':
        return buildPhaseCostChart(phaseCostsFrom(series.value), view.value, tokens.value);
      case 'allocations':
        return buildAllocationChart(memoryUsesFrom(series.value), tokens.value);
      case 'tradeoff':
        return tradeoffPicture();
      case 'heat':
        return heatPicture();
    }
  });
  return {
    picture,
    series,
    heldAt: computed(() => (view.value.kind === 'heat' ? (heat.value?.heldAt ?? '') : '')),
  };
}
