import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { lastLine, withoutColours } from './last-line.ts';

/** What the bundles are made of. */
const SOURCES = [
  'src-core',
  'src-contract',
  'src-main',
  'src-renderer',
  'electron.vite.config.ts',
  'package.json',
] as const;

/** Its time is that of the start of the last build that succeeded. */
const STAMP = 'out/built';
/** Between two looks whether another process has built. */
const TURN_INTERVAL_MS = 100;

export type BuildResult = { readonly ok: true } | { readonly ok: false; readonly sentence: string };

async function timeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return null;
  }
}

/** The latest change below a folder, of its files and, for what was deleted, of its folders. */
async function latestChange(path: string): Promise<number> {
  const own = (await timeOf(path)) ?? 0;
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const times = await Promise.all(
    entries
      .filter(({ name }) => !name.endsWith('.test.ts'))
      .map((entry) => {
        const inside = join(path, entry.name);
        return entry.isDirectory() ? latestChange(inside) : timeOf(inside);
      }),
  );
  return Math.max(own, ...times.map((time) => time ?? 0));
}

async function isBuilt(folder: string): Promise<boolean> {
  const built = await timeOf(join(folder, STAMP));
  const isWhole = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'].every(
    (file) => existsSync(join(folder, file)),
  );
  // Where there are no sources there is nothing to be older than.
  if (!existsSync(join(folder, 'src-renderer'))) return isWhole;
  if (!isWhole || built === null) return false;
  const changes = await Promise.all(SOURCES.map((source) => latestChange(join(folder, source))));
  return built >= Math.max(...changes);
}

/** What the bundler complains of, and where: it says `[KIND] what` and then draws `[ file:1:2 ]`. */
function firstComplaint(said: string): string {
  const plain = withoutColours(said);
  const [, what] = /^\[[\w:.-]+\] (.+)$/m.exec(plain) ?? [];
  const [, where] = /\[ (\S+:\d+:\d+) \]/.exec(plain) ?? [];
  const line = what ?? plain.split('\n').find((each) => /error.*[^:]$/i.test(each));
  const reason = lastLine(line ?? plain, 'the build failed');
  return where === undefined ? reason : `${reason}, at ${where}`;
}

function runBuild(folder: string, tool: string): Promise<BuildResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [tool, 'build'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => (said += text));
    const fail = (reason: string): void =>
      resolve({
        ok: false,
        sentence: `The window could not be built (${reason}); "npm run build" says more.`,
      });
    child.on('error', ({ message }) => fail(message));
    child.on('close', (code) => {
      if (code === 0) resolve({ ok: true });
      else fail(firstComplaint(said));
    });
  });
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

/** Makes sure that no two processes write the bundles at once. @returns What lets the next one in. */
async function takeTurn(folder: string): Promise<() => Promise<void>> {
  const turn = join(folder, 'out/being-built');
  await mkdir(join(folder, 'out'), { recursive: true });
  for (;;) {
    try {
      await writeFile(turn, String(process.pid), { flag: 'wx' });
      return () => rm(turn, { force: true });
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!isTaken) throw error;
    }
    const owner = Number(await readFile(turn, 'utf8').catch(() => ''));
    // Empty while it is being written; gone, or of a process that is gone, a moment later.
    if (owner > 0 && !isAlive(owner)) await rm(turn, { force: true });
    else await delay(TURN_INTERVAL_MS);
  }
}

async function build(folder: string, tool: string): Promise<BuildResult> {
  const startedAt = new Date();
  const result = await runBuild(folder, tool);
  if (!result.ok) return result;
  const stamp = join(folder, STAMP);
  await writeFile(stamp, '');
  // What changed while it was built is not in it.
  await utimes(stamp, startedAt, startedAt);
  return result;
}

/**
 * Builds the window and its main process when they are not there, or older than their sources.
 *
 * @param folder  The folder of the application.
 * @param note    Tells the user that it takes a moment.
 */
export async function buildBundles(
  folder: string,
  note: (sentence: string) => void,
): Promise<BuildResult> {
  if (await isBuilt(folder)) return { ok: true };
  const tool = join(folder, 'node_modules/electron-vite/bin/electron-vite.js');
  if (!existsSync(tool)) {
    return {
      ok: false,
      sentence: 'The window is not built, and what builds it is not installed; run "npm ci" first.',
    };
  }
  const endTurn = await takeTurn(folder);
  try {
    // Whoever had the turn before may have built it.
    if (await isBuilt(folder)) return { ok: true };
    note('Building the window, which takes a few seconds …');
    return await build(folder, tool);
  } finally {
    await endTurn();
  }
}
