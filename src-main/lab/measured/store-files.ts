import { measurementSummary } from '#contract';
import type { AddedCostModel, AddedMeasurement, Library } from '../library/index.ts';
import type { ImportableFile, MeasuredFile } from './read-measured-file.ts';

/** Where files go, and how they are called there. */
export type ImportTarget = {
  /** The name or id of the session of the measurements; it is made when there is none. */
  readonly session: string;
  /** Instead of the name of the file, for a single one; null for none. */
  readonly name: string | null;
};

/** What became of one file. */
export type StoredFile =
  | (AddedMeasurement & { readonly kind: 'measurement'; readonly file: MeasuredFile })
  | (AddedCostModel & { readonly kind: 'cost-model'; readonly fileName: string });

/** A file that goes into tables; a session file is merged instead. */
export type StorableFile = Exclude<ImportableFile, { readonly kind: 'session-file' }>;

/** The name of a file without its ending. */
function nameOf(fileName: string): string {
  return fileName.replace(/(?<=.)\.\w{1,10}$/, '');
}

type ImportLibrary = Pick<
  Library,
  'addCostModel' | 'addMeasurement' | 'findOrCreateSession' | 'inOneTransaction'
>;

/**
 * Stores files that were read: all of them or none.
 *
 * @throws {LibraryError} `in-trash`, `bad-name` and what the storage says; the library is as it was.
 */
export function storeFiles(
  library: ImportLibrary,
  files: readonly StorableFile[],
  { session, name }: ImportTarget,
): readonly StoredFile[] {
  return library.inOneTransaction(() =>
    files.map((file): StoredFile => {
      if (file.kind === 'cost-model') {
        const { costModel, fileName } = file;
        const model = name === null ? costModel : { ...costModel, id: name };
        return { kind: 'cost-model', fileName, ...library.addCostModel(model, null) };
      }
      const { fileName, sha256, bytes, command, document } = file;
      const added = library.addMeasurement({
        sessionId: library.findOrCreateSession(session).id,
        name: name ?? nameOf(fileName),
        fileName,
        sha256,
        bytes,
        command,
        summary: measurementSummary(document),
        document,
      });
      return { kind: 'measurement', file, ...added };
    }),
  );
}
