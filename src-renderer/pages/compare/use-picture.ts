import { computed } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import { buildAllocationChart } from '../../charts/allocation-chart.ts';
import { buildCdfChart } from '../../charts/cdf-chart.ts';
import { buildHeatMapChart } from '../../charts/heat-map-chart.ts';
import { buildHistogramChart } from '../../charts/histogram-chart.ts';
import { buildIntervalChart } from '../../charts/interval-chart.ts';
import { buildParallelChart } from '../../charts/parallel-chart.ts';
import { buildPercentileChart } from '../../charts/percentile-chart.ts';
import { buildPhaseCostChart } from '../../charts/phase-cost-chart.ts';
import type { ChartPicture } from '../../charts/picture.ts';
import { buildTradeoffChart } from '../../charts/tradeoff-chart.ts';
import type { TradeoffAxis } from '../../charts/tradeoff-chart.ts';
import { upperFirst } from '../../charts/words.ts';
import { useChartTheme } from '../../composables/use-chart-theme.ts';
import { detailKey, useCompareStore } from '../../stores/compare-store.ts';
import {
  distributionsFrom,
  memoryUsesFrom,
  phaseCostsFrom,
  quantityOf,
  seriesFrom,
  tradeoffPointsFrom,
} from './model/chart-input.ts';
import type { CaseSeries } from './model/chart-input.ts';
import { drawsWhatIsShown } from './model/chart-view.ts';
import type { ChartView } from './model/chart-view.ts';
import type { Case } from './model/comparison.ts';
import { heatAxes, heatMapFrom } from './model/heat-map-input.ts';
import type { HeatAxes } from './model/heat-map-input.ts';
import { changeIntervalsFrom } from './model/interval-input.ts';
import { parallelFrom } from './model/parallel-input.ts';
import { metricNamed, METRICS } from './model/metrics.ts';
import type { Metric } from './model/metrics.ts';
import { measuredDistributions } from './model/measured-drawing.ts';
import type { ComparisonOnPage } from './use-comparison.ts';
import type { MeasuredOnPage } from './use-measured-series.ts';

export type PictureOnPage = {
  readonly picture: ComputedRef<ChartPicture>;
  readonly series: ComputedRef<readonly CaseSeries[]>;
  /** The cases it shows. */
  readonly cases: ComputedRef<readonly Case[]>;
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
  wantedAxes: Readonly<Ref<Partial<HeatAxes>>>,
  measured: MeasuredOnPage,
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
  const withMeasured = computed(() => {
    const { series: known, chosen } = measured;
    const ids = chosen.value.map(({ id }) => id);
    return [...distributions.value, ...measuredDistributions(known.value, ids)];
  });
  const baselineName = computed(
    () => page.comparison.value.subjects[page.baseline.value]?.name ?? 'the baseline',
  );
  const heat = computed(() => {
    const axes = heatAxes(page.comparison.value, wantedAxes.value);
    if (axes === null) return null;
    const cut = {
      ...axes,
      metric: metric(view.value.heat),
      showsChange: view.value.showsChange,
    };
    return heatMapFrom(
      page.comparison.value,
      page.shown.value,
      store.selectedIds,
      cut,
      page.figures.value,
      baselineName.value,
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
      rowTitle: 'subject',
      columnTitle: 'parameter',
      cells: [],
      metricTitle: of.title,
      metricName: of.csvName,
      quantity: quantityOf(of),
      baselineName: null,
    };
    return buildHeatMapChart(heat.value?.map ?? nothing, tokens.value);
  }

  function parallelPicture(): ChartPicture {
    const { axes, lines } = parallelFrom(
      page.comparison.value,
      page.shown.value,
      store.selectedIds,
      view.value.parallel.flatMap((name) => metricNamed(name) ?? []),
      page.figures.value,
      tokens.value.series.length,
    );
    return buildParallelChart(axes, lines, view.value.scale, tokens.value);
  }

  function intervalPicture(): ChartPicture {
    const of = metric(view.value.interval);
    const changes = changeIntervalsFrom(series.value, of, page.figures.value, page.readChange);
    const measured = {
      metricTitle: of.title,
      metricName: of.csvName,
      quantity: quantityOf(of),
      baselineName: baselineName.value,
      scale: view.value.scale === 'fit' ? ('fit' as const) : ('zero' as const),
    };
    return buildIntervalChart(changes, measured, tokens.value);
  }

  const picture = computed((): ChartPicture => {
    switch (view.value.kind) {
      case 'percentiles':
        return buildPercentileChart(withMeasured.value, view.value, tokens.value);
      case 'cdf':
        return buildCdfChart(withMeasured.value, view.value, tokens.value);
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
      case 'parallel':
        return parallelPicture();
      case 'intervals':
        return intervalPicture();
    }
  });
  return {
    picture,
    series,
    cases: computed(() => {
      if (view.value.kind === 'heat') return heat.value?.members ?? [];
      return drawsWhatIsShown(view.value.kind) ? page.shown.value : page.drawn.value;
    }),
  };
}
