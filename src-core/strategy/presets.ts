import type { Policies, PolicyValue } from './policies.ts';

/** A parameter of a preset: allowed words, or the range of a whole number; `false`/`true` for a switch. */
export type ParameterDescription = {
  readonly name: string;
  readonly meaning: string;
  readonly initial: PolicyValue;
  readonly values: readonly PolicyValue[] | { readonly least: number; readonly most: number };
};

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
const TODAY: Policies = {
  era: 'v7.0',
  walk: 'fast',
  step: 'leaf',
  fallback: 'keep',
  grab: 'per-leaf',
  kind: 'pin',
  references: 'pages',
  visit: 'each',
  result: 'page-pointers',
  memory: 'overlay',
  entries: 31,
  header: 8,
  threshold: 32,
  unit: 'pages',
  pages: 1,
  naturalBoundary: true,
  add: 'scan-direct',
  release: 'per-run',
};

/** The prototype of the 2024 talk with its holes closed: one reference and one vector for each run. */
const PROTOTYPE: Policies = {
  ...TODAY,
  era: 'v6.11',
  grab: 'per-run',
  references: 'one',
  visit: 'each',
  result: 'folio-range',
  memory: 'per-io',
  add: 'ranges',
};

const ENTRIES = { least: 1, most: 65_536 } as const;

/** Every named strategy, in the order in which they are listed. */
export const PRESETS: readonly Preset[] = [
  {
    id: 'gup-locked',
    title: 'get_user_pages under mmap_sem, 64 pages a call (up to 2.6.26)',
    source: 'Linux 2.6.26 mm/memory.c, fs/direct-io.c',
    parameters: [{ name: 'batch', meaning: 'pages a call asks for', initial: 64, values: ENTRIES }],
    policies: ({ batch }) => ({
      ...TODAY,
      era: 'v2.6',
      walk: 'locked',
      step: 'page',
      grab: 'per-page',
      kind: 'get',
      memory: 'stack',
      entries: Number(batch),
      header: 0,
      add: 'page-per-bvec',
      release: 'per-page',
    }),
  },
  {
    id: 'per-page',
    title: 'every page grabbed, merged and released by itself',
    source: 'Linux 5.10 (plain references) and 6.11 (pins)',
    parameters: [
      {
        name: 'kernel',
        meaning: 'whose rules apply',
        initial: 'v6.11',
        values: ['v5.10', 'v6.11'],
      },
    ],
    policies: ({ kernel }) => ({
      ...TODAY,
      era: kernel === 'v5.10' ? 'v5.10' : 'v6.11',
      kind: kernel === 'v5.10' ? 'get' : 'pin',
      add: 'merge-per-page',
      release: 'per-page',
    }),
  },
  {
    id: 'folio-add',
    title: 'pages grabbed one by one, added and released by folio',
    source: 'Linux 6.12 to 6.19 (runs merged) and 7.0 (runs written directly)',
    parameters: [
      { name: 'kernel', meaning: 'whose rules apply', initial: 'v6.12', values: ['v6.12', 'v7.0'] },
    ],
    policies: ({ kernel }) =>
      kernel === 'v6.12' ? { ...TODAY, era: 'v6.12', add: 'scan-and-merge' } : TODAY,
  },
  {
    id: 'today',
    title: 'what Linux 7.1 does: folio-add with v7.0 rules',
    source: 'Linux 7.1',
    parameters: [],
    policies: () => TODAY,
  },
  {
    id: 'folio-vec',
    title: 'folio ranges instead of pages, the array allocated for every I/O',
    source: 'Kumar, LPC 2024, with its holes closed (each) or batched',
    parameters: [
      {
        name: 'visit',
        meaning: 'look at each page, or compare entries in a batch',
        initial: 'each',
        values: ['each', 'batched'],
      },
    ],
    policies: ({ visit }) =>
      visit === 'batched' ? { ...PROTOTYPE, visit: 'batched', references: 'pages' } : PROTOTYPE,
  },
  {
    id: 'folio-batch',
    title: 'a fixed batch on the stack, as many calls as it takes',
    source: 'suggested by Hannes Reinecke, LPC 2024',
    parameters: [
      { name: 'entries', meaning: 'entries of one batch', initial: 31, values: ENTRIES },
      {
        name: 'form',
        meaning: 'folio ranges of 24 bytes, or bare pointers of 8',
        initial: 'range',
        values: ['range', 'pointer'],
      },
    ],
    policies: ({ entries, form }) => ({
      ...PROTOTYPE,
      result: form === 'pointer' ? 'folio-pointers' : 'folio-range',
      memory: 'stack',
      entries: Number(entries),
      header: 8,
    }),
  },
  {
    id: 'folio-threshold',
    title: 'the stack up to a threshold, an allocation above it',
    source: "Kumar, LPC 2024 (32 pages, the prototype's rule), or by runs",
    parameters: [
      { name: 'threshold', meaning: 'entries on the stack', initial: 32, values: ENTRIES },
      {
        name: 'unit',
        meaning: 'pages asked for, or runs found',
        initial: 'pages',
        values: ['pages', 'runs'],
      },
    ],
    policies: ({ threshold, unit }) => ({
      ...PROTOTYPE,
      memory: 'threshold',
      threshold: Number(threshold),
      unit: unit === 'runs' ? 'runs' : 'pages',
    }),
  },
];

/** Ids of all presets. */
export const PRESET_IDS: readonly string[] = PRESETS.map((preset) => preset.id);
