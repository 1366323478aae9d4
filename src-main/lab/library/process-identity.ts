import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Which process this is, among all that could open the library, now and later. */
export type ProcessIdentity = {
  /** Where `id` means something: the host, and on Linux its process-id namespace. */
  readonly host: string;
  readonly id: number;
  /** What tells the process from a later one with the same id; null where the system does not say. */
  readonly started: string | null;
};

/** What is known of a process of this host. */
export type ProcessSighting =
  { readonly kind: 'gone' } | { readonly kind: 'alive'; readonly started: string | null };

/** The processes of this host. Tests pass their own. */
export type ProcessTable = {
  readonly current: ProcessIdentity;
  readonly find: (id: number) => ProcessSighting;
};

/** Fields of /proc/PID/stat after the name in parentheses: `state` is the first, see proc(5). */
const STATE = 0;
const START_TICKS = 19;

function readText(read: () => string): string | null {
  try {
    return read().trim();
  } catch {
    return null;
  }
}

/** When a process of Linux started: which boot, and how many ticks after it. */
function findOnLinux(id: number): ProcessSighting {
  const stat = readText(() => readFileSync(`/proc/${id}/stat`, 'utf8'));
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  const [state, ticks] = [fields.at(STATE), fields.at(START_TICKS)];
  // Other users' processes can be hidden, so a missing file does not mean that it is gone.
  if (ticks === undefined) return { kind: 'alive', started: null };
  // A zombie has ended; only its parent has not asked for the result yet.
  if (state === 'Z' || state === 'X') return { kind: 'gone' };
  const boot = readText(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')) ?? '';
  return { kind: 'alive', started: `${boot}/${ticks}` };
}

function hasProcess(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // EPERM: it exists, and belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function findProcess(id: number): ProcessSighting {
  if (!hasProcess(id)) return { kind: 'gone' };
  return process.platform === 'linux' ? findOnLinux(id) : { kind: 'alive', started: null };
}

function currentProcess(): ProcessIdentity {
  const namespace = readText(() => readlinkSync('/proc/self/ns/pid'));
  const host = namespace === null ? hostname() : `${hostname()} ${namespace}`;
  const sighting = findProcess(process.pid);
  return {
    host,
    id: process.pid,
    started: sighting.kind === 'alive' ? sighting.started : null,
  };
}

/** The processes as the operating system knows them. */
export function systemProcesses(): ProcessTable {
  return { current: currentProcess(), find: findProcess };
}
