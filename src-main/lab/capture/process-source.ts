import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { CaptureError, endedError, withoutMemoryError } from './capture-error.ts';
import { FRAME_FLAG } from './folio-index.ts';
import { findMissingPrivileges, privilegeSentence } from './missing-privileges.ts';
import type { PrivilegeNeed } from './missing-privileges.ts';
import { openPagemapScan } from './pagemap-scan.ts';
import type { PagemapScan } from './pagemap-scan.ts';

/** What the kernel tells of one process and of the frames of the machine. */
export type ProcessSource = {
  readonly pid: number;
  /**
   * /proc/PID/smaps as text; empty for a process without memory.
   *
   * @throws {CaptureError} `process-ended`.
   */
  readonly readAreas: () => string;
  /** /proc/PID/mountinfo as text. */
  readonly readMounts: () => string;
  /**
   * Reads pagemap entries, two words a page, the lower one first.
   *
   * @throws {CaptureError} `process-ended`.
   */
  readonly readEntries: (firstPage: number, pages: number) => Uint32Array;
  /** Reads the lower words of kpageflags; frames beyond all memory have `noPage`. */
  readonly readFrameFlags: (firstFrame: number, frames: number) => Uint32Array;
  /** Which pages have entries, and which are PMD entries, where the kernel tells. */
  readonly scan: PagemapScan;
};

/** A source that holds files open. */
export type OpenProcessSource = ProcessSource & { readonly [Symbol.dispose]: () => void };

const WORD_BYTES = 8;

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Reads from a position as far as the file goes. */
function readWords(file: number, position: number, bytes: Buffer): number {
  let filled = 0;
  while (filled < bytes.length) {
    const read = readSync(file, bytes, filled, bytes.length - filled, position + filled);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}

const TEXT_CHUNK_BYTES = 65_536;

/**
 * Reads a text from its beginning, which the kernel then writes anew. The open file stays that of this
 * process when its id is used again.
 */
function readText(pid: number, file: number): string {
  const chunks: Buffer[] = [];
  try {
    for (let position = 0; ;) {
      const chunk = Buffer.alloc(TEXT_CHUNK_BYTES);
      const read = readSync(file, chunk, 0, chunk.length, position);
      if (read === 0) return Buffer.concat(chunks).toString('utf8');
      chunks.push(chunk.subarray(0, read));
      position += read;
    }
  } catch (error) {
    if (errorCode(error) === 'ESRCH') throw endedError(pid);
    throw error;
  }
}

function readEntries(pid: number, file: number, firstPage: number, pages: number): Uint32Array {
  const bytes = Buffer.alloc(pages * WORD_BYTES);
  let filled = 0;
  try {
    filled = readWords(file, firstPage * WORD_BYTES, bytes);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
  if (filled < bytes.length) throw endedError(pid);
  return new Uint32Array(bytes.buffer, bytes.byteOffset, pages * 2);
}

function readFrameFlags(file: number, firstFrame: number, frames: number): Uint32Array {
  const bytes = Buffer.alloc(frames * WORD_BYTES);
  const known = readWords(file, firstFrame * WORD_BYTES, bytes) / WORD_BYTES;
  const flags = new Uint32Array(frames).fill(FRAME_FLAG.noPage);
  for (let index = 0; index < known; index += 1) {
    flags[index] = bytes.readUInt32LE(index * WORD_BYTES);
  }
  return flags;
}

/** Why a file of the kernel cannot be opened, apart from permissions. */
function openingError(pid: number, path: string, code: string): CaptureError {
  if (code === 'ESRCH') return withoutMemoryError(pid);
  return new CaptureError(
    'no-page-files',
    `${path} cannot be opened (${code}); needed: a kernel built with CONFIG_PROC_PAGE_MONITOR`,
  );
}

/** Opens a file of the kernel; notes what was refused. */
function openIfAllowed(
  pid: number,
  path: string,
  need: PrivilegeNeed,
  needs: Set<PrivilegeNeed>,
): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EACCES' || code === 'EPERM') {
      needs.add(need);
      return null;
    }
    throw openingError(pid, path, code);
  }
}

function closeAll(files: readonly number[]): void {
  for (const file of files) closeSync(file);
}

function checkProcess(pid: number): void {
  if (process.platform !== 'linux') {
    const found = `this is ${process.platform}`;
    throw new CaptureError('not-linux', `${found}; the memory of a process is captured on Linux`);
  }
  if (existsSync(`/proc/${pid}/stat`)) return;
  throw new CaptureError(
    'no-such-process',
    `found process id ${pid}, and no process has it; allowed: the id of a running process`,
  );
}

/**
 * Opens what the kernel tells of a process.
 *
 * @param pid  The id of a process or thread.
 * @throws {CaptureError} `not-linux`, `no-such-process`, `no-page-files`, or `not-permitted` with a
 *   sentence that names each capability that is missing.
 */
export async function openProcessSource(pid: number): Promise<OpenProcessSource> {
  checkProcess(pid);
  const needs = new Set<PrivilegeNeed>();
  const files: number[] = [];
  const open = (path: string, need: PrivilegeNeed): number => {
    const file = openIfAllowed(pid, path, need, needs);
    if (file !== null) files.push(file);
    return file ?? -1;
  };
  try {
    const pagemap = open(`/proc/${pid}/pagemap`, 'other-process');
    const smaps = open(`/proc/${pid}/smaps`, 'other-process');
    const mounts = open(`/proc/${pid}/mountinfo`, 'other-process');
    const frameFlags = open('/proc/kpageflags', 'frame-flags');
    const report = findMissingPrivileges(needs, readFileSync('/proc/self/status', 'utf8'));
    if (report.missing.length > 0 || report.isElsewhere) {
      throw new CaptureError('not-permitted', privilegeSentence(pid, report));
    }
    return {
      pid,
      readAreas: () => readText(pid, smaps),
      readMounts: () => readText(pid, mounts),
      readEntries: (firstPage, pages) => readEntries(pid, pagemap, firstPage, pages),
      readFrameFlags: (firstFrame, frames) => readFrameFlags(frameFlags, firstFrame, frames),
      scan: await openPagemapScan(pagemap),
      [Symbol.dispose]: () => closeAll(files),
    };
  } catch (error) {
    closeAll(files);
    throw error;
  }
}
