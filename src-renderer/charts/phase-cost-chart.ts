import { LATENCY_PHASES } from '#core';
import type { LatencyPhase } from '#core';
import type { ChartTokens } from '../styles/chart-theme.ts';
import { formatNs, formatShare } from '../format.ts';
import type { ChartTable } from './chart-table.ts';
import { baseOption, decals, horizontalAxis, topLegend } from './option-parts.ts';
import type { ChartHover, ChartPicture, TooltipContent } from './picture.ts';
import { scaleFor } from './scales.ts';
import { BAR_PITCH, barNames, stackedBars, sumLabels } from './stacked-bars.ts';
import type { SeriesIdentity } from './series-style.ts';

/** The phases a total is the sum of, in the order in which an I/O goes through them. */
export const COST_PHASES = LATENCY_PHASES.filter((phase) => phase !== 'total');
export type CostPhase = Exclude<LatencyPhase, 'total'>;

/** The mean time of an I/O in each phase. Unit: nanoseconds. */
export type PhaseCosts = SeriesIdentity & {
  readonly meanNs: Readonly<Record<CostPhase, number>>;
};

/** Whether bars are as long as the time they take, or all equally long. */
export type CostView = { readonly isShare: boolean };

function totalOf({ meanNs }: PhaseCosts): number {
  return COST_PHASES.reduce((sum, phase) => sum + meanNs[phase], 0);
}

/** The phases in which any series spends time. */
function phasesIn(series: readonly PhaseCosts[]): readonly CostPhase[] {
  return COST_PHASES.filter((phase) => series.some(({ meanNs }) => meanNs[phase] > 0));
}

/** The figures behind the bars. */
export function tableOfPhaseCosts(series: readonly PhaseCosts[]): ChartTable {
  return {
    columns: [
      { name: 'series', title: 'Series', kind: 'text' },
      { name: 'phase', title: 'Phase', kind: 'text' },
      { name: 'mean_ns', title: 'Mean', kind: 'time' },
      { name: 'share', title: 'Share', kind: 'share' },
    ],
    rows: series.flatMap((one) => {
      const total = totalOf(one);
      const share = (phase: CostPhase): number => (total === 0 ? 0 : one.meanNs[phase] / total);
      return [
        ...phasesIn(series).map((phase) => [one.name, phase, one.meanNs[phase], share(phase)]),
        [one.name, 'total', total, total === 0 ? 0 : 1],
      ];
    }),
  };
}

function tooltipAt(
  hover: ChartHover,
  series: readonly PhaseCosts[],
  phases: readonly CostPhase[],
  colours: readonly string[],
): TooltipContent | null {
  const one = hover.kind === 'axis' ? series[Math.round(hover.position)] : series[hover.index];
  if (one === undefined) return null;
  const total = totalOf(one);
  const rows = phases.map((phase, index) => ({
    colour: colours[index] ?? null,
    name: phase,
    value: `${formatNs(one.meanNs[phase])} · ${formatShare(total === 0 ? 0 : one.meanNs[phase] / total)}`,
  }));
  return {
    title: one.name,
    rows: [...rows, { colour: null, name: 'total', value: formatNs(total) }],
  };
}

/** Mean cost by phase, as stacked bars in the order of the phases. */
export function buildPhaseCostChart(
  series: readonly PhaseCosts[],
  { isShare }: CostView,
  tokens: ChartTokens,
): ChartPicture {
  const phases = phasesIn(series);
  const totals = series.map(totalOf);
  const colours = phases.map(
    (phase) => tokens.series[COST_PHASES.indexOf(phase) % tokens.series.length] ?? tokens.accent,
  );
  const scale = scaleFor('zero', isShare ? [0, 100] : totals, isShare ? 'count' : 'time');
  const place = { plot: 0, stack: 'cost' };
  const parts = phases.map((phase, index) => ({
    id: phase,
    name: phase,
    colour: colours[index] ?? tokens.accent,
    values: series.map((one, bar) => {
      const total = totals[bar] ?? 0;
      if (!isShare) return one.meanNs[phase];
      return total === 0 ? 0 : (one.meanNs[phase] / total) * 100;
    }),
  }));
  const title = 'Mean cost of an I/O by phase';
  return {
    title,
    description: `${title}, of ${series.length} series, in ${isShare ? 'percent' : 'nanoseconds'}.`,
    fileWord: 'cost-by-phase',
    mostHeight: series.length * BAR_PITCH + 100,
    emptyReason: series.length === 0 ? 'Nothing is selected: tick trials in the table.' : null,
    idsAt: (hover) => {
      const one = hover.kind === 'item' ? series[hover.index] : undefined;
      return one === undefined ? [] : [one.id];
    },
    table: () => tableOfPhaseCosts(series),
    tooltip: (hover) => tooltipAt(hover, series, phases, colours),
    option: {
      ...baseOption(tokens, 'bar'),
      aria: decals(tokens),
      grid: { left: 12, right: 84, top: 34, bottom: 10, outerBoundsMode: 'same' },
      legend: { ...topLegend(), data: [...phases] },
      xAxis: horizontalAxis(isShare ? 'Share of the mean, %' : 'Mean time of an I/O', scale),
      yAxis: barNames(
        series.map(({ name }) => name),
        0,
        true,
      ),
      series: [
        ...stackedBars(parts, place),
        sumLabels(
          totals,
          totals.map((total) => formatNs(total)),
          place,
          tokens,
        ),
      ],
    },
  };
}
