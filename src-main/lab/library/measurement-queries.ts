import { isMeasurementKind, parseMeasurementDocument } from '#contract';
import type { MeasurementDocument, MeasurementRecord } from '#contract';
import type { Connection } from './connection.ts';
import type { Visibility } from './labels.ts';
import { LibraryError } from './library-error.ts';
import { parseObject } from './parse-stored.ts';

/** Which measurements a list shows. */
export type MeasurementFilter = {
  /** Only of this session, even when it is in the trash. */
  readonly sessionId?: string;
  /** Default false. `true` is the trash; the measurements of a deleted session are there with it. */
  readonly deleted?: Visibility;
};

type MeasurementRow = {
  readonly id: string;
  readonly session_id: string;
  readonly kind: string;
  readonly name: string;
  readonly file_name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly command: string | null;
  readonly summary: string;
  readonly imported_at: string;
  readonly notes: string;
  readonly deleted_at: string | null;
};

/** All but the document, which may be large. */
const SELECT = `SELECT measurements.id, session_id, kind, measurements.name, file_name, sha256, bytes,
  command, summary, imported_at, measurements.notes, measurements.deleted_at
  FROM measurements JOIN sessions ON sessions.id = session_id`;

function recordFromRow(row: MeasurementRow): MeasurementRecord {
  if (!isMeasurementKind(row.kind)) {
    throw new LibraryError(
      'damaged',
      `Measurement ${row.id} in the library has the unknown kind ${row.kind}.`,
    );
  }
  return {
    id: row.id,
    sessionId: row.session_id,
    kind: row.kind,
    name: row.name,
    fileName: row.file_name,
    sha256: row.sha256,
    bytes: row.bytes,
    command: row.command,
    summary: row.summary,
    importedAt: row.imported_at,
    notes: row.notes,
    deletedAt: row.deleted_at,
  };
}

/** Measurements that pass a filter, the latest first. */
export function listMeasurements(
  { database, reading }: Connection,
  { sessionId, deleted = false }: MeasurementFilter,
): readonly MeasurementRecord[] {
  const mark =
    sessionId === undefined
      ? 'coalesce(measurements.deleted_at, sessions.deleted_at)'
      : 'measurements.deleted_at';
  const conditions = [
    ...(sessionId === undefined ? [] : ['session_id = @sessionId']),
    ...(deleted === 'any' ? [] : [`${mark} IS ${deleted ? 'NOT NULL' : 'NULL'}`]),
  ];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  return reading(() =>
    database
      .prepare<[{ readonly sessionId: string | null }], MeasurementRow>(
        `${SELECT} ${where} ORDER BY imported_at DESC, measurements.id`,
      )
      .all({ sessionId: sessionId ?? null })
      .map(recordFromRow),
  );
}

function selectWhere(
  { database, reading }: Connection,
  condition: string,
  ...values: readonly (string | number)[]
): readonly MeasurementRecord[] {
  return reading(() =>
    database
      .prepare<(string | number)[], MeasurementRow>(`${SELECT} WHERE ${condition}`)
      .all(...values)
      .map(recordFromRow),
  );
}

/** The measurement with exactly this id, or null. */
export function readMeasurement(connection: Connection, id: string): MeasurementRecord | null {
  return selectWhere(connection, 'measurements.id = ?', id)[0] ?? null;
}

/** Measurements whose id begins so, in the trash or not. */
export function readMeasurementsByPrefix(
  connection: Connection,
  prefix: string,
): readonly MeasurementRecord[] {
  return selectWhere(connection, 'substr(measurements.id, 1, ?) = ?', prefix.length, prefix);
}

/** The measurement that a session made of this file, in the trash or not. */
export function readMeasurementOfFile(
  connection: Connection,
  sessionId: string,
  sha256: string,
): MeasurementRecord | null {
  return selectWhere(connection, 'session_id = ? AND sha256 = ?', sessionId, sha256)[0] ?? null;
}

/** What was read from the file of a measurement. @throws {LibraryError} `damaged`. */
export function readMeasurementDocument(
  { database, reading }: Connection,
  id: string,
): MeasurementDocument | null {
  const row = reading(() =>
    database
      .prepare<[string], { readonly document: string }>(
        'SELECT document FROM measurements WHERE id = ?',
      )
      .get(id),
  );
  if (row === undefined) return null;
  const parsed = parseMeasurementDocument(parseObject(row.document, `Measurement ${id}`));
  if (parsed.ok) return parsed.document;
  throw new LibraryError(
    'damaged',
    `Measurement ${id} in the library cannot be read: ${parsed.message}.`,
  );
}
