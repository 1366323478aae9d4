import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LEASE_TIMEOUT_MS } from './lease-liveness.ts';
import { openLibrary } from './open-library.ts';
import type { Library, LibraryOptions } from './open-library.ts';
import { exampleRun, exampleTrial } from './testing/records.ts';
import { createTemporaryFolder } from './testing/temporary-folder.ts';

let folder: ReturnType<typeof createTemporaryFolder>;
let path: string;
let opened: Library[];
let children: ChildProcess[];

beforeEach(() => {
  folder = createTemporaryFolder();
  path = `${folder.path}/library.db`;
  opened = [];
  children = [];
});
afterEach(async () => {
  for (const library of opened) library.close();
  await Promise.all(children.map(kill));
  folder.remove();
});

function open(options: LibraryOptions = {}): Library {
  const library = openLibrary(path, options);
  opened.push(library);
  return library;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Starts a process that writes trials; `said` gives its next line, or fails with its errors. */
function startWriter(trials: number, ending: 'finish' | 'wait') {
  const script = fileURLToPath(new URL('./testing/write-trials.ts', import.meta.url));
  const parameters = [script, path, 'night', String(trials), ending];
  const child = spawn(process.execPath, parameters, { stdio: 'pipe' });
  children.push(child);
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const said = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`the writer ended: ${errors}`);
    return line.value;
  };
  return { child, said, end: () => child.stdin.end('end\n'), exited: once(child, 'exit') };
}

function checkIntegrity(): unknown {
  const database = new Database(path, { readonly: true });
  try {
    return database.pragma('integrity_check', { simple: true });
  } finally {
    database.close();
  }
}

describe('a run whose process is killed', () => {
  it('is interrupted when the library is opened next, and has every trial that was committed', async () => {
    const { child, said } = startWriter(1_000_000, 'finish');
    const runId = await said();
    let committed = 0;
    while (committed < 12) committed = Number(await said());
    await kill(child);

    const library = open();
    expect(library.interruptedRuns.map(({ id, status }) => [id, status])).toEqual([
      [runId, 'interrupted'],
    ]);
    const run = library.findRun(runId);
    const trials = [...library.trials(runId)];
    expect(trials.length).toBeGreaterThanOrEqual(committed);
    expect(trials.length % 3).toBe(0);
    expect(run?.finishedTrials).toBe(trials.length);
    expect(trials).toEqual(trials.map((_, place) => exampleTrial(place)));
    expect(run?.endedAt).not.toBeNull();
    expect(checkIntegrity()).toBe('ok');
    // It has been said once.
    expect(open().interruptedRuns).toEqual([]);
  });
});

describe('a run whose process is alive', () => {
  it('is left alone by others, until that process is gone', async () => {
    const { child, said } = startWriter(3, 'wait');
    const runId = await said();
    while ((await said()) !== 'waiting');

    const library = open({ clock: () => new Date(Date.now() + 10 * LEASE_TIMEOUT_MS) });
    expect(library.interruptedRuns).toEqual([]);
    expect(library.findRun(runId)?.status).toBe('running');
    expect(() => library.deleteRun(runId)).toThrow('cannot be deleted before it is over');
    const lost = `Run ${runId} belongs to another process; nothing more can be added to it.`;
    expect(() => library.renewLease(runId)).toThrow(lost);
    expect(() => library.appendTrials(runId, [exampleTrial(3)])).toThrow(lost);
    expect(() => library.endRun(runId, { status: 'finished', expectations: [] })).toThrow(lost);

    await kill(child);
    expect(library.markInterruptedRuns().map(({ id }) => id)).toEqual([runId]);
    expect(library.markInterruptedRuns()).toEqual([]);
  });

  it('ends by itself while others have the library open', async () => {
    const library = open();
    const { said, end, exited } = startWriter(3, 'wait');
    const runId = await said();
    while ((await said()) !== 'waiting');
    expect(library.markInterruptedRuns()).toEqual([]);
    end();
    expect(await exited).toEqual([0, null]);
    expect(library.findRun(runId)).toMatchObject({ status: 'finished', finishedTrials: 3 });
  });
});

describe('several processes', () => {
  it('make one library, and write to it at once without losing a trial', async () => {
    const writers = [
      startWriter(90, 'finish'),
      startWriter(90, 'finish'),
      startWriter(90, 'finish'),
    ];
    // They are making it by now, all three.
    await Promise.all(writers.map(({ said }) => said()));
    const library = open();
    const own = library.startRun(exampleRun(library.findOrCreateSession('night').id)).id;
    for (let position = 0; position < 30; position += 1) {
      library.appendTrials(own, [exampleTrial(position)]);
      await new Promise(setImmediate);
    }
    library.endRun(own, { status: 'finished', expectations: [] });
    expect(await Promise.all(writers.map(({ exited }) => exited))).toEqual(
      Array(3).fill([0, null]),
    );

    expect(library.sessions().map(({ name, runCount }) => [name, runCount])).toEqual([
      ['night', 4],
    ]);
    const found = library.runs({ orderBy: 'finishedTrials' });
    expect(found.map(({ status, finishedTrials }) => [status, finishedTrials])).toEqual([
      ['finished', 30],
      ['finished', 90],
      ['finished', 90],
      ['finished', 90],
    ]);
    for (const { id, finishedTrials } of found) {
      expect([...library.trials(id)].map(({ parameters }) => parameters.position)).toEqual(
        Array.from({ length: finishedTrials }, (_, place) => place),
      );
    }
    expect(checkIntegrity()).toBe('ok');
  });
});

describe('a lease', () => {
  const there = (host: string) => ({
    current: { host, id: 42, started: 'boot/1' },
    find: () => ({ kind: 'alive', started: 'boot/1' }) as const,
  });

  it('of another host is renewed by every commit, and lost when it is silent for too long', () => {
    let now = Date.UTC(2026, 0, 31);
    const clock = () => new Date(now);
    const library = open({ clock, processes: there('there') });
    const { id } = library.startRun(exampleRun(library.createSession('night').id));
    const here = open({ clock, processes: there('here') });
    for (const renew of [
      () => library.renewLease(id),
      () => library.appendTrials(id, [exampleTrial(0)]),
    ]) {
      now += LEASE_TIMEOUT_MS;
      expect(here.markInterruptedRuns()).toEqual([]);
      renew();
    }
    const lastSign = clock().toISOString();
    now += LEASE_TIMEOUT_MS + 1;
    expect(here.markInterruptedRuns()).toMatchObject([
      { id, status: 'interrupted', endedAt: lastSign, finishedTrials: 1 },
    ]);
    expect(() => library.appendTrials(id, [exampleTrial(1)])).toThrow(
      `Run ${id} is interrupted; nothing more can be added to it.`,
    );
  });

  it('is not shared by two openings in one process', () => {
    const first = open();
    const { id } = first.startRun(exampleRun(first.createSession('night').id));
    const second = open();
    expect(second.interruptedRuns).toEqual([]);
    expect(() => second.appendTrials(id, [exampleTrial(0)])).toThrow('belongs to another process');
    first.appendTrials(id, [exampleTrial(0)]);
  });

  it('ends when the library is closed before the run is over', () => {
    const first = open();
    const { id } = first.startRun(exampleRun(first.createSession('night').id));
    first.close();
    first.close();
    expect(open().findRun(id)?.status).toBe('interrupted');
  });
});
