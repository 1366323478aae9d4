import type { ScatterSeriesOption } from 'echarts';
import {
  basisText,
  publishedFigureText,
  TOLERATED_PERCENT,
  validateErrorText,
  verdictOf,
} from '#contract';
import type { PublishedUnit, ValidateRow, ValidateVerdict } from '#contract';
import type { ChartTokens } from '../styles/chart-theme.ts';
import { agreementLine } from './agreement-line.ts';
import type { ChartTable } from './chart-table.ts';
import { baseOption, horizontalAxis, topLegend, verticalAxis } from './option-parts.ts';
import type { ChartHover, ChartPicture, TooltipContent } from './picture.ts';
import { scaleFor } from './scales.ts';
import type { Quantity, Scale } from './scales.ts';

/** Figures that have an axis in common. */
export const VALIDATION_KINDS = ['times', 'ratios', 'counts'] as const;
export type ValidationKind = (typeof VALIDATION_KINDS)[number];

export const VALIDATION_KIND_TITLES: Readonly<Record<ValidationKind, string>> = {
  times: 'Times',
  ratios: 'Ratios and rates',
  counts: 'Counts',
};

/** Whether a word names a kind of figures. */
export function isValidationKind(word: unknown): word is ValidationKind {
  return VALIDATION_KINDS.some((kind) => kind === word);
}

/** Nanoseconds of a time; other figures as they are. */
const SIZES: Readonly<Record<PublishedUnit, number>> = {
  ns: 1,
  'ns/page': 1,
  us: 1e3,
  ms: 1e6,
  s: 1e9,
  'MB/s': 1,
  '%': 1,
  ratio: 1,
  count: 1,
  bytes: 1,
};
const KIND_OF_UNIT: Readonly<Record<PublishedUnit, ValidationKind>> = {
  ns: 'times',
  'ns/page': 'times',
  us: 'times',
  ms: 'times',
  s: 'times',
  'MB/s': 'ratios',
  '%': 'ratios',
  ratio: 'ratios',
  count: 'counts',
  bytes: 'counts',
};
const QUANTITIES: Readonly<Record<ValidationKind, Quantity>> = {
  times: 'time',
  ratios: 'count',
  counts: 'count',
};

/** A figure on both axes, in the base unit of its kind. */
export type ValidationPoint = {
  readonly row: ValidateRow;
  readonly published: number;
  readonly modelled: number;
};

/** The figures of a kind that have both sides; a logarithm has no place for zero. */
export function validationPoints(
  rows: readonly ValidateRow[],
  kind: ValidationKind,
): readonly ValidationPoint[] {
  return rows.flatMap((row) => {
    const { published, modelled, unit } = row;
    if (KIND_OF_UNIT[unit] !== kind || published === null || modelled === null) return [];
    if (published <= 0 || modelled <= 0) return [];
    return [{ row, published: published * SIZES[unit], modelled: modelled * SIZES[unit] }];
  });
}

type Look = {
  readonly verdict: ValidateVerdict;
  readonly name: string;
  readonly symbol: string;
  readonly colour: (tokens: ChartTokens) => string;
};

/** Told apart by symbol too; what proves nothing is drawn below what does. */
const LOOKS: readonly Look[] = [
  { verdict: 'fitted', name: 'fitted', symbol: 'rect', colour: ({ textMuted }) => textMuted },
  { verdict: 'met', name: 'predicted', symbol: 'circle', colour: ({ good }) => good },
  { verdict: 'missed', name: 'off', symbol: 'diamond', colour: ({ bad }) => bad },
];
const SYMBOL_SIZE = 9;

function pointSeries(
  look: Look,
  points: readonly ValidationPoint[],
  scale: Scale,
  tokens: ChartTokens,
): ScatterSeriesOption {
  return {
    id: `points/${look.verdict}`,
    name: look.name,
    type: 'scatter',
    color: look.colour(tokens),
    symbol: look.symbol,
    symbolSize: look.verdict === 'fitted' ? SYMBOL_SIZE - 2 : SYMBOL_SIZE,
    z: 2,
    itemStyle: { borderColor: tokens.surface, borderWidth: 0.5 },
    emphasis: { scale: 1.4 },
    data: points.map(({ published, modelled }) => [
      scale.positionOf(published),
      scale.positionOf(modelled),
    ]),
  };
}

