import { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly.ts';
import { remarkSchema } from './remark.ts';

/** What `schema` says in a call trace of this version. */
export const CALL_TRACE_SCHEMA = 'folio-lab/call-trace@1';

/** The most paths of a call tree that are kept; a trace with more follows too many functions. */
export const MOST_CALL_PATHS = 50_000;
/** The deepest nesting that is read. The kernel itself keeps track of less. */
export const MOST_NESTED_CALLS = 256;

/** Said of every trace. */
export const TRACING_INFLATES =
  'Tracing inflates time: every traced call costs an entry and an exit that its callers pay for too; ' +
  'compare counts, and times only with traced times.';

const count = z.int().nonnegative();
/** Unit: nanoseconds. */
const time = z.number().nonnegative();

const timesShape = {
  name: z.string().max(512),
  /** The module the function is in; null for the kernel itself. */
  module: z.string().max(128).nullable(),
  /** Calls that were seen from beginning to end. */
  calls: count,
  /** Time from entry to exit, of all calls together. */
  totalNs: time,
  /** Time less that of the traced calls within. */
  selfNs: time,
  /** Of one call; 0 where none is whole. */
  minNs: time,
  maxNs: time,
  /** Calls of which the trace has only a part; they are in no other figure. */
  cutOffCalls: count,
};

const functionSchema = z.strictObject(timesShape);

/** A function, whoever called it. */
export type CallTraceFunction = Readonly<z.infer<typeof functionSchema>>;
/** A function by the path that led to it; `children` in the order in which they were first seen. */
export type CallTracePath = CallTraceFunction & { readonly children: readonly CallTracePath[] };

const pathSchema: z.ZodType<CallTracePath> = z.strictObject({
  ...timesShape,
  children: z.array(z.lazy(() => pathSchema)).readonly(),
});

const partSchema = z.strictObject({
  /** Where it begins and ends in the file, from 1. */
  firstLine: z.int().positive(),
  lastLine: z.int().positive(),
  /** CPUs that ran something, ascending; empty where the text has no CPU column. */
  cpus: z.array(count).readonly(),
  /** How many tasks the text tells apart; 0 where it names none. */
  tasks: count,
  /** Whole calls as they stand in the text, and with repetitions written out. */
  literalCalls: count,
  calls: count,
  /** Calls that begin before the text or a gap in it, or end after. */
  cutOffCalls: count,
  /** Marks of lost events, and how many events they say were lost. */
  lostMarks: count,
  lostEvents: count,
  /** Calls that the kernel did not follow because its stack was full. */
  overruns: count,
  /** Interrupts that came in the middle of a call. */
  interrupts: count,
  /** Calls by path: the same function under the same callers is one. */
  roots: z.array(pathSchema).readonly(),
  /** Calls by function, whoever called it; the longest self time first. */
  functions: z.array(functionSchema).readonly(),
});

/** A call trace: the calls of a `function_graph` text, added up by path and by function. */
export const callTraceDocumentSchema = z.strictObject({
  schema: z.literal(CALL_TRACE_SCHEMA),
  kind: z.literal('function-graph'),
  /** Ftrace's own text, the report of trace-cmd, or listings that were shortened by hand. */
  format: z.enum(['ftrace', 'trace-cmd', 'listings']),
  /** One, or one for each listing. */
  parts: z.array(partSchema).readonly(),
  assumptions: z.array(remarkSchema).readonly(),
  warnings: z.array(remarkSchema).readonly(),
});

/** What was recorded in one go. */
export type CallTracePart = DeepReadonly<z.infer<typeof partSchema>>;
/** See {@link callTraceDocumentSchema}. */
export type CallTraceDocument = DeepReadonly<z.infer<typeof callTraceDocumentSchema>>;
