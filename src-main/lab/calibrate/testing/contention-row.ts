import type { SpanRow } from '#contract';

/** A row of the table `contention`, with nothing of it said that a prediction does not read. */
export function contentionRow(
  test: string,
  variant: string,
  metric: string,
  layout: string,
  bytes: number,
  differences: Partial<SpanRow> = {},
): SpanRow {
  return {
    ...{ line: 2, table: 'contention', run: 5, layout, mode: null, bytes, offsetBytes: null },
    ...{ metric, device: null, op: null, pages: null, folios: null, folioPages: null },
    ...{ physicalRuns: null, leafEntries: null, pmdShare: null, test, variant, samples: null },
    ...{ minNs: null, p50Ns: 1000, p90Ns: null, p99Ns: null, meanNs: null },
    ...differences,
  };
}
