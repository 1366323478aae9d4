import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { smallMeasurement } from '../testing/small-measurements.ts';
import { openLibrary } from './open-library.ts';
import type { Library } from './open-library.ts';
import { LibraryError } from './library-error.ts';
import { createTemporaryFolder } from './testing/temporary-folder.ts';

let folder: ReturnType<typeof createTemporaryFolder>;
let library: Library;
let sessionId: string;

beforeEach(() => {
  folder = createTemporaryFolder();
  library = openLibrary(`${folder.path}/library.db`, {
    clock: () => new Date('2026-01-02T03:04:05Z'),
  });
  sessionId = library.createSession('Captured').id;
});
afterEach(() => {
  library.close();
  folder.remove();
});

function codeOf(action: () => unknown): string {
  try {
    action();
    return 'no error';
  } catch (error) {
    return error instanceof LibraryError ? error.code : String(error);
  }
}

it('keeps what was read from a file, and finds it by its id or the beginning of it', () => {
  const start = smallMeasurement(sessionId);

  const { record, outcome } = library.addMeasurement(start);

  const { document, ...described } = start;
  expect(outcome).toBe('added');
  expect(record).toEqual({
    ...described,
    id: record.id,
    kind: 'span-table',
    importedAt: '2026-01-02T03:04:05.000Z',
    notes: '',
    deletedAt: null,
  });
  expect(library.findMeasurement(record.id.slice(0, 8))).toEqual(record);
  expect(library.measurementDocument(record.id)).toEqual(document);
  expect(library.measurements()).toEqual([record]);
});

it('has the same bytes in a session once, and in another session again', () => {
  const first = library.addMeasurement(smallMeasurement(sessionId));
  const other = library.createSession('Other').id;

  const second = library.addMeasurement({ ...smallMeasurement(sessionId), name: 'again' });
  const elsewhere = library.addMeasurement(smallMeasurement(other));

  expect(second).toEqual({ record: first.record, outcome: 'known' });
  expect(elsewhere.outcome).toBe('added');
  expect(library.measurements({ sessionId })).toHaveLength(1);
  expect(library.measurements()).toHaveLength(2);
});

it('goes through the trash like everything else', () => {
  const { record } = library.addMeasurement(smallMeasurement(sessionId));

  expect(codeOf(() => library.purgeMeasurement(record.id))).toBe('not-in-trash');
  library.deleteMeasurement(record.id);
  expect(library.measurements()).toEqual([]);
  expect(library.measurements({ deleted: true })).toHaveLength(1);
  expect(library.addMeasurement(smallMeasurement(sessionId)).outcome).toBe('restored');
  library.deleteMeasurement(record.id);
  library.purgeMeasurement(record.id);
  expect(library.findMeasurement(record.id)).toBeNull();
  expect(codeOf(() => library.measurementDocument(record.id))).toBe('not-found');
});

it('is in the trash with its session, and gone with it', () => {
  library.addMeasurement(smallMeasurement(sessionId));

  library.deleteSession(sessionId);
  expect(library.measurements()).toEqual([]);
  expect(library.measurements({ deleted: true })).toHaveLength(1);
  expect(codeOf(() => library.addMeasurement(smallMeasurement(sessionId, 7)))).toBe('in-trash');
  library.purgeSession(sessionId);
  expect(library.measurements({ deleted: 'any' })).toEqual([]);
});

it('changes in name and notes only', () => {
  const { record } = library.addMeasurement(smallMeasurement(sessionId));

  library.renameMeasurement(record.id, ' Monday ');
  expect(library.setMeasurementNotes(record.id, 'quiet machine')).toEqual({
    ...record,
    name: 'Monday',
    notes: 'quiet machine',
  });
  expect(codeOf(() => library.renameMeasurement(record.id, ' '))).toBe('bad-name');
  const database = new Database(library.path);
  expect(() => database.exec("UPDATE measurements SET document = '{}'")).toThrow(/does not change/);
  database.close();
});

it('does several things or none of them', () => {
  const action = () =>
    library.inOneTransaction(() => {
      const { id } = library.findOrCreateSession('New');
      library.addMeasurement(smallMeasurement(id));
      library.addMeasurement(smallMeasurement('no such session'));
    });

  expect(codeOf(action)).toBe('not-found');
  expect(library.findSession('New')).toBeNull();
  expect(library.measurements()).toEqual([]);
});

it('has all or none of the files of an import whose process was killed', async () => {
  const script = fileURLToPath(new URL('./testing/write-measurements.ts', import.meta.url));
  const child = spawn(process.execPath, [script, library.path], { stdio: 'pipe' });
  const exited = once(child, 'exit');
  let committed = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    committed = Number(line);
    if (committed >= 30) break;
  }
  child.kill('SIGKILL');
  await exited;

  const kept = library.measurements();
  expect(kept.length).toBeGreaterThanOrEqual(committed);
  expect(committed).toBeGreaterThanOrEqual(30);
  expect(kept.length % 3).toBe(0);
  for (const { id } of kept) expect(library.measurementDocument(id).kind).toBe('span-table');
});

it('says so when what it stored cannot be read', () => {
  const { record } = library.addMeasurement(smallMeasurement(sessionId));
  const database = new Database(library.path);
  database.exec(`DROP TRIGGER measurements_keep_their_record;
    UPDATE measurements SET document = '{"kind":"span-table","schema":"x","rows":1}'`);
  database.close();

  expect(codeOf(() => library.measurementDocument(record.id))).toBe('damaged');
});
