import { z } from 'zod';

/** What `schema` says in a layout that is kept as a measurement, of this version. */
export const CAPTURED_LAYOUT_SCHEMA = 'folio-lab/layout@1';

const number = z.int().nonnegative();
const word = z.string().max(200);

/** A layout as it is kept: a row for each extent, with the columns of a layout CSV. */
export const capturedLayoutDocumentSchema = z.strictObject({
  schema: z.literal(CAPTURED_LAYOUT_SCHEMA),
  kind: z.literal('layout'),
  /** `va_page, pfn, pages, order, leaf, flags`; flags joined by `|`. */
  rows: z.array(z.tuple([number, number, number, number, word, word]).readonly()).readonly(),
});

/** See {@link capturedLayoutDocumentSchema}. */
export type CapturedLayoutDocument = z.infer<typeof capturedLayoutDocumentSchema>;
