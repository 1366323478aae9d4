import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RECORD_VERSION } from '#contract';
import { CORE_VERSION } from '#core';
import { readEnvironment } from './environment.ts';
import { createTemporaryFolder } from './testing/temporary-folder.ts';
import type { TemporaryFolder } from './testing/temporary-folder.ts';

let folder: TemporaryFolder;
let root: string;

beforeEach(() => {
  folder = createTemporaryFolder();
  root = folder.path;
  writeFileSync(join(root, 'package.json'), '{ "version": "3.2.1" }\n');
});
afterEach(() => {
  folder.remove();
});

function git(...words: string[]): string {
  const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.org'];
  return execFileSync('git', [...author, ...words], { cwd: root, encoding: 'utf8' }).trim();
}

it('names the versions, the machine and the runtime', async () => {
  const environment = await readEnvironment(root);

  expect(environment).toMatchObject({
    applicationVersion: '3.2.1',
    coreVersion: CORE_VERSION,
    recordVersion: RECORD_VERSION,
    runtime: `Node ${process.versions.node}`,
  });
  expect(Object.entries(environment).filter(([, value]) => value === '')).toEqual([]);
});

it('has no commit outside a checkout, though a folder above may be one', async () => {
  git('init', '--quiet');
  const inner = join(root, 'node_modules');
  mkdirSync(inner);
  writeFileSync(join(inner, 'package.json'), '{ "version": "1.0.0" }\n');

  expect((await readEnvironment(inner)).commit).toBeNull();
});

it('names the commit of a checkout, with + when files differ from it', async () => {
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'First');
  const commit = git('rev-parse', 'HEAD');

  const clean = await readEnvironment(root);
  writeFileSync(join(root, 'package.json'), '{ "version": "4.0.0" }\n');
  const changed = await readEnvironment(root);

  expect([clean.commit, changed.commit]).toEqual([commit, `${commit}+`]);
});
