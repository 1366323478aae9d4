/**
 * A strategy as it is typed: a preset, and only what departs from it. Every value is a word, as on a
 * command line.
 */
export type StrategyWords = {
  readonly id: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly policies: Readonly<Record<string, string>>;
};

/** Folios of one order; sizes with units. */
export type UniformWords = {
  readonly kind: 'uniform';
  readonly size: string;
  readonly order: string;
  readonly frames: string;
  readonly leaf: string;
  readonly misalignment: string;
  readonly flags: string;
  readonly seed: string;
};

/** Folios of several orders; weights as `order:weight+order:weight`. */
export type MixedWords = {
  readonly kind: 'mixed';
  readonly size: string;
  readonly weights: string;
  readonly frames: string;
  readonly leaf: string;
  readonly flags: string;
  readonly seed: string;
};

/** What page faults find in memory that has been in use; orders as `order+order`. */
export type BuddyWords = {
  readonly kind: 'buddy';
  readonly size: string;
  readonly orders: string;
  readonly zone: string;
  readonly occupancy: string;
  readonly fragmentation: string;
  readonly misalignment: string;
  readonly flags: string;
  readonly seed: string;
};

/** How memory is mapped, as it is typed. */
export type LayoutWords =
  | { readonly kind: 'catalogue'; readonly name: string }
  | UniformWords
  | MixedWords
  | BuddyWords
  /** Rows of a layout CSV, without its heading; leaf and flags may be left out. */
  | { readonly kind: 'rows'; readonly text: string };
export type LayoutKind = LayoutWords['kind'];

/** What is to be explained, as it is typed: it may not make sense yet. */
export type Question = {
  readonly layout: LayoutWords;
  readonly api: string;
  readonly operation: string;
  readonly path: string;
  readonly caches: string;
  readonly offset: string;
  readonly length: string;
  /** Only for gup_test; empty for everything in one call. */
  readonly pagesPerCall: string;
  readonly strategy: StrategyWords;
  /** A second strategy on the same I/O. */
  readonly beside: StrategyWords | null;
  readonly costModel: string;
  readonly tracer: string;
};

/** A strategy without departures from its preset. */
export function presetWords(
  id: string,
  parameters: Readonly<Record<string, string>> = {},
): StrategyWords {
  return { id, parameters, policies: {} };
}

export const UNIFORM_DEFAULTS: UniformWords = {
  kind: 'uniform',
  size: '64MiB',
  order: '0',
  frames: 'scattered',
  leaf: 'pte',
  misalignment: '0',
  flags: '',
  seed: '1',
};

export const MIXED_DEFAULTS: MixedWords = {
  kind: 'mixed',
  size: '64MiB',
  weights: '0:3+2:2+5:1',
  frames: 'scattered',
  leaf: 'pmd',
  flags: '',
  seed: '1',
};

export const BUDDY_DEFAULTS: BuddyWords = {
  kind: 'buddy',
  size: '64MiB',
  orders: '',
  zone: '1GiB',
  occupancy: '0.5',
  fragmentation: '0.5',
  misalignment: '0',
  flags: '',
  seed: '1',
};

/** What is assumed where a command line or an address says nothing. */
export const QUESTION_DEFAULTS = {
  api: 'direct-io',
  operation: 'write',
  path: 'async',
  caches: 'hot',
  offset: '0',
  length: '128KiB',
  pagesPerCall: '',
  strategy: presetWords('today'),
  beside: null,
  costModel: 'textbook',
  tracer: 'off',
} as const;
