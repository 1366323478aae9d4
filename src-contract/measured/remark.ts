import { z } from 'zod';

/** Something an importer has to say about a file that it read: what it assumed, or what it warns of. */
export const remarkSchema = z.strictObject({
  /** Of the file, from 1; null where it is about the whole file. */
  line: z.int().positive().nullable(),
  text: z.string().max(1000),
});
export type Remark = Readonly<z.infer<typeof remarkSchema>>;
