/** Why an export was not written, in one sentence for the user. */
export class ExportError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ExportError';
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'there is a file of this name',
  ENOENT: 'there is no such folder',
  EISDIR: 'there is a folder of this name',
};

/** Says what the system refused; other errors stay what they are. */
export function exportErrorFrom(error: unknown, place: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return error;
  const code = String(error.code);
  const reason = REASONS[code] ?? code;
  return new ExportError(`Nothing was written to ${place}: ${reason}.`, { cause: error });
}
