import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLibrary } from '../../lab/index.ts';
import { endOf, LabFolder } from './testing/lab-process.ts';
import { smallExperimentText } from './testing/small-experiment.ts';

const folder = new LabFolder();
beforeAll(async () => {
  writeFileSync(folder.file('small.yaml'), smallExperimentText());
  writeFileSync(folder.file('long.yaml'), smallExperimentText({ count: 400_000, replicates: 500 }));
  await folder.run('run', 'small.yaml', '--quiet');
});
afterAll(() => folder[Symbol.dispose]());

function copyLibrary(name: string): string {
  const path = folder.file(name);
  copyFileSync(folder.library, path);
  return path;
}

async function refusal(...words: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await folder.run(...words);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^folio-lab: [^\n]+\n$/);
  return stderr;
}

describe('a library in trouble', () => {
  it('of a newer version is left alone', async () => {
    const path = copyLibrary('newer.db');
    const database = new Database(path);
    database.pragma('user_version = 4000');
    database.close();
    const before = readFileSync(path);
    expect(await refusal('runs', '--library', path)).toContain('version 4000');
    expect(await refusal('run', 'small.yaml', '--quiet', '--library', path)).toContain('4000');
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('that is damaged is named', async () => {
    const path = copyLibrary('damaged.db');
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 4096);
    writeFileSync(path, bytes);
    expect(await refusal('runs', '--library', path)).toContain('damaged.db is damaged');
  });

  it('that another process keeps locked is named', async () => {
    const path = copyLibrary('locked.db');
    const database = new Database(path);
    database.exec('BEGIN EXCLUSIVE');
    const answer = await refusal('run', 'small.yaml', '--quiet', '--library', path);
    database.close();
    expect(answer).toContain('locked.db is locked');
  });

  it('keeps what a run had committed when it was killed, and says that it was cut off', async () => {
    const path = folder.file('killed.db');
    const child = folder.start(['run', 'long.yaml', '--quiet', '--library', path]);
    const ended = endOf(child);
    const library = openLibrary(path);
    const committed = (): number => library.runs()[0]?.finishedTrials ?? 0;
    while (committed() === 0 && child.exitCode === null) await delay(20);
    child.kill('SIGKILL');
    expect((await ended).signal).toBe('SIGKILL');
    const kept = committed();
    library.close();
    const { stdout, stderr } = await folder.run('runs', '--library', path);
    expect(kept).toBeGreaterThan(0);
    expect(stdout).toMatch(new RegExp(`small +interrupted +${kept} of 2000`));
    expect(stderr).toMatch(
      /^run ([0-9a-f]{8}) \(small\) was cut off and is marked interrupted; "folio-lab resume \1 --library '\S+killed\.db'" runs the rest\n$/,
    );
  });
});
