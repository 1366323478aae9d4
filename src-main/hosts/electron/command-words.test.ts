import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readCommandWords } from './command-words.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folio-lab-test-'));
  mkdirSync(join(folder, 'deep'));
  writeFileSync(join(folder, 'reads.foliolab'), '');
  writeFileSync(join(folder, 'deep', 'mine.yaml'), '');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('finds what is meant for it between the words of others', () => {
  const words = [
    '/usr/bin/electron.yaml',
    '--no-sandbox',
    '--enable-features=a.yaml',
    folder,
    '--library=mine.db',
    'reads.foliolab',
    join(folder, 'deep/mine.yaml'),
    'missing.yaml',
    'notes.txt',
  ];

  expect(readCommandWords(words, folder)).toEqual({
    library: join(folder, 'mine.db'),
    files: [join(folder, 'reads.foliolab'), join(folder, 'deep/mine.yaml')],
  });
});

it('finds nothing where nothing is meant for it', () => {
  expect(readCommandWords(['electron'], folder)).toEqual({ library: null, files: [] });
});
