import { describe, expect, it } from 'vitest';
import { isLeaseAlive, LEASE_TIMEOUT_MS } from './lease-liveness.ts';
import { systemProcesses } from './process-identity.ts';
import type { ProcessSighting, ProcessTable } from './process-identity.ts';

const NOW = new Date('2026-01-31T12:00:00.000Z');

function isAlive(
  holder: { host: string; started: string | null; silentForMs: number },
  sighting: ProcessSighting,
): boolean {
  const processes: ProcessTable = {
    current: { host: 'here', id: 1, started: 'boot/1' },
    find: () => sighting,
  };
  const lease = {
    host: holder.host,
    process_id: 42,
    process_started: holder.started,
    heartbeat_at: new Date(NOW.getTime() - holder.silentForMs).toISOString(),
  };
  return isLeaseAlive(lease, processes, NOW);
}

const YEAR_MS = 365 * 24 * 3_600_000;
const gone: ProcessSighting = { kind: 'gone' };
const alive = (started: string | null): ProcessSighting => ({ kind: 'alive', started });

describe('a lease', () => {
  it('on this host lives as long as its process, however long that has been silent', () => {
    const holder = { host: 'here', started: 'boot/7', silentForMs: YEAR_MS };
    expect(isAlive(holder, alive('boot/7'))).toBe(true);
  });

  it('on this host dies with its process, and is not inherited by the next one of that number', () => {
    const holder = { host: 'here', started: 'boot/7', silentForMs: 0 };
    expect([isAlive(holder, gone), isAlive(holder, alive('boot/8'))]).toEqual([false, false]);
  });

  it('on another host lives by its heartbeat, whatever has its number here', () => {
    const holder = (silentForMs: number) => ({ host: 'there', started: 'boot/7', silentForMs });
    expect([
      isAlive(holder(LEASE_TIMEOUT_MS), gone),
      isAlive(holder(-YEAR_MS), gone),
      isAlive(holder(LEASE_TIMEOUT_MS + 1), alive('boot/7')),
    ]).toEqual([true, true, false]);
  });

  it('lives by process and heartbeat where the system does not say when a process started', () => {
    const holder = (silentForMs: number) => ({ host: 'here', started: null, silentForMs });
    expect([
      isAlive(holder(0), alive(null)),
      isAlive(holder(LEASE_TIMEOUT_MS + 1), alive(null)),
      isAlive(holder(0), gone),
    ]).toEqual([true, false, false]);
  });
});

describe('the processes of this host', () => {
  it('know this one by the same start every time, and no process that cannot exist', () => {
    const { current, find } = systemProcesses();
    expect(find(current.id)).toEqual({ kind: 'alive', started: current.started });
    expect(systemProcesses().current).toEqual(current);
    // Above the largest process number of Linux.
    expect(find(4_194_305)).toEqual({ kind: 'gone' });
  });
});
