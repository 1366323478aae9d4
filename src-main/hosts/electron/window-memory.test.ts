import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  memoryFromText,
  NOTHING_REMEMBERED,
  withRecentFile,
  WindowMemoryFile,
} from './window-memory.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folio-lab-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('remembers where the window was and what was opened', () => {
  const path = join(folder, 'settings', 'window.json');
  const bounds = { x: 10, y: 20, width: 1000, height: 700 };
  const memory = withRecentFile({ ...NOTHING_REMEMBERED, bounds, isMaximised: true }, '/a.yaml');

  new WindowMemoryFile(path).update(memory);

  expect(new WindowMemoryFile(path).current).toEqual(memory);
});

it('has the latest file first, each once, and no more than ten', () => {
  const names = ['b', 'a', ...Array.from({ length: 9 }, (_, index) => String(index)), 'a'];

  const memory = names.reduce(withRecentFile, NOTHING_REMEMBERED);

  expect(memory.recentFiles).toEqual(['a', '8', '7', '6', '5', '4', '3', '2', '1', '0']);
});

it('takes any text for a memory, and makes nothing up', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const { bounds, isMaximised, recentFiles } = memoryFromText(text);

      expect(bounds === null || Object.values(bounds).every(Number.isSafeInteger)).toBe(true);
      expect([typeof isMaximised, Array.isArray(recentFiles)]).toEqual(['boolean', true]);
    }),
  );
});

it('does without a memory that cannot be kept', () => {
  writeFileSync(join(folder, 'file'), '');
  const memory = new WindowMemoryFile(join(folder, 'file', 'window.json'));

  memory.update(withRecentFile(memory.current, '/a.yaml'));

  expect(memory.current.recentFiles).toEqual(['/a.yaml']);
});
