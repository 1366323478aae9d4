import type { FigureTotals } from '#core';

/** In what a figure is measured. */
export type FigureUnit = 'ns' | 'bytes' | 'count';

export type FigureName = keyof FigureTotals;
type FigureDescription = {
  readonly name: FigureName;
  readonly column: string;
  readonly unit: FigureUnit;
  readonly meaning: string;
};

/** Everything a trial measures that is neither an event nor a time. */
const DESCRIPTIONS: Readonly<Record<FigureName, Omit<FigureDescription, 'name'>>> = {
  pagesPerIo: {
    column: 'pages_per_io',
    unit: 'count',
    meaning: 'pages pinned and carried by one I/O, mean',
  },
  gupCallsPerIo: {
    column: 'gup_calls_per_io',
    unit: 'count',
    meaning: 'get_user_pages calls of one I/O, mean',
  },
  slowCallsPerIo: {
    column: 'slow_gup_calls_per_io',
    unit: 'count',
    meaning: 'get_user_pages calls of one I/O that needed the slow path, mean',
  },
  extractsPerIo: {
    column: 'extracts_per_io',
    unit: 'count',
    meaning: 'calls of one I/O that extract pages for a bio or a caller, mean',
  },
  biosPerIo: {
    column: 'bios_per_io',
    unit: 'count',
    meaning: 'bios of one I/O that carry a vector, mean',
  },
  biosStartedPerIo: {
    column: 'bios_started_per_io',
    unit: 'count',
    meaning: 'bios of one I/O that were started, whether they carry a vector or not, mean',
  },
  folioRunsPerIo: {
    column: 'folio_runs_per_io',
    unit: 'count',
    meaning: 'runs of consecutive pages of one folio in the range of one I/O, mean',
  },
  physicalRunsPerIo: {
    column: 'physical_runs_per_io',
    unit: 'count',
    meaning: 'runs of consecutive frames, whatever the folio, in the range of one I/O, mean',
  },
  irqOffPagesMost: {
    column: 'irq_off_pages_max',
    unit: 'count',
    meaning: 'most pages recorded in one section with interrupts off',
  },
  stackBytesMost: {
    column: 'stack_bytes_max',
    unit: 'bytes',
    meaning: 'most stack that one call used for its result',
  },
  heapBytesPerIo: {
    column: 'heap_bytes_per_io',
    unit: 'bytes',
    meaning: 'bytes of the slab classes that held the result of one I/O, mean',
  },
  heapRequestedPerIo: {
    column: 'heap_requested_bytes_per_io',
    unit: 'bytes',
    meaning: 'bytes asked for to hold the result of one I/O, mean',
  },
  bioBytesPerIo: {
    column: 'bio_bytes_per_io',
    unit: 'bytes',
    meaning: "bytes of the bios' own vectors of one I/O, mean",
  },
};

function isFigureName(name: string): name is FigureName {
  return Object.hasOwn(DESCRIPTIONS, name);
}

export const FIGURES: readonly FigureDescription[] = Object.keys(DESCRIPTIONS)
  .filter(isFigureName)
  .map((name) => ({ name, ...DESCRIPTIONS[name] }));
