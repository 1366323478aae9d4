import Database from 'better-sqlite3';
import type { Compilable } from 'kysely';
import { LibraryError } from './library-error.ts';
import type { LibraryErrorCode } from './library-error.ts';

/** How long a statement waits for another process to finish writing. */
export const BUSY_TIMEOUT_MS = 5_000;

export type ConnectionOptions = {
  /** Where the binary of better-sqlite3 is, for a host that is bundled. */
  readonly nativeBinding?: string;
  /** Called with the text of every statement that runs, for diagnosis. */
  readonly onStatement?: (sql: string) => void;
};

/** The one connection of a process to a library. Every access goes through one of its functions. */
export type Connection = {
  readonly path: string;
  readonly database: Database.Database;
  /** Does something that reads with one statement. */
  readonly reading: <Result>(action: () => Result) => Result;
  /** Does something that reads with several statements, which all see the same moment. */
  readonly inSnapshot: <Result>(action: () => Result) => Result;
  /** Does something that writes: all of it or nothing, and no other process writes meanwhile. */
  readonly writing: <Result>(action: () => Result) => Result;
  /** Runs a query that was put together by kysely. */
  readonly select: <Row>(query: Compilable<Row>) => Row[];
};

type Failure = readonly [
  code: LibraryErrorCode,
  sentence: (path: string, reason: string) => string,
];

/** The kinds of failure that SQLite reports, by the first part of its code. */
const FAILURES: Readonly<Record<string, Failure>> = {
  SQLITE_BUSY: [
    'busy',
    (path) =>
      `The library ${path} is locked: another process kept it for more than ${BUSY_TIMEOUT_MS / 1000} seconds.`,
  ],
  SQLITE_NOTADB: ['not-a-library', (path) => `${path} is no library: it is no SQLite database.`],
  SQLITE_CORRUPT: ['damaged', (path, reason) => `The library ${path} is damaged: ${reason}.`],
  SQLITE_CANTOPEN: [
    'cannot-open',
    (path, reason) => `The library ${path} cannot be opened: ${reason}.`,
  ],
  SQLITE_READONLY: [
    'cannot-open',
    (path, reason) => `The library ${path} cannot be written: ${reason}.`,
  ],
  SQLITE_PERM: [
    'cannot-open',
    (path, reason) => `The library ${path} cannot be written: ${reason}.`,
  ],
  SQLITE_FULL: [
    'storage-failed',
    (path) => `The library ${path} cannot grow: the disk is full; what was stored before is safe.`,
  ],
  SQLITE_IOERR: [
    'storage-failed',
    (path, reason) => `The library ${path} cannot be reached: ${reason}.`,
  ],
};

/** Turns what SQLite throws into a sentence; an error of ours, or of a caller, stays what it is. */
function describeFailure(error: unknown, path: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const kind = error.code.split('_').slice(0, 2).join('_');
  const [code, sentence] = FAILURES[kind] ?? [
    'damaged',
    (place: string, reason: string) =>
      `The library ${place} does not take what it is given: ${reason}.`,
  ];
  return new LibraryError(code, sentence(path, error.message), { cause: error });
}

function createGuard(path: string): Connection['reading'] {
  return (action) => {
    try {
      return action();
    } catch (error) {
      throw describeFailure(error, path);
    }
  };
}

/**
 * Connects to a database file, and creates it when there is none. Sets what belongs to a connection
 * and not to the file.
 *
 * @throws {LibraryError} `cannot-open` or `not-a-library`.
 */
export function connect(path: string, options: ConnectionOptions): Connection {
  const { nativeBinding, onStatement } = options;
  const reading = createGuard(path);
  return reading(() => {
    const database = new Database(path, {
      timeout: BUSY_TIMEOUT_MS,
      ...(nativeBinding === undefined ? {} : { nativeBinding }),
      ...(onStatement === undefined ? {} : { verbose: (sql) => onStatement(String(sql)) }),
    });
    try {
      database.pragma('foreign_keys = ON');
      database.pragma('synchronous = FULL');
      // Nothing that a foreign file defines may run functions with side effects.
      database.pragma('trusted_schema = OFF');
    } catch (error) {
      database.close();
      throw error;
    }
    return {
      path,
      database,
      reading,
      inSnapshot: (action) => reading(() => database.transaction(action).deferred()),
      writing: (action) => reading(() => database.transaction(action).immediate()),
      select: <Row>(query: Compilable<Row>) => {
        const { sql, parameters } = query.compile();
        return reading(() => database.prepare<unknown[], Row>(sql).all(...parameters));
      },
    };
  });
}
