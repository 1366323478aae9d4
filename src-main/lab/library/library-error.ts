/**
 * Why the library did not do what it was asked.
 *
 * - `cannot-open`: no such place, a folder, or no permission to write.
 * - `not-a-library`: the file is no SQLite database, or one of another program.
 * - `newer-version`: the file, or a record in it, was written by a newer version.
 * - `migration-failed`: the file could not be brought to this version, and is as it was.
 * - `damaged`: the file, or a record in it, cannot be read.
 * - `busy`: another process kept the file locked.
 * - `storage-failed`: the disk is full or does not answer.
 * - `not-found`: no session or run has this id.
 * - `ambiguous`: several have this name or beginning of an id.
 * - `bad-name`: an empty name, or one that another session has.
 * - `in-trash`, `not-in-trash`: it would have to be restored, or deleted, first.
 * - `running`: a run that is not over cannot be deleted.
 * - `lease-lost`: the run has ended, or belongs to another process.
 * - `bad-record`: a trial that cannot be stored as it is.
 */
export type LibraryErrorCode =
  | 'cannot-open'
  | 'not-a-library'
  | 'newer-version'
  | 'migration-failed'
  | 'damaged'
  | 'busy'
  | 'storage-failed'
  | 'not-found'
  | 'ambiguous'
  | 'bad-name'
  | 'in-trash'
  | 'not-in-trash'
  | 'running'
  | 'lease-lost'
  | 'bad-record';

/** What the library refuses, in one sentence for the user, with a code for the program. */
export class LibraryError extends Error {
  readonly code: LibraryErrorCode;

  constructor(code: LibraryErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LibraryError';
    this.code = code;
  }
}