function tableOf(points: readonly ValidationPoint[], kind: ValidationKind): ChartTable {
  const quantity = QUANTITIES[kind];
  const unit = quantity === 'time' ? '_ns' : '';
  return {
    columns: [
      { name: 'figure', title: 'Figure', kind: 'text' },
      { name: `published${unit}`, title: 'Published', kind: quantity },
      { name: `modelled${unit}`, title: 'Modelled', kind: quantity },
      { name: 'error', title: 'Error', kind: 'text' },
      { name: 'basis', title: 'Basis', kind: 'text' },
    ],
    rows: points.map(({ row, published, modelled }) => [
      row.id,
      published,
      modelled,
      validateErrorText(row),
      basisText(row),
    ]),
  };
}

/**
 * Modelled against published figures, both by powers of ten: what lies on the line agrees, and what
 * lies between the dashed lines is within the tolerance.
 */
export function buildValidationChart(
  rows: readonly ValidateRow[],
  kind: ValidationKind,
  tokens: ChartTokens,
): ChartPicture {
  const points = validationPoints(rows, kind);
  const values = points.flatMap(({ published, modelled }) => [published, modelled]);
  const scale = scaleFor('log', values, QUANTITIES[kind]);
  const byVerdict = Map.groupBy(points, ({ row }) => verdictOf(row));
  const looks = LOOKS.filter(({ verdict }) => byVerdict.has(verdict));
  const pointAt = (hover: ChartHover): ValidationPoint | undefined => {
    if (hover.kind !== 'item') return undefined;
    const look = LOOKS.find(({ verdict }) => `points/${verdict}` === hover.seriesId);
    return look === undefined ? undefined : byVerdict.get(look.verdict)?.[hover.index];
  };
  const tolerance = `${TOLERATED_PERCENT} %`;
  const share = TOLERATED_PERCENT / 100;

  function tooltip(hover: ChartHover): TooltipContent | null {
    const row = pointAt(hover)?.row;
    if (row === undefined) return null;
    const colour = LOOKS.find(({ verdict }) => verdict === verdictOf(row))?.colour(tokens) ?? null;
    return {
      title: `${row.id}: ${row.figure}`,
      rows: [
        {
          colour: null,
          name: 'published',
          value: `${publishedFigureText(row.published)} ${row.unit}`,
        },
        {
          colour: null,
          name: 'modelled',
          value: `${publishedFigureText(row.modelled)} ${row.unit}`,
        },
        { colour, name: basisText(row), value: validateErrorText(row) },
      ],
    };
  }

  return {
    title: 'Modelled against published',
    description: `Modelled against published figures on logarithmic axes, ${points.length} points; on the line both agree.`,
    fileWord: 'validation',
    mostHeight: null,
    emptyReason: points.length === 0 ? 'None of the figures shown has both sides.' : null,
    idsAt: (hover) => {
      const point = pointAt(hover);
      return point === undefined ? [] : [point.row.id];
    },
    table: () => tableOf(points, kind),
    tooltip,
    option: {
      ...baseOption(tokens),
      grid: { left: 12, right: 18, top: 30, bottom: 10, outerBoundsMode: 'same' },
      legend: { ...topLegend(), data: looks.map(({ name }) => name) },
      // A position of zero is a figure of one: nothing to put an axis at.
      xAxis: { ...horizontalAxis('Published', scale), axisLine: { onZero: false } },
      yAxis: { ...verticalAxis('Modelled', scale), axisLine: { onZero: false } },
      series: [
        agreementLine(1, 'equal', scale, tokens),
        agreementLine(1 + share, `${tolerance} more`, scale, tokens),
        agreementLine(1 - share, `${tolerance} less`, scale, tokens),
        ...looks.map((look) => pointSeries(look, byVerdict.get(look.verdict) ?? [], scale, tokens)),
      ],
    },
  };
}
