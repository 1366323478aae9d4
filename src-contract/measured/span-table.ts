import { z } from 'zod';

/** What `schema` says in a measurement table of this version. */
export const SPAN_TABLE_SCHEMA = 'folio-lab/span-table@1';

/** Which campaign table a row is of: buffer registration, direct I/O, or threads beside each other. */
export const SPAN_TABLES = ['pin-register', 'direct-io', 'contention'] as const;

/** Whether the same buffer was used each time, or a random slot of a large region. */
export const SPAN_MODES = ['hot', 'walk'] as const;

const text = z.string().max(1000);
const figure = z.number().nonnegative();
const count = z.int().nonnegative();

const spanRowSchema = z.strictObject({
  line: z.int().positive(),
  table: z.enum(SPAN_TABLES),
  run: count.nullable(),
  layout: text,
  mode: z.enum(SPAN_MODES).nullable(),
  bytes: count,
  offsetBytes: count.nullable(),
  metric: text,
  device: text.nullable(),
  op: text.nullable(),
  pages: count.nullable(),
  folios: figure.nullable(),
  folioPages: figure.nullable(),
  physicalRuns: figure.nullable(),
  leafEntries: figure.nullable(),
  pmdShare: figure.nullable(),
  test: text.nullable(),
  variant: text.nullable(),
  samples: count.nullable(),
  minNs: figure.nullable(),
  p50Ns: figure,
  p90Ns: figure.nullable(),
  p99Ns: figure.nullable(),
  meanNs: figure.nullable(),
});

/** A measurement table as it is kept: every row of the file, in its order. */
export const spanTableDocumentSchema = z.strictObject({
  schema: z.literal(SPAN_TABLE_SCHEMA),
  kind: z.literal('span-table'),
  /** Columns of the file that no row here holds. */
  unreadColumns: z.array(text).readonly(),
  rows: z.array(spanRowSchema.readonly()).readonly(),
});

/**
 * One row of a measurement table: what one metric took on one layout. Times are in nanoseconds, as
 * they stand in the file. Null where the table has no such column or the cell is empty.
 *
 * - `line`: of the file, from 1.
 * - `table`: from what the row holds: one with a `test` is of `contention`; one with a device, an
 *   operation or a metric of direct I/O is of `direct-io`.
 * - `run`: which pass of the campaign; the speed of the machine may differ between runs.
 * - `mode`: null in `contention` alone, where the buffer is always the same.
 * - `bytes`: length of the buffer or I/O, 0 only in `contention` where nobody pins; `offsetBytes` its
 *   distance from the start of a folio.
 * - `folioPages`: mean true size of the folios, in pages of 4 KiB.
 * - `pmdShare`: share of the buffer mapped by PMD or PUD entries, 0 to 1.
 */
export type SpanRow = z.infer<typeof spanRowSchema>;

/** See {@link spanTableDocumentSchema}. */
export type SpanTableDocument = z.infer<typeof spanTableDocumentSchema>;
