import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Connection } from './connection.ts';
import { readHeaderMarks } from './library-file.ts';

/** Makes sure that what was written to a file, or the names in a folder, survive a power cut. */
function flushToDisk(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Where the copy of a library goes before it is changed: beside it, as
 * `library.db.version-1.20260131T094500123Z.backup`.
 */
export function backupPath(path: string, version: number, now: Date): string {
  const time = now.toISOString().replaceAll(/[-:.]/g, '');
  return `${path}.version-${version}.${time}.backup`;
}

/**
 * Copies a library of the given version to a file beside it, which is there whole or not at all.
 *
 * @returns Where the copy is; null when another process changed the version meanwhile, and so has
 *   made a copy itself.
 */
export function backUpLibrary(connection: Connection, version: number, now: Date): string | null {
  const target = backupPath(connection.path, version, now);
  const unfinished = `${target}.${process.pid}.partial`;
  try {
    connection.database.prepare('VACUUM INTO ?').run(unfinished);
    if (readHeaderMarks(unfinished)?.version !== version) return null;
    // SQLite does not flush a copy.
    flushToDisk(unfinished);
    renameSync(unfinished, target);
    if (process.platform !== 'win32') flushToDisk(dirname(target));
    return target;
  } finally {
    rmSync(unfinished, { force: true });
  }
}
