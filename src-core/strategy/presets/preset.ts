import type { Policies, PolicyValue } from '../policies.ts';

/** A parameter of a preset: allowed words, or the range of a whole number; `false`/`true` for a switch. */
export type ParameterDescription = {
  readonly name: string;
  readonly meaning: string;
  readonly initial: PolicyValue;
  readonly values: readonly PolicyValue[] | { readonly least: number; readonly most: number };
  /** Shown in the strategy's name even where it has its initial value. */
  readonly isNamed?: true;
};

/** Whether a parameter can be anything but what it is. */
export function hasChoice({ values }: ParameterDescription): boolean {
  return 'least' in values ? values.least < values.most : values.length > 1;
}

/** Parameters of a strategy, every one of its preset present. */
export type Parameters = Readonly<Record<string, PolicyValue>>;

/** A named composition. */
export type Preset = {
  readonly id: string;
  readonly title: string;
  /** Where the strategy comes from: kernel version or proposal. */
  readonly source: string;
  readonly parameters: readonly ParameterDescription[];
  readonly policies: (parameters: Parameters) => Policies;
};

/** v7.1 as it stands: what every other preset departs from. */
export const TODAY: Policies = {
  era: 'v7.0',
  walk: 'fast',
  step: 'leaf',
  fallback: 'keep',
  grab: 'per-leaf',
  kind: 'pin',
  readOnlyPins: 'pins',
  bookkeeping: 'none',
  devmap: 'era',
  references: 'pages',
  visit: 'each',
  result: 'page-pointers',
  memory: 'overlay',
  entries: 31,
  growth: 'restart',
  header: 8,
  threshold: 32,
  unit: 'pages',
  pages: 1,
  naturalBoundary: true,
  add: 'scan-direct',
  callers: 'converted',
  prototypeHoles: false,
  release: 'per-run',
};

/** The prototype of the 2024 talk with its holes closed: one reference and one vector for each run. */
export const PROTOTYPE: Policies = {
  ...TODAY,
  era: 'v6.11',
  grab: 'per-run',
  references: 'one',
  visit: 'each',
  result: 'folio-range',
  memory: 'per-io',
  add: 'ranges',
};

/** A number of result entries. */
export const ENTRIES = { least: 1, most: 65_536 } as const;
