import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.ts';
import { expectSchema } from './experiment/expect-schema.ts';
import { layoutSchema } from './experiment/layout-schema.ts';
import { strategySchema } from './experiment/strategy-schema.ts';
import { costModelIdSchema, sweepSchema, tracerSchema } from './experiment/sweep-schema.ts';
import { workloadSchema } from './experiment/workload-schema.ts';
import { allowing, closedMap, listOf, textLine, wholeNumber } from './schema-parts.ts';

/** What `schema:` says in an experiment file of this version. */
export const EXPERIMENT_SCHEMA = 'folio-lab/experiment@1';

const nameOption = allowing('letters, digits, dots, dashes and underscores, up to 100 of them');

/** The parts of an experiment file, each by itself. */
export const experimentFields = {
  schema: z
    .literal(EXPERIMENT_SCHEMA, allowing(EXPERIMENT_SCHEMA))
    .describe('version of the format'),
  name: z
    .string(nameOption)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, nameOption)
    .describe('what runs of the experiment are called'),
  title: textLine('one line that says what is compared'),
  question: textLine('the question the experiment answers'),
  source: textLine('where the question and its figures come from').default('not given'),
  seed: wholeNumber(0, Number.MAX_SAFE_INTEGER)
    .default(1)
    .describe('start of all random numbers; the same seed gives the same results'),
  replicates: wholeNumber(1, 10_000)
    .default(1)
    .describe('repetitions of every trial under other random numbers'),
  layouts: listOf(layoutSchema, 'a list of at least one layout').describe(
    'how the user buffer is mapped',
  ),
  workload: workloadSchema.describe('who pins what'),
  strategies: listOf(strategySchema, 'a list of at least one strategy').describe(
    'how memory is pinned, reported, added to a bio and released',
  ),
  costModel: costModelIdSchema.default('textbook').describe('nanoseconds per event'),
  tracer: tracerSchema.default('off').describe('whether function_graph is on'),
  sweep: sweepSchema
    .prefault({})
    .describe('lists of values; every combination is a point, the last list varies fastest'),
  expect: z
    .array(expectSchema, allowing('a list of comparisons'))
    .prefault([])
    .describe('claims that every run checks'),
};

/** A whole experiment file; what its parts say about each other is checked by `parseExperimentFile`. */
export const experimentSchema = closedMap(experimentFields);

/** An experiment as its file says it, with defaults filled in; sizes are bytes, times nanoseconds. */
export type ExperimentFile = DeepReadonly<z.output<typeof experimentSchema>>;
