/**
 * Why a session file was not written, opened or imported.
 *
 * - `cannot-read`, `cannot-write`: the system refuses the file or its folder.
 * - `not-a-session-file`: something else, or a file of another program.
 * - `newer-version`: written by a newer version of the laboratory.
 * - `damaged`: it says it is a session file, and cannot be read as one.
 * - `not-found`: the library has no such session.
 * - `library-failed`: the library itself could not be read or written.
 */
export type SessionFileErrorCode =
  | 'cannot-read'
  | 'cannot-write'
  | 'not-a-session-file'
  | 'newer-version'
  | 'damaged'
  | 'not-found'
  | 'library-failed';

/** What was wrong with a session file, in one sentence for the user, with a code for the program. */
export class SessionFileError extends Error {
  readonly code: SessionFileErrorCode;

  constructor(code: SessionFileErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SessionFileError';
    this.code = code;
  }
}

/** What an error says, as the end of a sentence. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1).join('').replace(/\.$/, '');
}
