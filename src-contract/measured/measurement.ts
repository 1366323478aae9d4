import { z } from 'zod';
import { callTraceDocumentSchema } from './call-trace.ts';
import type { CallTraceDocument } from './call-trace.ts';
import { capturedLayoutDocumentSchema } from './captured-layout.ts';
import type { CapturedLayoutDocument } from './captured-layout.ts';
import { fioDocumentSchema } from './fio.ts';
import type { FioDocument } from './fio.ts';
import { gupTestDocumentSchema } from './gup-test.ts';
import type { GupTestDocument } from './gup-test.ts';
import { plainTableDocumentSchema } from './plain-table.ts';
import type { PlainTableDocument } from './plain-table.ts';
import { spanTableDocumentSchema } from './span-table.ts';
import type { SpanTableDocument } from './span-table.ts';

/** What was read from a measured file, whatever its kind; `kind` tells which. */
export type MeasurementDocument =
  | CapturedLayoutDocument
  | GupTestDocument
  | CallTraceDocument
  | FioDocument
  | SpanTableDocument
  | PlainTableDocument;

export type MeasurementKind = MeasurementDocument['kind'];

const documentSchemas = {
  layout: capturedLayoutDocumentSchema,
  'gup-test': gupTestDocumentSchema,
  'function-graph': callTraceDocumentSchema,
  fio: fioDocumentSchema,
  'span-table': spanTableDocumentSchema,
  'plain-table': plainTableDocumentSchema,
} as const satisfies Readonly<Record<MeasurementKind, z.ZodType<MeasurementDocument>>>;

/** What each kind of measured file is called. */
export const MEASUREMENT_KINDS: Readonly<Record<MeasurementKind, string>> = {
  layout: 'layout',
  'gup-test': 'gup_test results',
  'function-graph': 'function_graph trace',
  fio: 'fio results',
  'span-table': 'measurement table',
  'plain-table': 'plain table',
};

/** Whether a word names a kind of measured file. */
export function isMeasurementKind(word: string): word is MeasurementKind {
  return Object.hasOwn(MEASUREMENT_KINDS, word);
}

export type MeasurementDocumentResult =
  | { readonly ok: true; readonly document: MeasurementDocument }
  | { readonly ok: false; readonly message: string };

/**
 * Checks a document that was stored.
 *
 * @param value  Plain data, as JSON gives it.
 * @returns The document, or what it is instead, without a full stop.
 */
export function parseMeasurementDocument(value: unknown): MeasurementDocumentResult {
  const kind = z.object({ kind: z.string(), schema: z.string() }).safeParse(value);
  if (!kind.success) return { ok: false, message: 'it says no kind and schema' };
  if (!isMeasurementKind(kind.data.kind)) {
    return { ok: false, message: `its kind ${JSON.stringify(kind.data.kind)} is not known` };
  }
  const parsed = documentSchemas[kind.data.kind].safeParse(value);
  if (parsed.success) return { ok: true, document: parsed.data };
  const [issue] = parsed.error.issues;
  const place = issue === undefined ? '' : ` at ${issue.path.map(String).join('.')}`;
  return { ok: false, message: `it is no ${kind.data.schema}${place}` };
}

/** A measured file that was imported. Immutable but for its name, notes and trash mark. */
export type MeasurementRecord = {
  /** UUID. */
  readonly id: string;
  readonly sessionId: string;
  readonly kind: MeasurementKind;
  readonly name: string;
  /** As it was called, without its folder. */
  readonly fileName: string;
  /** Of the file's bytes: 64 hexadecimal digits. */
  readonly sha256: string;
  /** Of the file. Unit: bytes. */
  readonly bytes: number;
  /** The command line that made it, as its importer was told; null where nobody said. */
  readonly command: string | null;
  /** What was read, in one line. */
  readonly summary: string;
  /** ISO 8601, UTC. */
  readonly importedAt: string;
  readonly notes: string;
  /** Since when it is in the trash. */
  readonly deletedAt: string | null;
};
