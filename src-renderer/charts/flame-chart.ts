import type { CustomSeriesOption } from 'echarts';
import type { ChartTokens } from '../styles/chart-theme.ts';
import { formatCount, formatNs, formatShare } from '../format.ts';
import type { ChartTable } from './chart-table.ts';
import { mixColours } from './colour-mix.ts';
import { layOutFlames, timeOf } from './flame-layout.ts';
import type { Flame, FlameBox, FlameLayout, FlameNode, FlameTime } from './flame-layout.ts';
import { baseOption, horizontalAxis, topLegend } from './option-parts.ts';
import { COST_PHASES } from './phase-cost-chart.ts';
import type { CostPhase } from './phase-cost-chart.ts';
import type { ChartHover, ChartPicture } from './picture.ts';
import { scaleFor } from './scales.ts';

export type FlameView = {
  /** The I/O, such as `Direct write of 128 KiB`. */
  readonly subject: string;
  readonly time: FlameTime;
  /** Path of the node to begin at; null for all. */
  readonly focus: string | null;
  /** The phase a function works in; says its colour. */
  readonly phaseOf: (name: string) => CostPhase;
};

/** Unit: pixels, as are all below. */
const ROW_PITCH = 24;
const ROW_GAP = 1;
const LEAST_WIDTH = 1;
const LEAST_TEXT_WIDTH = 28;
const TEXT_MARGIN = 6;
const HEADING_MARGIN = 4;
/** Above the boxes the legend, below them the axis and its name. */
const TOP = 30;
const BOTTOM = 44;
/** Full colours would swallow the names in the boxes. */
const STRENGTH = 0.45;

const AXIS_TITLES: Readonly<Record<FlameTime, string>> = {
  untraced: 'Time with callees, untraced',
  traced: 'Time with callees, as function_graph reports it',
};

type RenderItem = NonNullable<CustomSeriesOption['renderItem']>;

/** One box, or nothing where it would be thinner than its border. */
const renderBox =
  (boxes: readonly FlameBox[], colour: string, tokens: ChartTokens): RenderItem =>
  ({ dataIndex }, api) => {
    const box = boxes[dataIndex];
    const [left = 0, top = 0] = api.coord([api.value(0), api.value(2)]);
    const [right = 0] = api.coord([api.value(1), api.value(2)]);
    const [bottom = 0] = api.coord([0, Number(api.value(2)) + 1]).slice(1);
    const width = right - left;
    if (box === undefined || width < LEAST_WIDTH) return null;
    return {
      type: 'rect',
      shape: { x: left, y: top, width, height: bottom - top - ROW_GAP },
      style: { fill: colour, stroke: tokens.surface, lineWidth: 1 },
      emphasis: { style: { stroke: tokens.text, lineWidth: 1.5 } },
      textConfig: { position: 'insideLeft', distance: TEXT_MARGIN },
      // A box keeps its text when it is drawn anew, unless it is told another.
      textContent: {
        type: 'text',
        style: {
          text: width < LEAST_TEXT_WIDTH ? '' : box.node.name,
          fill: tokens.text,
          fontSize: 12,
          width: width - 2 * TEXT_MARGIN,
          overflow: 'truncate',
        },
      },
    };
  };

/** The name of a flame and what it takes, above it. */
const renderHeading =
  (headings: FlameLayout['headings'], tokens: ChartTokens): RenderItem =>
  ({ dataIndex }, api) => {
    const [x = 0, y = 0] = api.coord([0, Number(api.value(1)) + 1]);
    const text = headings[dataIndex]?.name ?? '';
    const style = { text, fill: tokens.text, fontSize: 12, verticalAlign: 'bottom' } as const;
    return { type: 'text', x, y: y - HEADING_MARGIN, style };
  };

function rowsOf(node: FlameNode, name: string, callers: readonly string[]): ChartTable['rows'] {
  const { calls, selfNs, totalNs, tracedNs } = node;
  const figures = [callers.length, calls, selfNs, totalNs, tracedNs];
  const below = [...callers, node.name];
  return [
    [name, node.name, callers.at(-1) ?? '', ...figures],
    ...node.children.flatMap((child) => rowsOf(child, name, below)),
  ];
}

