import { z } from 'zod';

/** What `schema` says in a plain table of this version. */
export const PLAIN_TABLE_SCHEMA = 'folio-lab/plain-table@1';

/** Tables of a measurement campaign that hold no spans: they are kept and shown as they stand. */
export const PLAIN_TABLES = ['primitives', 'profile'] as const;

const cell = z.string().max(4096);

/** A table as it is kept: its cells as text. */
export const plainTableDocumentSchema = z.strictObject({
  schema: z.literal(PLAIN_TABLE_SCHEMA),
  kind: z.literal('plain-table'),
  table: z.enum(PLAIN_TABLES),
  columns: z.array(cell).readonly(),
  rows: z.array(z.array(cell).readonly()).readonly(),
});

/** See {@link plainTableDocumentSchema}. */
export type PlainTableDocument = z.infer<typeof plainTableDocumentSchema>;
