import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LibraryError } from './library-error.ts';
import { openLibrary } from './open-library.ts';
import { exampleRun, exampleTrial } from './testing/records.ts';
import { createTemporaryFolder } from './testing/temporary-folder.ts';

let folder: ReturnType<typeof createTemporaryFolder>;
let path: string;

beforeEach(() => {
  folder = createTemporaryFolder();
  path = `${folder.path}/library.db`;
});
afterEach(() => folder.remove());

/** What opening a file says when it is refused, in one sentence. */
function refusal(file: string): Pick<LibraryError, 'code' | 'message'> {
  try {
    openLibrary(file).close();
  } catch (error) {
    if (error instanceof LibraryError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error(`${file} was opened`);
}

function fillLibrary(): void {
  const library = openLibrary(path);
  const run = library.startRun(exampleRun(library.createSession('night').id));
  library.appendTrials(run.id, [exampleTrial(0), exampleTrial(1)]);
  library.endRun(run.id, { status: 'finished', expectations: [] });
  library.close();
}

describe('opening a library', () => {
  it('makes the file and its folders, and takes an empty file for a new library', () => {
    const deep = `${folder.path}/a/b/library.db`;
    openLibrary(deep).close();
    writeFileSync(path, '');
    openLibrary(path).close();
    expect([deep, path].map((file) => readFileSync(file).toString('latin1', 0, 15))).toEqual([
      'SQLite format 3',
      'SQLite format 3',
    ]);
  });

  it('takes a file that has a header and nothing else, as a crash can leave it, for a new library', () => {
    const database = new Database(path);
    database.pragma('journal_mode = WAL');
    database.close();
    const library = openLibrary(path);
    expect(library.sessions()).toEqual([]);
    library.close();
  });

  it('refuses a library of a newer version without touching it', () => {
    fillLibrary();
    const database = new Database(path);
    database.pragma('user_version = 99');
    database.close();
    const before = readFileSync(path);
    const { code, message } = refusal(path);
    expect(code).toBe('newer-version');
    expect(message).toContain(`The library ${path} has version 99, and this Folio Lab reads up to`);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(folder.path)).toEqual(['library.db']);
  });

  it('sees a newer version that is still in the log of another process', () => {
    fillLibrary();
    const other = new Database(path);
    other.pragma('user_version = 99');
    const before = readFileSync(path);
    expect(refusal(path).code).toBe('newer-version');
    expect(readFileSync(path).equals(before)).toBe(true);
    other.close();
  });

  it('refuses the database of another program without touching it', () => {
    const database = new Database(path);
    database.exec('CREATE TABLE bookmarks (url TEXT)');
    database.close();
    const before = readFileSync(path);
    expect(refusal(path)).toEqual({
      code: 'not-a-library',
      message: `${path} is no library: it is an SQLite database of another program.`,
    });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(folder.path)).toEqual(['library.db']);
  });

  it('refuses a folder, a place below a file, a device and no name', () => {
    writeFileSync(path, 'text');
    mkdirSync(`${folder.path}/sub`);
    expect(refusal(`${folder.path}/sub`).message).toBe(
      `The library ${folder.path}/sub is a folder; name a file.`,
    );
    expect(refusal(`${path}/library.db`).code).toBe('cannot-open');
    expect(refusal('/dev/null').code).toBe('cannot-open');
    expect(refusal('').message).toBe('The library needs a file name.');
  });

  it('refuses a file and a folder that the user may not write', () => {
    fillLibrary();
    const migrations = `${folder.path}/migrations`;
    cpSync(fileURLToPath(new URL('./migrations', import.meta.url)), migrations, {
      recursive: true,
    });
    chmodSync(path, 0o444);
    chmodSync(folder.path, 0o555);
    const open = (file: string): string => {
      const script = fileURLToPath(new URL('./testing/open-unprivileged.ts', import.meta.url));
      const parameters = [script, file, migrations];
      const { stdout, stderr } = spawnSync(process.execPath, parameters, { encoding: 'utf8' });
      return stdout.trim() + stderr;
    };
    const found = [open(path), open(`${folder.path}/other.db`)];
    chmodSync(folder.path, 0o755);
    expect(found).toEqual(['cannot-open', 'cannot-open']);
    expect(existsSync(`${folder.path}/other.db`)).toBe(false);
  });

  it('refuses whatever bytes are no database, and leaves them as they are', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 300 }),
      // The beginning of a database, and then something else.
      fc
        .uint8Array({ maxLength: 300 })
        .map((rest) => Buffer.concat([Buffer.from('SQLite format 3\0', 'latin1'), rest])),
    );
    fc.assert(
      fc.property(bytes, (content) => {
        writeFileSync(path, content);
        expect(['not-a-library', 'damaged', 'newer-version']).toContain(refusal(path).code);
        expect(readFileSync(path).equals(content)).toBe(true);
      }),
    );
  });

  it('says that a library is damaged, wherever its bytes were changed or cut', () => {
    fillLibrary();
    const whole = readFileSync(path);
    const readAll = (): void => {
      const library = openLibrary(path);
      try {
        for (const { id } of library.runs({ archived: 'any', deleted: 'any' })) {
          Array.from(library.trials(id));
        }
      } finally {
        library.close();
      }
    };
    fc.assert(
      fc.property(
        fc.nat(whole.length - 9),
        fc.uint8Array({ minLength: 8, maxLength: 8 }),
        fc.boolean(),
        (at, bytes, isCut) => {
          for (const name of readdirSync(folder.path)) {
            if (name !== 'library.db') truncateSync(`${folder.path}/${name}`);
          }
          const changed = Buffer.from(whole);
          changed.set(bytes, at);
          writeFileSync(path, isCut ? whole.subarray(0, at) : changed);
          try {
            readAll();
          } catch (error) {
            expect(error).toBeInstanceOf(LibraryError);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
