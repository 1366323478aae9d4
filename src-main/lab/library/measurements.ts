import { randomUUID } from 'node:crypto';
import type { MeasurementDocument, MeasurementRecord } from '#contract';
import { timestamp } from './context.ts';
import type { LibraryContext } from './context.ts';
import { checkedName, theOnly } from './labels.ts';
import { LibraryError } from './library-error.ts';
import {
  listMeasurements,
  readMeasurement,
  readMeasurementDocument,
  readMeasurementOfFile,
  readMeasurementsByPrefix,
} from './measurement-queries.ts';
import type { MeasurementFilter } from './measurement-queries.ts';
import { requireSession } from './sessions.ts';

/** A measured file that was read. */
export type MeasurementStart = Pick<
  MeasurementRecord,
  'sessionId' | 'name' | 'fileName' | 'sha256' | 'bytes' | 'command' | 'summary'
> & { readonly document: MeasurementDocument };

/** What became of a measured file: added, there already, or taken out of the trash. */
export type AddedMeasurement = {
  readonly record: MeasurementRecord;
  readonly outcome: 'added' | 'known' | 'restored';
};

export type Measurements = {
  /**
   * Adds what was read from a file to a session. A file with the same bytes is in a session once.
   *
   * @throws {LibraryError} `not-found`, `in-trash` or `bad-name`.
   */
  readonly addMeasurement: (start: MeasurementStart) => AddedMeasurement;
  /**
   * The measurement with this id, or the only one whose id begins so; null when there is none.
   *
   * @throws {LibraryError} `ambiguous`.
   */
  readonly findMeasurement: (idOrPrefix: string) => MeasurementRecord | null;
  /** Measurements that pass the filter, the latest first. */
  readonly measurements: (filter?: MeasurementFilter) => readonly MeasurementRecord[];
  /** What was read from its file. @throws {LibraryError} `not-found` or `damaged`. */
  readonly measurementDocument: (id: string) => MeasurementDocument;
  /** @throws {LibraryError} `not-found` or `bad-name`. */
  readonly renameMeasurement: (id: string, name: string) => MeasurementRecord;
  /** @throws {LibraryError} `not-found`. */
  readonly setMeasurementNotes: (id: string, notes: string) => MeasurementRecord;
  /** Moves it to the trash. @throws {LibraryError} `not-found`. */
  readonly deleteMeasurement: (id: string) => MeasurementRecord;
  /** Takes it out of the trash. @throws {LibraryError} `not-found`. */
  readonly restoreMeasurement: (id: string) => MeasurementRecord;
  /** Deletes for good what is in the trash. @throws {LibraryError} `not-found` or `not-in-trash`. */
  readonly purgeMeasurement: (id: string) => void;
};

function requireMeasurement({ connection }: LibraryContext, id: string): MeasurementRecord {
  const record = readMeasurement(connection, id);
  if (record !== null) return record;
  throw new LibraryError('not-found', `There is no measurement ${id} in ${connection.path}.`);
}

function setColumn(
  context: LibraryContext,
  id: string,
  column: 'name' | 'notes' | 'deleted_at',
  value: string | null,
): MeasurementRecord {
  requireMeasurement(context, id);
  context.connection.database
    .prepare(`UPDATE measurements SET ${column} = ? WHERE id = ?`)
    .run(value, id);
  return requireMeasurement(context, id);
}

function addMeasurement(context: LibraryContext, start: MeasurementStart): AddedMeasurement {
  const { connection } = context;
  const session = requireSession(context, start.sessionId);
  if (session.deletedAt !== null) {
    throw new LibraryError(
      'in-trash',
      `Session ${session.name} is in the trash; restore it first.`,
    );
  }
  const known = readMeasurementOfFile(connection, start.sessionId, start.sha256);
  if (known !== null) {
    if (known.deletedAt === null) return { record: known, outcome: 'known' };
    return { record: setColumn(context, known.id, 'deleted_at', null), outcome: 'restored' };
  }
  const id = randomUUID();
  const { document, ...record } = start;
  connection.database
    .prepare(
      `INSERT INTO measurements (
         id, session_id, kind, name, file_name, sha256, bytes, command, summary, document, imported_at
       ) VALUES (
         @id, @sessionId, @kind, @name, @fileName, @sha256, @bytes, @command, @summary, @document,
         @importedAt
       )`,
    )
    .run({
      ...record,
      id,
      kind: document.kind,
      name: checkedName(start.name, 'measurement'),
      document: JSON.stringify(document),
      importedAt: timestamp(context),
    });
  return { record: requireMeasurement(context, id), outcome: 'added' };
}

function purgeMeasurement(context: LibraryContext, id: string): void {
  if (requireMeasurement(context, id).deletedAt === null) {
    throw new LibraryError(
      'not-in-trash',
      `Measurement ${id} is not in the trash; delete it first.`,
    );
  }
  context.connection.database.prepare('DELETE FROM measurements WHERE id = ?').run(id);
}

function findMeasurement({ connection }: LibraryContext, text: string): MeasurementRecord | null {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return null;
  return (
    readMeasurement(connection, wanted) ??
    theOnly(readMeasurementsByPrefix(connection, wanted), 'measurement', text)
  );
}

function measurementDocument({ connection }: LibraryContext, id: string): MeasurementDocument {
  const document = readMeasurementDocument(connection, id);
  if (document !== null) return document;
  throw new LibraryError('not-found', `There is no measurement ${id} in ${connection.path}.`);
}

/** The measurements of an opened library. */
export function createMeasurements(context: LibraryContext): Measurements {
  const { inSnapshot, writing } = context.connection;
  const set = (
    id: string,
    column: 'name' | 'notes' | 'deleted_at',
    value: string | null,
  ): MeasurementRecord => writing(() => setColumn(context, id, column, value));
  return {
    addMeasurement: (start) => writing(() => addMeasurement(context, start)),
    findMeasurement: (idOrPrefix) => inSnapshot(() => findMeasurement(context, idOrPrefix)),
    measurements: (filter = {}) => listMeasurements(context.connection, filter),
    measurementDocument: (id) => measurementDocument(context, id),
    renameMeasurement: (id, name) => set(id, 'name', checkedName(name, 'measurement')),
    setMeasurementNotes: (id, notes) => set(id, 'notes', notes),
    deleteMeasurement: (id) => set(id, 'deleted_at', timestamp(context)),
    restoreMeasurement: (id) => set(id, 'deleted_at', null),
    purgeMeasurement: (id) => writing(() => purgeMeasurement(context, id)),
  };
}
