import type { Case, Comparison } from './comparison.ts';
import type { FigureReader } from './figures.ts';
import type { Metric } from './metrics.ts';
import type { ParameterValue, TrialParameter } from './parameters.ts';
import { compareValues } from './parameters.ts';

/** Values a user wants to see of each parameter; a parameter without an entry is not narrowed. */
export type Facets = Partial<Readonly<Record<TrialParameter, readonly ParameterValue[]>>>;

/** The cases that facets leave. */
export function narrowedBy(cases: readonly Case[], facets: Facets): readonly Case[] {
  const wanted = Object.entries(facets).filter(([, values]) => values.length > 0);
  return cases.filter(({ parameters }) =>
    wanted.every(([name, values]) =>
      Object.entries(parameters).some(([own, value]) => own === name && values.includes(value)),
    ),
  );
}

/** The values a parameter has, figures ascending, words in the order of the plan. */
export function valuesOf(cases: readonly Case[], name: TrialParameter): readonly ParameterValue[] {
  return [...new Set(cases.map(({ parameters }) => parameters[name]))].sort(compareValues);
}

/** The members of a group, in the order of the subjects. */
export function groupMembers(cases: readonly Case[], group: string): readonly Case[] {
  return cases.filter((one) => one.group === group);
}

/**
 * The group worth looking at first: the one in which any subject is furthest from the baseline.
 *
 * @returns Ids of its members; the first group's when none can be compared.
 */
export function mostTellingGroup(
  { cases }: Pick<Comparison, 'cases'>,
  figures: Pick<FigureReader, 'changeOf'>,
  metric: Metric,
): readonly string[] {
  let most = -1;
  let group = cases[0]?.group ?? null;
  for (const one of cases) {
    const size = Math.abs(figures.changeOf(one, metric)?.share ?? 0);
    if (size > most) {
      most = size;
      group = one.group;
    }
  }
  return group === null ? [] : groupMembers(cases, group).map(({ id }) => id);
}
