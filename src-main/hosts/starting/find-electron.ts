import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastLine } from './last-line.ts';

export type ElectronSearch =
  | { readonly ok: true; readonly program: string }
  /** Why there is none, in words without a full stop. */
  | { readonly ok: false; readonly reason: string };

/** What decides whether a window can be opened here. */
export type Surroundings = {
  readonly platform: NodeJS.Platform;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Null where users have no numbers. */
  readonly userId: number | null;
  /** Whether the user gave --no-sandbox. */
  readonly isSandboxOff: boolean;
};

const FETCH_TIMEOUT_MS = 300_000;

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

/** Why no window can be opened here, whatever is installed; null when one can. */
export function windowObstacle(surroundings: Surroundings): string | null {
  const { platform, variables, userId, isSandboxOff } = surroundings;
  if (platform !== 'linux') return null;
  if (!isSet(variables['DISPLAY']) && !isSet(variables['WAYLAND_DISPLAY'])) {
    return 'there is no display';
  }
  if (userId === 0 && !isSandboxOff) return 'Electron does not run as root without --no-sandbox';
  return null;
}

/** Where Electron's own install puts its program. */
function programName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

function installedProgram(electron: string, platform: NodeJS.Platform): string | null {
  const named = join(electron, 'path.txt');
  const name = existsSync(named) ? readFileSync(named, 'utf8').trim() : programName(platform);
  const program = join(electron, 'dist', name);
  return existsSync(program) ? program : null;
}

/** Lets Electron's own install fetch its program. @returns Why it could not; null when it could. */
function fetchProgram(electron: string): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(electron, 'install.js')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: FETCH_TIMEOUT_MS,
    });
    let said = '';
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => (said += text));
    child.on('error', ({ message }) => resolve(message));
    child.on('close', (code) =>
      resolve(
        code === 0 ? null : firstReason(said, code === null ? 'it took too long' : 'no answer'),
      ),
    );
  });
}

/** An error of a download says first what it is, and then where it was. */
function firstReason(said: string, otherwise: string): string {
  const [first = ''] = said.split('\n').filter((line) => /error/i.test(line));
  return lastLine(first.replace(/^\w*Error: /, ''), otherwise);
}

/**
 * Finds the program of Electron, and has it fetched when it is missing.
 *
 * @param folder  The folder of the application.
 * @param note    Tells the user that something is fetched.
 */
export async function findElectron(
  folder: string,
  { platform, variables }: Surroundings,
  note: (sentence: string) => void,
): Promise<ElectronSearch> {
  const chosen = variables['ELECTRON_OVERRIDE_DIST_PATH'];
  if (chosen !== undefined && chosen !== '') {
    const program = join(chosen, programName(platform));
    return existsSync(program)
      ? { ok: true, program }
      : { ok: false, reason: `ELECTRON_OVERRIDE_DIST_PATH names ${chosen}, which has no Electron` };
  }
  const electron = join(folder, 'node_modules/electron');
  if (!existsSync(join(electron, 'install.js'))) {
    return { ok: false, reason: 'Electron is not installed' };
  }
  const installed = installedProgram(electron, platform);
  if (installed !== null) return { ok: true, program: installed };
  note('Fetching Electron, once; this may take a while …');
  const reason = await fetchProgram(electron);
  const fetched = installedProgram(electron, platform);
  if (fetched !== null) return { ok: true, program: fetched };
  return { ok: false, reason: `Electron could not be fetched: ${reason ?? 'nothing came'}` };
}
