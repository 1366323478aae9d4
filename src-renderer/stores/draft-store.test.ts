import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LabBridge } from '#contract';
import { createMemoryLab } from '../testing/memory-lab.ts';
import { useStoresOver } from '../testing/store-context.ts';
import { useDraftStore } from './draft-store.ts';

let lab: LabBridge;
beforeEach(() => {
  vi.useFakeTimers();
  lab = createMemoryLab().bridge;
  useStoresOver(lab);
});
afterEach(() => {
  vi.useRealTimers();
});

async function keptText(): Promise<string | undefined> {
  await vi.runAllTimersAsync();
  const reply = await lab.readDraft(null);
  return reply.ok ? reply.value?.text : undefined;
}

it('has no draft until one is begun, and keeps what is typed', async () => {
  const draft = useDraftStore();
  await draft.load();
  expect(draft.hasDraft).toBe(false);

  draft.begin('name: a\n', { origin: { kind: 'new' }, saved: null });
  draft.change('name: ab\n', 'name');

  expect(await keptText()).toBe('name: ab\n');
});

it('finds the draft of last time', async () => {
  await lab.saveDraft({ text: 'name: kept\n' });
  const draft = useDraftStore();

  await draft.load();

  expect([draft.hasDraft, draft.text, draft.canUndo]).toEqual([true, 'name: kept\n', false]);
});

it('does not let the draft of last time take the place of what was begun meanwhile', async () => {
  await lab.saveDraft({ text: 'old' });
  const draft = useDraftStore();
  draft.begin('new', { origin: { kind: 'new' }, saved: null });

  await draft.load();

  expect(draft.text).toBe('new');
});

it('brings back the old draft when beginning another was a mistake', async () => {
  const draft = useDraftStore();
  draft.begin('mine', { origin: { kind: 'new' }, saved: null });
  draft.begin('other', {
    origin: { kind: 'catalogue', experimentId: 'x' },
    saved: { argument: 'x', text: 'other' },
  });

  draft.undo();

  expect([draft.text, draft.origin, draft.saved]).toEqual(['mine', { kind: 'new' }, null]);
  expect(await keptText()).toBe('mine');
  draft.redo();
  expect(draft.text).toBe('other');
});

it('keeps at once when the page is left', async () => {
  const draft = useDraftStore();
  draft.begin('a', { origin: { kind: 'new' }, saved: null });

  await draft.flush();

  const reply = await lab.readDraft(null);
  expect(reply.ok && reply.value).toEqual({ text: 'a' });
});

it('says when a draft was not kept', async () => {
  useStoresOver({
    ...lab,
    saveDraft: () =>
      Promise.resolve({ ok: false, code: 'file-failed', message: 'the disk is full' }),
  });
  const draft = useDraftStore();
  draft.begin('a', { origin: { kind: 'new' }, saved: null });

  await vi.runAllTimersAsync();

  expect(draft.failure?.message).toBe('the disk is full');
});

it('remembers what the command line can name', () => {
  const draft = useDraftStore();
  draft.begin('a', { origin: { kind: 'new' }, saved: null });
  draft.noteSaved('a.yaml');
  draft.change('b', null);

  expect(draft.saved).toEqual({ argument: 'a.yaml', text: 'a' });
});
