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

it('offers a way back', () => {
  const notices = useNoticesStore();
  let undone = 0;

  notices.say('2 runs moved to the trash.', { title: 'Undo', run: () => (undone += 1) });
  notices.latest?.action?.run();

  expect([notices.latest?.action?.title, undone]).toEqual(['Undo', 1]);
});
