import type { LabErrorCode, Reply } from '#contract';
import { ExportError, LibraryError, SessionFileError } from '../../lab/index.ts';
import type { LibraryErrorCode, SessionFileErrorCode } from '../../lab/index.ts';

/** A request that cannot be done as it was asked, in one sentence. */
export class RequestFailure extends Error {
  readonly code: LabErrorCode;

  constructor(code: LabErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RequestFailure';
    this.code = code;
  }
}

const LIBRARY_CODES: Readonly<Record<LibraryErrorCode, LabErrorCode>> = {
  'cannot-open': 'library-failed',
  'not-a-library': 'library-failed',
  'newer-version': 'library-failed',
  'migration-failed': 'library-failed',
  damaged: 'library-failed',
  busy: 'library-failed',
  'storage-failed': 'library-failed',
  'bad-record': 'library-failed',
  'not-found': 'not-found',
  ambiguous: 'conflict',
  'bad-name': 'conflict',
  'in-trash': 'conflict',
  'not-in-trash': 'conflict',
  running: 'conflict',
  'lease-lost': 'conflict',
};

const SESSION_FILE_CODES: Readonly<Record<SessionFileErrorCode, LabErrorCode>> = {
  'cannot-read': 'file-failed',
  'cannot-write': 'file-failed',
  'not-a-session-file': 'file-failed',
  'newer-version': 'file-failed',
  damaged: 'file-failed',
  'not-found': 'not-found',
  'library-failed': 'library-failed',
};

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is a file',
  EISDIR: 'this is a folder',
  EMFILE: 'too many files are open',
};

function codeOf(error: Error): LabErrorCode | null {
  if (error instanceof RequestFailure) return error.code;
  if (error instanceof LibraryError) return LIBRARY_CODES[error.code];
  if (error instanceof SessionFileError) return SESSION_FILE_CODES[error.code];
  if (error instanceof ExportError) return 'file-failed';
  return null;
}

/** What the system refused, as a sentence that names the file; null for any other error. */
function systemSentence(error: Error): string | null {
  if (!('syscall' in error) || !('code' in error)) return null;
  const reason = SYSTEM_REASONS[String(error.code)] ?? String(error.code);
  const place = 'path' in error && typeof error.path === 'string' ? error.path : 'The file';
  return `${place} cannot be used: ${reason}.`;
}

/**
 * What went wrong as a reply. An error that nobody foresaw is told apart by its code; what it says is
 * for whoever mends it, so it is also given to `report`.
 */
export function failureReply(error: unknown, report: (error: unknown) => void): Reply<never> {
  const known = error instanceof Error ? error : new Error(String(error));
  const code = codeOf(known);
  if (code !== null) return { ok: false, code, message: known.message };
  const sentence = systemSentence(known);
  if (sentence !== null) return { ok: false, code: 'file-failed', message: sentence };
  report(error);
  const reason = known.message.split('\n', 1).join('').replace(/\.$/, '');
  return { ok: false, code: 'unexpected', message: `This should not happen: ${reason}.` };
}
