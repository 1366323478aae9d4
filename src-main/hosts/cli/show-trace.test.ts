import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { LabFolder } from './testing/lab-process.ts';

const TALK = fileURLToPath(
  new URL('../../lab/measured/fixtures/talk-2024-listings.txt', import.meta.url),
);

const folder = new LabFolder();
afterAll(() => folder[Symbol.dispose]());

it('[TRC-3] show sets the listings of the talk beside the model, call for call', async () => {
  const imported = await folder.run('import', TALK);
  const id = /^measurement (\w+)/m.exec(imported.stdout)?.[1] ?? '';
  const { status, stdout, stderr } = await folder.run('show', id);

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('135 calls, 15 of them shown');
  expect(stdout).toContain('(1 call traced): 135 calls traced, 135 modelled.');
  expect(stdout).toContain('(1 call traced): 9 calls traced, 9 modelled.');
  expect(stdout).toContain('Tracing inflates time');
});

it('show refuses a cost model that is not there, in a sentence', async () => {
  const imported = await folder.run('import', TALK, '--name', 'again', '--session', 'other');
  const id = /^measurement (\w+)/m.exec(imported.stdout)?.[1] ?? '';
  const { status, stderr } = await folder.run('show', id, '--cost-model', 'nothing-such');

  expect(status).toBe(2);
  expect(stderr).toContain('nothing-such');
  expect(stderr).not.toContain('    at ');
});
