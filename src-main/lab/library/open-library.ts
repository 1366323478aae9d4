import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { RunRecord } from '#contract';
import { connect } from './connection.ts';
import type { Connection, ConnectionOptions } from './connection.ts';
import type { LibraryContext } from './context.ts';
import { createCostModels } from './cost-models.ts';
import type { CostModels } from './cost-models.ts';
import { createLeases, interruptOwnRuns } from './leases.ts';
import type { Leases } from './leases.ts';
import { checkLibraryFile } from './library-file.ts';
import { LibraryError } from './library-error.ts';
import { createMeasurements } from './measurements.ts';
import type { Measurements } from './measurements.ts';
import { migrate, MIGRATIONS_FOLDER, readMigrations } from './migrate.ts';
import type { Migration } from './migrate.ts';
import { systemProcesses } from './process-identity.ts';
import type { ProcessTable } from './process-identity.ts';
import { createRuns } from './runs.ts';
import type { Runs } from './runs.ts';
import { createSessions } from './sessions.ts';
import type { Sessions } from './sessions.ts';
import { createTrials } from './trials.ts';
import type { Trials } from './trials.ts';

/** What a host can set when it opens a library; all of it can be left out. */
export type LibraryOptions = ConnectionOptions & {
  /** Gives the time for all that is stamped. */
  readonly clock?: () => Date;
  readonly processes?: ProcessTable;
  /** The folder of the migrations, for a host that is bundled. Ends in `/`. */
  readonly migrationsFolder?: URL;
};

/**
 * The library: sessions with their runs, trials and measurements, and cost models, in one SQLite file
 * that is always saved. All of it is synchronous. Several processes may have the same library open.
 */
export type Library = Sessions &
  Runs &
  Trials &
  Leases &
  Measurements &
  CostModels & {
    /** Where the file is: an absolute path. */
    readonly path: string;
    /** Runs whose process had gone when the library was opened; they are marked interrupted. */
    readonly interruptedRuns: readonly RunRecord[];
    /** A number that changes when another connection, of any process, has changed the library. */
    readonly dataVersion: () => number;
    /** Does several things: all of them or, when one throws, none. */
    readonly inOneTransaction: <Result>(action: () => Result) => Result;
    /**
     * Closes the file. Runs that this process has not ended become interrupted. Nothing of the
     * library may be used afterwards; closing it again does nothing.
     */
    readonly close: () => void;
  };

/** Brings the file to this version; afterwards readers and a writer do not wait for each other. */
function prepareFile(connection: Connection, migrations: readonly Migration[], now: Date): void {
  migrate(connection, migrations, now);
  connection.reading(() => connection.database.pragma('journal_mode = WAL'));
}

function closeLibrary(context: LibraryContext): void {
  const { database, reading } = context.connection;
  if (!database.open) return;
  try {
    interruptOwnRuns(context);
  } finally {
    reading(() => database.close());
  }
}

function readDataVersion({ connection }: LibraryContext): number {
  const { database, reading } = connection;
  return reading(() => Number(database.pragma('data_version', { simple: true })));
}

function assembleLibrary(context: LibraryContext): Library {
  const leases = createLeases(context);
  return {
    ...createSessions(context),
    ...createRuns(context),
    ...createTrials(context),
    ...leases,
    ...createMeasurements(context),
    ...createCostModels(context),
    path: context.connection.path,
    interruptedRuns: leases.markInterruptedRuns(),
    dataVersion: () => readDataVersion(context),
    inOneTransaction: (action) => context.connection.writing(action),
    close: () => closeLibrary(context),
  };
}

/**
 * Opens a library, and makes one with its folder when there is none. An older one is brought to this
 * version, with a copy beside it. Runs whose process has gone are marked interrupted.
 *
 * @param path  A file name; `:memory:` gives a library that is gone when it is closed.
 * @throws {LibraryError} `cannot-open`, `not-a-library`, `newer-version`, `migration-failed`,
 *   `damaged` or `busy`; the file is as it was.
 */
export function openLibrary(path: string, options: LibraryOptions = {}): Library {
  const { clock = () => new Date(), migrationsFolder = MIGRATIONS_FOLDER } = options;
  if (path === '') throw new LibraryError('cannot-open', 'The library needs a file name.');
  const place = path === ':memory:' ? path : resolve(path);
  const migrations = readMigrations(migrationsFolder);
  if (place !== ':memory:') checkLibraryFile(place, migrations.length, options);
  const connection = connect(place, options);
  try {
    prepareFile(connection, migrations, clock());
    const processes = options.processes ?? systemProcesses();
    return assembleLibrary({ connection, clock, processes, holder: randomUUID() });
  } catch (error) {
    connection.database.close();
    throw error;
  }
}
