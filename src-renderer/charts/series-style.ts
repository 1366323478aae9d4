import type { ChartTokens } from '../styles/chart-theme.ts';

/** How one series is told from the others; never by colour alone. */
export type SeriesStyle = {
  /** Index into `ChartTokens.series`, taken round; `neutral` for what was measured and not simulated. */
  readonly colour: number | 'neutral';
  /** Index into the symbols, taken round. */
  readonly symbol: number;
  /** Index into the dashes, taken round. */
  readonly dash: number;
};

/** What every series of a chart has. */
export type SeriesIdentity = {
  readonly id: string;
  readonly name: string;
  readonly style: SeriesStyle;
};

const DASHES: readonly ('solid' | number[])[] = [
  'solid',
  [7, 3],
  [2, 2],
  [9, 3, 2, 3],
  [12, 5],
  [4, 2, 1, 2, 1, 2],
];
/** Filled ones only: an empty symbol is white inside, on any background. */
const SYMBOLS = [
  'circle',
  'rect',
  'triangle',
  'diamond',
  'path://M0,0L10,0L5,9Z',
  'path://M3.4,0H6.6V3.4H10V6.6H6.6V10H3.4V6.6H0V3.4H3.4Z',
] as const;

/** Takes an element of a list that is not empty, beginning anew behind its end. */
function takeRound<Item>(items: readonly [Item, ...Item[]] | readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('a list of styles is empty');
  return item;
}

export function colourOf(style: SeriesStyle, tokens: ChartTokens): string {
  return style.colour === 'neutral' ? tokens.textMuted : takeRound(tokens.series, style.colour);
}

export function dashOf(style: SeriesStyle): 'solid' | number[] {
  return takeRound(DASHES, style.dash);
}

export function symbolOf(style: SeriesStyle): string {
  return takeRound(SYMBOLS, style.symbol);
}

/** The look of the nth measured series beside simulated ones: neutral and never solid. */
export function measuredStyle(index: number): SeriesStyle {
  return { colour: 'neutral', symbol: index, dash: 1 + (index % (DASHES.length - 1)) };
}

/** What decides the look of a series: what is compared, and in which group it is compared. */
export type SeriesPlace = { readonly subject: number; readonly group: string };

/**
 * Styles for series shown together.
 *
 * A subject keeps its colour and symbol in every chart and selection; groups are told apart by dash.
 * Subjects beyond the number of colours move one dash on, so that no two of a group look alike.
 *
 * @param colours  How many colours there are.
 */
export function assignStyles(
  places: readonly SeriesPlace[],
  colours: number,
): readonly SeriesStyle[] {
  const groups = [...new Set(places.map(({ group }) => group))];
  const perGroup = Math.ceil((Math.max(0, ...places.map(({ subject }) => subject)) + 1) / colours);
  return places.map(({ subject, group }) => ({
    colour: subject % colours,
    symbol: subject,
    dash: groups.indexOf(group) * perGroup + Math.floor(subject / colours),
  }));
}
