import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLibrary } from './open-library.ts';
import type { Library } from './open-library.ts';
import { exampleRun } from './testing/records.ts';

const TIME = '2026-01-31T09:45:00.123Z';
const NO_SUCH_ID = '00000000-0000-4000-8000-000000000000';

let library: Library;
beforeEach(() => {
  library = openLibrary(':memory:', { clock: () => new Date(TIME) });
});
afterEach(() => library.close());

function finishedRun(sessionId: string): string {
  const { id } = library.startRun(exampleRun(sessionId));
  library.endRun(id, { status: 'finished', expectations: [] });
  return id;
}

describe('a session', () => {
  it('begins empty, under a UUID', () => {
    const session = library.createSession('  mTHP on EPYC ');
    expect(session.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(session).toEqual({
      id: session.id,
      name: 'mTHP on EPYC',
      notes: '',
      tags: [],
      createdAt: TIME,
      archivedAt: null,
      deletedAt: null,
      runCount: 0,
    });
    expect(library.sessions()).toEqual([session]);
  });

  it('keeps its name, notes, tags and the number of its runs', () => {
    const { id } = library.createSession('a');
    library.renameSession(id, 'b');
    library.setSessionNotes(id, '# Why\n');
    library.setSessionTags(id, [' thp ', 'thp', '', 'epyc']);
    const deleted = finishedRun(id);
    finishedRun(id);
    library.deleteRun(deleted);
    expect(library.findSession(id)).toMatchObject({
      name: 'b',
      notes: '# Why\n',
      tags: ['thp', 'epyc'],
      runCount: 1,
    });
  });

  it('has a name of its own', () => {
    const first = library.createSession('night');
    const second = library.createSession('day');
    const taken = `Session ${first.id} is called night already.`;
    expect(() => library.createSession('night')).toThrow(taken);
    expect(() => library.renameSession(second.id, 'night')).toThrow(taken);
    expect(() => library.createSession('  ')).toThrow('A session needs a name');
    expect(library.renameSession(first.id, 'night').name).toBe('night');
  });

  it('is found by id, name and beginning of the id', () => {
    const session = library.createSession('night');
    const found = [session.id, session.id.toUpperCase(), ' night ', session.id.slice(0, 8)].map(
      (text) => library.findSession(text),
    );
    expect(found).toEqual([session, session, session, session]);
    expect(['', 'nigh', session.id.slice(0, 3), NO_SUCH_ID].map(library.findSession)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('is made when it is not found', () => {
    const session = library.findOrCreateSession('night');
    expect(library.findOrCreateSession(session.id)).toEqual(session);
    expect(library.findOrCreateSession('night')).toEqual(session);
    // The beginning of an id is a name like any other here.
    expect(library.findOrCreateSession(session.id.slice(0, 8)).id).not.toBe(session.id);
  });

  it('can be put away without being deleted', () => {
    const { id } = library.createSession('night');
    const kept = library.createSession('day');
    const archived = library.archiveSession(id);
    expect(archived.archivedAt).toBe(TIME);
    expect(library.sessions()).toEqual([kept]);
    expect(library.sessions({ archived: true })).toEqual([archived]);
    expect(library.sessions({ archived: 'any' })).toHaveLength(2);
    expect(library.sessions({ deleted: true })).toEqual([]);
    expect(library.unarchiveSession(id).archivedAt).toBeNull();
  });

  it('goes to the trash with its runs, and comes back with those that were not deleted before', () => {
    const { id } = library.createSession('night');
    const [first, second] = [finishedRun(id), finishedRun(id)];
    library.deleteRun(first);
    expect(library.deleteSession(id).deletedAt).toBe(TIME);
    expect(library.sessions()).toEqual([]);
    expect(library.runs()).toEqual([]);
    expect(library.sessions({ deleted: true }).map((session) => session.id)).toEqual([id]);
    expect(
      library
        .runs({ deleted: true })
        .map((run) => run.id)
        .sort(),
    ).toEqual([first, second].sort());
    library.restoreSession(id);
    expect(library.runs().map((run) => run.id)).toEqual([second]);
  });

  it('in the trash leaves its name to others, and needs another one to come back', () => {
    const { id } = library.createSession('night');
    library.deleteSession(id);
    expect(library.findSession('night')?.id).toBe(id);
    const second = library.findOrCreateSession('night');
    expect(second.id).not.toBe(id);
    expect(library.findSession('night')).toEqual(second);
    expect(() => library.findOrCreateSession(id)).toThrow('is in the trash; restore it first');
    expect(() => library.restoreSession(id)).toThrow(
      `Session ${second.id} is called night already.`,
    );
    library.renameSession(id, 'last night');
    expect(library.restoreSession(id).deletedAt).toBeNull();
  });

  it('is deleted for good only from the trash', () => {
    const { id } = library.createSession('night');
    const runId = finishedRun(id);
    expect(() => library.purgeSession(id)).toThrow('is not in the trash; delete it first');
    library.deleteSession(id);
    library.purgeSession(id);
    expect(library.findSession(id)).toBeNull();
    expect(library.findRun(runId)).toBeNull();
  });

  it('is not deleted while a run of it goes on, and takes no run in the trash', () => {
    const { id } = library.createSession('night');
    const run = library.startRun(exampleRun(id));
    expect(() => library.deleteSession(id)).toThrow(`its run ${run.id} is not over`);
    library.endRun(run.id, { status: 'cancelled', expectations: [] });
    library.deleteSession(id);
    expect(() => library.startRun(exampleRun(id))).toThrow('is in the trash; restore it first');
  });

  it('that does not exist is named', () => {
    const sentence = `There is no session ${NO_SUCH_ID} in :memory:.`;
    for (const act of [library.archiveSession, library.deleteSession, library.purgeSession]) {
      expect(() => act(NO_SUCH_ID)).toThrow(sentence);
    }
    expect(() => library.startRun(exampleRun(NO_SUCH_ID))).toThrow(sentence);
  });
});
