/** Why a process could not be captured. */
export type CaptureErrorCode =
  /** There is no Linux here to ask. */
  | 'not-linux'
  /** The kernel was built without the files that tell frames and folios. */
  | 'no-page-files'
  /** Base pages are not 4 KiB. */
  | 'other-page-size'
  | 'no-such-process'
  /** The process ended while it was read. */
  | 'process-ended'
  /** The process, or the part that was asked for, maps nothing that could be written down. */
  | 'no-memory'
  /** A capability is missing; the message names each. */
  | 'not-permitted'
  /** The memory changed from every reading to the next. */
  | 'moved'
  /** What was read breaks a rule of layouts. */
  | 'contradiction'
  /** The result would be longer than a layout file may be. */
  | 'too-large';

/** A process was not captured. The message is one sentence for the user. */
export class CaptureError extends Error {
  readonly code: CaptureErrorCode;

  constructor(code: CaptureErrorCode, message: string) {
    super(message);
    this.name = 'CaptureError';
    this.code = code;
  }
}

/** The process was there and is not any more. */
export function endedError(pid: number): CaptureError {
  return new CaptureError('process-ended', `process ${pid} ended while it was read`);
}

/** The process never had memory, or has none any more. */
export function withoutMemoryError(pid: number): CaptureError {
  return new CaptureError(
    'no-memory',
    `process ${pid} has no memory of its own: it is a thread of the kernel, or has ended`,
  );
}
