import { spawn } from 'node:child_process';
import { accessSync, constants, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const SCRIPT = fileURLToPath(new URL('memory-child.ts', import.meta.url));

const regionsSchema = z.record(
  z.string(),
  z.object({ startPage: z.number(), endPage: z.number() }),
);

/** Source: Linux 6.18 include/uapi/linux/magic.h TMPFS_MAGIC. */
const TMPFS = 0x0102_1994;

/** A folder for files that are files: on many machines what is temporary lies in memory. */
function folderOfFiles(): string {
  const folders = [tmpdir(), '/var/tmp', process.cwd()];
  return folders.find((folder) => !isTmpfs(folder)) ?? tmpdir();
}

function isTmpfs(folder: string): boolean {
  try {
    return statfsSync(folder).type === TMPFS;
  } catch {
    // What is not there holds no files either.
    return true;
  }
}

/** A process with known memory. */
export type MemoryChild = {
  readonly pid: number;
  /** Where the regions are that were asked for. Unit: virtual pages. */
  readonly regions: z.infer<typeof regionsSchema>;
  /** Ends the process, and waits until it is gone. */
  readonly end: () => Promise<void>;
};

/**
 * Starts a process that builds regions of memory.
 *
 * @param names  Builders of `memory-child.ts`.
 */
export async function startMemoryChild(...names: readonly string[]): Promise<MemoryChild> {
  const child = spawn(process.execPath, [SCRIPT, folderOfFiles(), ...names], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own, which ends with all that it has forked.
    detached: true,
  });
  let trouble = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (trouble += text));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    const regions = regionsSchema.parse(JSON.parse(line));
    const { pid } = child;
    if (pid === undefined) break;
    const end = (): Promise<void> => {
      process.kill(-pid, 'SIGKILL');
      return ended;
    };
    return { pid, regions, end };
  }
  throw new Error(`the child with ${names.join(', ')} ended: ${trouble}`);
}

/** Whether a setting of the kernel is there and may be changed. */
export function maySetKernel(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Changes a setting of the kernel while something is done.
 *
 * @param path  A file of /sys or /proc.
 */
export async function withKernelSetting<Result>(
  path: string,
  value: string,
  act: () => Promise<Result>,
): Promise<Result> {
  const found = readFileSync(path, 'utf8');
  // Of several choices, the one that holds is in brackets.
  const [, chosen] = /\[(\w+)\]/.exec(found) ?? [];
  try {
    writeFileSync(path, value);
    return await act();
  } finally {
    writeFileSync(path, chosen ?? found.trim());
  }
}
