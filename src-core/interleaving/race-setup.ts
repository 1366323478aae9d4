/** How the driver holds the page it lets the device write to. */
export const RACE_REFERENCES = ['get', 'pin'] as const;
export type RaceReference = (typeof RACE_REFERENCES)[number];

/** What the kernel makes of pins: nothing, or what v7.1 does. */
export const RACE_RULES = ['none', 'v7.1'] as const;
export type RaceRules = (typeof RACE_RULES)[number];

/** The uses of pins proposed in 2018, each by itself. */
export const RACE_FIXES = ['hold-off-unmap', 'bounce-writeback', 'revocable-lease'] as const;
export type RaceFix = (typeof RACE_FIXES)[number];

/** What can be explored. */
export const RACE_MODELS = ['gup-dma', 'fork-cow'] as const;
export type RaceModel = (typeof RACE_MODELS)[number];

/**
 * One race to explore. Rules and fixes act on pins alone: a plain reference cannot be told from any
 * other, so with `get` they change nothing.
 */
export type RaceSetup = {
  readonly model: RaceModel;
  readonly reference: RaceReference;
  readonly rules: RaceRules;
  /** In any order; none twice. They concern pages of files, so `fork-cow` knows none of them. */
  readonly fixes: readonly RaceFix[];
};

/** What each choice means; the command line and the forms read this. */
export const RACE_MEANINGS: {
  readonly model: Readonly<Record<RaceModel, string>>;
  readonly reference: Readonly<Record<RaceReference, string>>;
  readonly rules: Readonly<Record<RaceRules, string>>;
  readonly fix: Readonly<Record<RaceFix, string>>;
} = {
  model: {
    'gup-dma': 'a device writes to a mapped page of a file, against reclaim and writeback',
    'fork-cow': 'a device writes to anonymous memory, against fork and copy-on-write',
  },
  reference: { get: 'plain references (FOLL_GET)', pin: 'DMA pins (FOLL_PIN)' },
  rules: { none: 'nobody looks at pins', 'v7.1': 'pins count as in Linux v7.1' },
  fix: {
    'hold-off-unmap': 'a pinned page is not unmapped',
    'bounce-writeback': 'a pinned page is written from a bounce buffer and stays dirty',
    'revocable-lease': 'whoever wants a pinned page revokes its lease and waits for the release',
  },
};
