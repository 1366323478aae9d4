import type { HeatMap } from '../../../charts/heat-map-chart.ts';
import type { Case, Comparison } from './comparison.ts';
import { quantityOf } from './chart-input.ts';
import type { FigureReader } from './figures.ts';
import type { Metric } from './metrics.ts';
import { compareValues, parameterText, parameterTitle } from './parameters.ts';
import type { TrialParameter } from './parameters.ts';

/** What a heat map has down its side: what is compared, or a parameter. */
export type HeatRows = 'subject' | TrialParameter;

/** What a heat map has down its side and across. */
export type HeatAxes = { readonly down: HeatRows; readonly across: TrialParameter };

/** How a heat map is cut out of the shown cases. */
export type HeatMapView = HeatAxes & { readonly metric: Metric; readonly showsChange: boolean };

/** The parameters a heat map could have across: those of more than one value. */
export function acrossCandidates({ matched }: Comparison): readonly TrialParameter[] {
  // A sweep over block sizes is what most experiments have.
  return matched.toSorted(
    (left, right) => Number(right === 'blockSize') - Number(left === 'blockSize'),
  );
}

/** What a heat map could have down its side beside a parameter across. */
export function downCandidates(
  { matched }: Comparison,
  across: TrialParameter,
): readonly HeatRows[] {
  return ['subject', ...matched.filter((name) => name !== across)];
}

/** The axes a user wants, as far as these cases have them; null where nothing varies. */
export function heatAxes(comparison: Comparison, wanted: Partial<HeatAxes>): HeatAxes | null {
  const names = acrossCandidates(comparison);
  const across = names.find((name) => name === wanted.across) ?? names[0];
  if (across === undefined) return null;
  const down = downCandidates(comparison, across).find((name) => name === wanted.down);
  return { across, down: down ?? 'subject' };
}

export function rowsTitle({ kind }: Comparison, down: HeatRows): string {
  if (down !== 'subject') return parameterTitle(down);
  return kind === 'runs' ? 'Run' : 'Strategy';
}

type Row = { readonly key: string; readonly name: string };

function rowOf(comparison: Comparison, one: Case, down: HeatRows): Row {
  if (down === 'subject') {
    return { key: String(one.subject), name: comparison.subjects[one.subject]?.name ?? '' };
  }
  const value = one.parameters[down];
  return { key: String(value), name: parameterText(down, value) };
}

/** In the order of the subjects, or of the values. */
function orderedFor(members: readonly Case[], down: HeatRows): readonly Case[] {
  return members.toSorted((left, right) =>
    down === 'subject'
      ? left.subject - right.subject
      : compareValues(left.parameters[down], right.parameters[down]),
  );
}

/** Where what does not stand at the axes is held: at the first selected case, or the first shown. */
function anchorOf(
  shown: readonly Case[],
  selected: ReadonlySet<string>,
  { down, showsChange }: HeatMapView,
  figures: FigureReader,
): Case | undefined {
  const chosen = shown.filter(({ id }) => selected.has(id));
  // Of the baseline itself there is no change to be seen.
  const others =
    down !== 'subject' && showsChange ? chosen.filter((one) => !figures.isBaseline(one)) : [];
  return others[0] ?? chosen[0] ?? shown[0];
}

/**
 * One metric over two parameters, or over what is compared and a parameter; the others are held.
 *
 * @param baselineName  What changes are against.
 */
export function heatMapFrom(
  comparison: Comparison,
  shown: readonly Case[],
  selected: ReadonlySet<string>,
  view: HeatMapView,
  figures: FigureReader,
  baselineName: string,
): { readonly map: HeatMap; readonly members: readonly Case[] } {
  const { down, across, metric, showsChange } = view;
  const anchor = anchorOf(shown, selected, view, figures);
  const held = comparison.matched.filter((name) => name !== across && name !== down);
  const members = shown.filter(
    (one) =>
      anchor !== undefined &&
      one.replicate === anchor.replicate &&
      (down === 'subject' || one.subject === anchor.subject) &&
      held.every((name) => one.parameters[name] === anchor.parameters[name]),
  );
  const values = [...new Set(members.map(({ parameters }) => parameters[across]))].sort(
    compareValues,
  );
  const rows = new Map(
    orderedFor(members, down).map((one) => {
      const { key, name } = rowOf(comparison, one, down);
      return [key, name];
    }),
  );
  const keys = [...rows.keys()];
  const cells = members.flatMap((one) => {
    const value = figures.medianOf(one, metric);
    if (value === null) return [];
    return {
      id: one.id,
      row: keys.indexOf(rowOf(comparison, one, down).key),
      column: values.indexOf(one.parameters[across]),
      value,
      change: figures.changeOf(one, metric)?.share ?? null,
      isSelected: selected.has(one.id),
    };
  });
  const map = {
    rows: [...rows.values()],
    columns: values.map((value) => parameterText(across, value)),
    rowTitle: rowsTitle(comparison, down),
    columnTitle: parameterTitle(across),
    cells,
    metricTitle: metric.title,
    metricName: metric.csvName,
    quantity: quantityOf(metric),
    baselineName: showsChange ? baselineName : null,
  };
  return { map, members };
}
