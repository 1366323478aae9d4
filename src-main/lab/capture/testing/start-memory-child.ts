import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const SCRIPT = fileURLToPath(new URL('memory-child.ts', import.meta.url));

const regionsSchema = z.record(
  z.string(),
  z.object({ startPage: z.number(), endPage: z.number() }),
);

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
  const child = spawn(process.execPath, [SCRIPT, tmpdir(), ...names], {
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
