import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDrafts } from './drafts.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folio-lab-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('keeps the last text for whoever opens the library next', async () => {
  const path = join(folder, 'not made yet', 'library.db');
  const drafts = openDrafts(path);
  const before = await drafts.read();

  const texts = ['n', 'na', 'nam', 'name: ε\n'];
  await Promise.all(texts.map((text) => drafts.save(text)));

  expect({ before, after: await openDrafts(path).read() }).toEqual({
    before: null,
    after: 'name: ε\n',
  });
  expect(readdirSync(join(folder, 'not made yet'))).toEqual(['library.db.draft.yaml']);
});

it('goes on after a text that could not be kept', async () => {
  const inTheWay = join(folder, 'data');
  writeFileSync(inTheWay, '');
  const drafts = openDrafts(join(inTheWay, 'library.db'));

  await expect(drafts.save('lost')).rejects.toThrow();
  rmSync(inTheWay);
  await drafts.save('kept');

  expect(await drafts.read()).toBe('kept');
});
