import type { EChartsOption } from 'echarts';
import type { ChartTable } from './chart-table.ts';

/** What the pointer is over, as far as a picture needs to know. */
export type ChartHover =
  | { readonly kind: 'axis'; readonly position: number }
  | { readonly kind: 'item'; readonly seriesId: string; readonly index: number };

/** One line of a tooltip. */
export type TooltipRow = {
  /** CSS colour of the sign before the name; null for none. */
  readonly colour: string | null;
  readonly name: string;
  readonly value: string;
};

/** What a tooltip says; the canvas draws it, so that no markup is made from text. */
export type TooltipContent = { readonly title: string; readonly rows: readonly TooltipRow[] };

/** Everything one chart is: how it is drawn, what it says under the pointer, and its figures. */
export type ChartPicture = {
  /** What is shown, such as `Percentiles of total latency`. */
  readonly title: string;
  /** One sentence for those who do not see it. */
  readonly description: string;
  readonly option: EChartsOption;
  /** Null where there is nothing to say. */
  readonly tooltip: (hover: ChartHover) => TooltipContent | null;
  /** Ids of what is under the pointer, for selecting it; empty where nothing can be selected. */
  readonly idsAt: (hover: ChartHover) => readonly string[];
  /** Made when it is asked for. */
  readonly table: () => ChartTable;
  /** Why there is nothing to see, in a sentence; null where there is something. */
  readonly emptyReason: string | null;
  /** Begins the name of exported files: `percentiles`. */
  readonly fileWord: string;
  /** Higher than this it would only grow gaps; null where more room shows more. Unit: pixels. */
  readonly mostHeight: number | null;
};

/** Nothing can be selected in it. */
export const nothingToSelect = (): readonly string[] => [];
