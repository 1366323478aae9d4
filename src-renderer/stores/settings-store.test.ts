import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createMemoryLab } from '../testing/memory-lab.ts';
import { useStoresOver } from '../testing/store-context.ts';
import { useSettingsStore } from './settings-store.ts';

/** As much of a browser's storage as is used. */
function storage(entries: Record<string, string> = {}) {
  const values = new Map(Object.entries(entries));
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => values.set(key, value),
  };
}

beforeEach(() => useStoresOver(createMemoryLab().bridge));
afterEach(() => {
  vi.unstubAllGlobals();
});

it('follows the system until the user chooses', () => {
  vi.stubGlobal('localStorage', storage());
  const settings = useSettingsStore();

  settings.noteSystemTheme(true);
  const first = settings.theme;
  settings.chooseTheme('light');

  expect([first, settings.theme]).toEqual(['dark', 'light']);
});

it('remembers the choice', () => {
  const kept = storage();
  vi.stubGlobal('localStorage', kept);
  useSettingsStore().chooseTheme('dark');

  useStoresOver(createMemoryLab().bridge);

  expect(useSettingsStore().themeChoice).toBe('dark');
});

it.each(['"pink"', '{', '17'])('forgets a choice it does not know: %s', (text) => {
  vi.stubGlobal('localStorage', storage({ 'folio-lab.theme': text }));

  expect(useSettingsStore().themeChoice).toBe('system');
});

it('does without a storage that may not be used', () => {
  vi.stubGlobal('localStorage', {
    getItem: () => {
      throw new Error('denied');
    },
    setItem: () => {
      throw new Error('denied');
    },
  });
  const settings = useSettingsStore();

  settings.chooseTheme('dark');

  expect(settings.theme).toBe('dark');
});
