import type { ProcessTable } from './process-identity.ts';

/**
 * How old a heartbeat may be before a lease is dead, where only the heartbeat can tell. Whoever works
 * on a run renews its lease with every commit, and every few seconds without one.
 */
export const LEASE_TIMEOUT_MS = 120_000;

/** A claim of one process to work on one run. */
export type Lease = {
  readonly host: string;
  readonly process_id: number;
  readonly process_started: string | null;
  readonly heartbeat_at: string;
};

/**
 * Tells whether the process that holds a lease still works on the run.
 *
 * On this host the process itself is asked: it is gone, or another one has its id, or it is alive,
 * however old the heartbeat is (a computer may have slept). On another host, and where the system
 * does not say when a process started, the heartbeat decides.
 */
export function isLeaseAlive(lease: Lease, processes: ProcessTable, now: Date): boolean {
  const isHeartbeatFresh = now.getTime() - Date.parse(lease.heartbeat_at) <= LEASE_TIMEOUT_MS;
  if (lease.host !== processes.current.host) return isHeartbeatFresh;
  const sighting = processes.find(lease.process_id);
  if (sighting.kind === 'gone') return false;
  if (sighting.started === null || lease.process_started === null) return isHeartbeatFresh;
  return sighting.started === lease.process_started;
}
