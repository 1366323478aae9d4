import { existsSync } from 'node:fs';
import type { MeasurementDocument } from '#contract';
import { readFromLibrary } from './library-access.ts';
import type { LibraryOptions } from './library-access.ts';

/** A measurement as it was imported. */
export type LibraryMeasurement = {
  readonly fileName: string;
  /** Of the bytes of the file. */
  readonly sha256: string;
  readonly document: MeasurementDocument;
};

/** An id, or enough of the beginning of one. */
const ID = /^[0-9a-f]{8}[0-9a-f-]{0,28}$/i;

/**
 * The measurement of the library that a word means where a file could stand, too. A file comes first.
 *
 * @returns Null for a word that means a file, or nothing.
 * @throws {LibraryError} `ambiguous`.
 */
export async function libraryMeasurement(
  word: string,
  options: LibraryOptions,
): Promise<LibraryMeasurement | null> {
  if (!ID.test(word) || existsSync(word)) return null;
  return readFromLibrary(options, (library) => {
    const record = library.findMeasurement(word);
    if (record === null) return null;
    const { id, fileName, sha256 } = record;
    return { fileName, sha256, document: library.measurementDocument(id) };
  });
}