/** The figures behind the boxes: every function under every caller. */
export function tableOfFlames(flames: readonly Flame[]): ChartTable {
  return {
    columns: [
      { name: 'strategy', title: 'Strategy', kind: 'text' },
      { name: 'function', title: 'Function', kind: 'text' },
      { name: 'caller', title: 'Called by', kind: 'text' },
      { name: 'depth', title: 'Depth', kind: 'count' },
      { name: 'calls', title: 'Calls', kind: 'count' },
      { name: 'self_ns', title: 'Self', kind: 'time' },
      { name: 'total_ns', title: 'Total', kind: 'time' },
      { name: 'traced_ns', title: 'Traced', kind: 'time' },
    ],
    rows: flames.flatMap(({ name, roots }) => roots.flatMap((root) => rowsOf(root, name, []))),
  };
}

/** Functions below their callers, as wide as the time they take: where the time of an I/O goes. */
export function buildFlameChart(
  flames: readonly Flame[],
  { subject, time, focus, phaseOf }: FlameView,
  tokens: ChartTokens,
): ChartPicture {
  const layout = layOutFlames(flames, time, focus);
  const scale = scaleFor('zero', [layout.mostNs], 'time');
  const phases = COST_PHASES.filter((phase) =>
    layout.boxes.some(({ node }) => phaseOf(node.name) === phase),
  );
  const boxesOf = (phase: string): readonly FlameBox[] =>
    layout.boxes.filter(({ node }) => phaseOf(node.name) === phase);
  const colourOf = (phase: CostPhase): string => {
    const colour = tokens.series[COST_PHASES.indexOf(phase) % tokens.series.length];
    return mixColours(tokens.surface, colour ?? tokens.accent, STRENGTH);
  };
  const boxAt = (hover: ChartHover): FlameBox | undefined =>
    hover.kind === 'item' ? boxesOf(hover.seriesId)[hover.index] : undefined;
  const totals = layout.headings.map(({ name, row }) => {
    const ends = layout.boxes.filter((box) => box.row === row + 1).map(({ toNs }) => toNs);
    return { name: `${name} · ${formatNs(Math.max(0, ...ends))}`, row };
  });
  const names = layout.headings.map(({ name }) => name).join(' and ');
  const title = `Calls: ${subject}`;
  return {
    title,
    description: `${title}, ${names}: functions below their callers, as wide as the time they take.`,
    fileWord: 'calls',
    mostHeight: layout.rows * ROW_PITCH + TOP + BOTTOM,
    emptyReason: layout.boxes.length === 0 ? 'This I/O calls no function that is traced.' : null,
    idsAt: (hover) => {
      const box = boxAt(hover);
      return box === undefined ? [] : [box.node.path];
    },
    table: () => tableOfFlames(flames),
    tooltip: (hover) => {
      const box = boxAt(hover);
      if (box === undefined) return null;
      const { node } = box;
      const share = layout.mostNs === 0 ? 0 : timeOf(node, time) / layout.mostNs;
      const phase = phaseOf(node.name);
      return {
        title: `${node.name}()`,
        rows: [
          { colour: colourOf(phase), name: 'phase', value: phase },
          { colour: null, name: 'calls', value: formatCount(node.calls) },
          { colour: null, name: 'in itself', value: formatNs(node.selfNs) },
          { colour: null, name: 'with callees', value: formatNs(node.totalNs) },
          { colour: null, name: 'as traced', value: formatNs(node.tracedNs) },
          { colour: null, name: 'of the widest', value: formatShare(share) },
        ],
      };
    },
    option: {
      ...baseOption(tokens),
      grid: { left: 12, right: 20, top: TOP, bottom: BOTTOM },
      legend: { ...topLegend(), data: [...phases] },
      // An inverted vertical axis has its zero on top, and would take this one there.
      xAxis: { ...horizontalAxis(AXIS_TITLES[time], scale), axisLine: { onZero: false } },
      yAxis: { type: 'value', inverse: true, min: 0, max: Math.max(1, layout.rows), show: false },
      series: [
        ...phases.map((phase): CustomSeriesOption => {
          const boxes = boxesOf(phase);
          return {
            type: 'custom',
            id: phase,
            name: phase,
            color: colourOf(phase),
            renderItem: renderBox(boxes, colourOf(phase), tokens),
            encode: { x: [0, 1], y: 2 },
            data: boxes.map(({ fromNs, toNs, row }) => [fromNs, toNs, row]),
          };
        }),
        {
          type: 'custom',
          id: 'headings',
          silent: true,
          renderItem: renderHeading(totals, tokens),
          encode: { x: 0, y: 1 },
          data: totals.map(({ row }) => [0, row]),
        },
      ],
    },
  };
}
