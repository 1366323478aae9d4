import { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly.ts';
import { allowing, closedMap, oneOf, oneOrMore, textLine, wholeNumber } from '../schema-parts.ts';
import { METRIC_FORMS, readMetric, unitOfMetric } from './metric.ts';
import type { Metric } from './metric.ts';
import { readSize, readTime } from './sizes.ts';
import { costModelIdSchema, tracerSchema } from './sweep-schema.ts';
import { workloadFields } from './workload-schema.ts';

function choiceOf<Value extends z.ZodType>(value: Value) {
  return z.exactOptional(oneOrMore(value));
}

/** Which trials are meant: each key names one value or several. Keys left out match everything. */
export const selectionSchema = closedMap({
  layout: choiceOf(textLine('the name of a layout')),
  strategy: choiceOf(textLine('the name of a strategy')),
  costModel: choiceOf(costModelIdSchema),
  tracer: choiceOf(tracerSchema),
  replicate: choiceOf(wholeNumber(0, 1_000_000)),
  api: choiceOf(workloadFields.api),
  operation: choiceOf(workloadFields.operation),
  path: choiceOf(workloadFields.path),
  blockSize: choiceOf(workloadFields.blockSize),
  offset: choiceOf(workloadFields.offset),
  logicalBlockSize: choiceOf(workloadFields.logicalBlockSize),
  access: choiceOf(workloadFields.access),
  count: choiceOf(workloadFields.count),
  warmUp: choiceOf(workloadFields.warmUp),
  threads: choiceOf(workloadFields.threads),
  queueDepth: choiceOf(workloadFields.queueDepth),
  pagesPerCall: choiceOf(workloadFields.pagesPerCall),
});

export type Selection = DeepReadonly<z.output<typeof selectionSchema>>;
export type SelectionKey = keyof Selection;

const metricSchema = textLine(METRIC_FORMS).superRefine((text, context) => {
  const reading = readMetric(text);
  if (!reading.ok) context.addIssue({ code: 'custom', message: reading.message });
});

const toleranceOption = allowing('a share such as 0.01 or 1%, from 0 to 100%');
const toleranceSchema = z
  .union([z.number(), z.string().meta({ pattern: '^[0-9.]+%$' })], toleranceOption)
  .transform((value) => {
    if (typeof value === 'number') return value;
    return /^\d{1,3}(\.\d{1,6})?%$/.test(value) ? Number(value.slice(0, -1)) / 100 : Number.NaN;
  })
  .refine((share) => share >= 0 && share <= 1, toleranceOption);

/** How two figures are compared. `within`: no further apart than `tolerance`, a share of the second. */
export const RELATIONS = ['less', 'at-most', 'equal', 'at-least', 'greater', 'within'] as const;
export type Relation = (typeof RELATIONS)[number];

/** How replicates are joined into one figure. */
export const REPLICATE_STATISTICS = ['median', 'mean', 'least', 'most'] as const;
export type ReplicateStatistic = (typeof REPLICATE_STATISTICS)[number];

const factorOption = allowing('a number above 0');
const expectFields = closedMap({
  text: textLine('the claim in words'),
  metric: metricSchema,
  of: selectionSchema.prefault({}).describe('trials whose metric stands on the left'),
  statistic: oneOf(REPLICATE_STATISTICS)
    .default('median')
    .describe('how replicates are joined into one figure'),
  relation: oneOf(RELATIONS).describe('how left and right are compared'),
  value: z.exactOptional(
    z
      .union([z.number(), z.string()], allowing('a number, a time or a size'))
      .describe('the right side as a figure, in the unit of the metric'),
  ),
  than: z.exactOptional(
    selectionSchema.describe('or the right side as trials; what is not named stays as on the left'),
  ),
  factor: z.exactOptional(
    z.number(factorOption).positive(factorOption).describe('multiplies what than selects'),
  ),
  tolerance: z.exactOptional(
    toleranceSchema.describe('for within: how far apart, as a share of the right side'),
  ),
});

type ExpectFields = z.output<typeof expectFields>;

/** Reads `value` in the unit of the metric: nanoseconds, bytes or a plain number. */
function readValue(metric: Metric, value: string | number): ReturnType<typeof readTime> {
  if (typeof value === 'number') return { ok: true, value };
  const unit = unitOfMetric(metric);
  if (unit === 'ns') return readTime(value);
  if (unit === 'bytes') return readSize(value);
  return { ok: false, message: `found ${JSON.stringify(value)}; this metric takes a plain number` };
}

/** Contradictions between the keys of one entry: the key and why. */
function contradictions(entry: ExpectFields): (readonly [keyof ExpectFields, string])[] {
  const { value, than, factor, tolerance, relation } = entry;
  const found: (readonly [keyof ExpectFields, string])[] = [];
  if (value === undefined && than === undefined) {
    found.push(['value', 'is missing; a comparison takes either value or than']);
  }
  if (value !== undefined && than !== undefined) {
    found.push(['than', 'found beside value; a comparison takes either value or than']);
  }
  if (factor !== undefined && than === undefined) {
    found.push(['factor', 'found without than; it multiplies what than selects']);
  }
  if (relation === 'within' && tolerance === undefined) {
    found.push(['tolerance', 'is missing; relation within takes a share such as 1%']);
  }
  if (relation !== 'within' && tolerance !== undefined) {
    found.push(['tolerance', `found with relation ${relation}; only within takes a tolerance`]);
  }
  return found;
}

/** One claim that a run checks, with `value` in the unit of its metric: nanoseconds, bytes or a number. */
export type ExpectOfFile = DeepReadonly<Omit<ExpectFields, 'value'> & { value?: number }>;

/** One entry of `expect`: a structured comparison, nothing is evaluated as code. */
export const expectSchema = expectFields
  .superRefine((entry, context) => {
    for (const [key, message] of contradictions(entry)) {
      context.addIssue({ code: 'custom', path: [key], message });
    }
  })
  .transform((entry, context): ExpectOfFile => {
    const { value, ...rest } = entry;
    const reading = readMetric(entry.metric);
    if (value === undefined || !reading.ok) return rest;
    const figure = readValue(reading.metric, value);
    if (figure.ok) return { ...rest, value: figure.value };
    context.addIssue({ code: 'custom', path: ['value'], message: figure.message });
    return z.NEVER;
  });
