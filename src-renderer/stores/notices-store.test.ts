import { beforeEach, expect, it } from 'vitest';
import { createMemoryLab } from '../testing/memory-lab.ts';
import { useStoresOver } from '../testing/store-context.ts';
import { useNoticesStore } from './notices-store.ts';

beforeEach(() => useStoresOver(createMemoryLab().bridge));

it('says what went wrong in one sentence', () => {
  const notices = useNoticesStore();

  const isGood = notices.report({ ok: false, code: 'not-found', message: 'there is no such run' });

  expect(isGood).toBe(false);
  expect(notices.latest).toEqual({ kind: 'failure', text: 'There is no such run.', action: null });
});

it('passes over in silence what went right', () => {
  const notices = useNoticesStore();

  expect(notices.report({ ok: true, value: 1 })).toBe(true);
  expect(notices.latest).toBeNull();
});

it('offers a way back, once', () => {
  const notices = useNoticesStore();
  let undone = 0;

  notices.sayUndoable('2 runs moved to the trash.', () => (undone += 1));
  const couldUndo = notices.canUndo;
  notices.undo();
  notices.undo();

  expect([couldUndo, undone, notices.canUndo, notices.latest]).toEqual([true, 1, false, null]);
});

it('takes nothing back that only has something else to offer', () => {
  const notices = useNoticesStore();
  let shown = 0;

  notices.warn('A run was cut off.', { title: 'Show', run: () => (shown += 1) });
  notices.undo();

  expect([notices.canUndo, shown]).toEqual([false, 0]);
});

it('leaves what was said since when an older notice is acted on', () => {
  const notices = useNoticesStore();
  let undone = 0;
  notices.sayUndoable('The first.', () => (undone += 1));
  const older = notices.latest;

  notices.say('The second.');
  notices.act(older);

  expect([undone, notices.latest?.text]).toEqual([1, 'The second.']);
});
