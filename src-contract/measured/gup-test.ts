import { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly.ts';
import { remarkSchema } from './remark.ts';

/** What `schema` says in the results of gup_test of this version. */
export const GUP_TEST_SCHEMA = 'folio-lab/gup-test@1';

/** Tests of gup_test, by the names it prints. Source: Linux 6.12 tools/testing/selftests/mm/gup_test.c. */
export const GUP_TESTS = [
  'GUP_FAST_BENCHMARK',
  'PIN_FAST_BENCHMARK',
  'PIN_LONGTERM_BENCHMARK',
  'GUP_BASIC_TEST',
  'PIN_BASIC_TEST',
  'DUMP_USER_PAGES_TEST',
  'GUP_BENCHMARK',
  'GUP_LONGTERM_BENCHMARK',
  'PIN_BENCHMARK',
] as const;
export type GupTestName = (typeof GUP_TESTS)[number];

const text = z.string().max(4096);
const count = z.int().nonnegative();
const microseconds = z.number().nonnegative();

const settingsSchema = z.strictObject({
  program: z.enum(['gup_test', 'gup_benchmark']),
  test: z.enum(GUP_TESTS),
  /** Memory of one repetition (`-m`). Unit: bytes. */
  bytes: count,
  /** Pages of one call (`-n`); null where all pages are taken in one call. */
  pagesPerCall: count.nullable(),
  repeats: count,
  threads: count,
  /** Whether huge pages are asked for (`-t`), declined (`-T`), or left to the system. */
  hugePages: z.enum(['asked-for', 'declined', 'as-configured']),
  isHugetlb: z.boolean(),
  isShared: z.boolean(),
  /** Whether the pages are taken to be written (FOLL_WRITE). */
  isWrite: z.boolean(),
  /** Whether GUP itself faults the pages in (`-z`). */
  isTouchedByGup: z.boolean(),
  /** Further FOLL_ flags (`-F`). */
  gupFlags: count,
  /** What is mapped (`-f`). */
  file: text,
});

const resultSchema = z.strictObject({
  /** Of the file, from 1. */
  line: z.int().positive(),
  /** Null where neither the line nor a command line says it. */
  test: z.enum(GUP_TESTS).nullable(),
  getMicroseconds: microseconds,
  putMicroseconds: microseconds,
  /** Memory that was taken and put back; null where no command line says it. Unit: bytes. */
  bytes: count.nullable(),
  /** Whether less was taken than asked for. */
  isTruncated: z.boolean(),
});

const groupSchema = z.strictObject({
  /** The command line that made the results; null where there is none. */
  command: text.nullable(),
  /** Where it stands in the file; null where it was given apart from it. */
  commandLine: z.int().positive().nullable(),
  /** What the command line says, defaults included; null without one. */
  settings: settingsSchema.nullable(),
  results: z.array(resultSchema).readonly(),
  /** Tests that report no time. */
  untimed: z
    .array(z.strictObject({ line: z.int().positive(), test: z.enum(GUP_TESTS) }))
    .readonly(),
});

/** The results of gup_test, grouped by the command lines that made them. */
export const gupTestDocumentSchema = z.strictObject({
  schema: z.literal(GUP_TEST_SCHEMA),
  kind: z.literal('gup-test'),
  groups: z.array(groupSchema).readonly(),
  assumptions: z.array(remarkSchema).readonly(),
  warnings: z.array(remarkSchema).readonly(),
});

/** What one command line of gup_test asks for. */
export type GupTestSettings = DeepReadonly<z.infer<typeof settingsSchema>>;
/** One line of results: a repetition of one thread. */
export type GupTestResult = DeepReadonly<z.infer<typeof resultSchema>>;
/** Results that one command line made. */
export type GupTestGroup = DeepReadonly<z.infer<typeof groupSchema>>;
/** See {@link gupTestDocumentSchema}. */
export type GupTestDocument = DeepReadonly<z.infer<typeof gupTestDocumentSchema>>;
