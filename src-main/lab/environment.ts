import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { cpus, hostname, machine, release, type as systemType } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RECORD_VERSION } from '#contract';
import type { Environment } from '#contract';
import { CORE_VERSION } from '#core';

const runFile = promisify(execFile);
/** A repository on a slow disk must not hold up a run. Unit: milliseconds. */
const GIT_TIMEOUT_MS = 2_000;

async function askGit(root: string, ...words: string[]): Promise<string | null> {
  try {
    const { stdout } = await runFile('git', words, { cwd: root, timeout: GIT_TIMEOUT_MS });
    return stdout.trim();
  } catch {
    // No git here, or none that can read this checkout: the commit is then unknown, not wrong.
    return null;
  }
}

/** The commit of a checkout, with `+` when files differ from it; null outside one. */
async function readCommit(root: string): Promise<string | null> {
  // Without this, an application installed inside another project would name that project's commit.
  if (!existsSync(join(root, '.git'))) return null;
  const commit = await askGit(root, 'rev-parse', 'HEAD');
  if (commit === null || commit === '') return null;
  const changes = await askGit(root, 'status', '--porcelain');
  return changes === '' ? commit : `${commit}+`;
}

async function readVersion(root: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isManifest ? String(manifest.version) : 'unknown';
}

function describeProcessor(): string {
  const processors = cpus();
  const model = processors.at(0)?.model.trim() ?? '';
  return `${processors.length} × ${model === '' ? machine() : model}`;
}

/**
 * Describes where and with what runs are made here.
 *
 * @param root  The folder of the application, which holds its package.json.
 */
export async function readEnvironment(root: string): Promise<Environment> {
  const [applicationVersion, commit] = await Promise.all([readVersion(root), readCommit(root)]);
  return {
    applicationVersion,
    commit,
    coreVersion: CORE_VERSION,
    recordVersion: RECORD_VERSION,
    host: hostname(),
    processor: describeProcessor(),
    operatingSystem: `${systemType()} ${release()} ${machine()}`,
    runtime: `Node ${process.versions.node}`,
  };
}
