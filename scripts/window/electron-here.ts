import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canHaveDisplay } from './display.ts';

/** Where Electron is, or why there is none. */
export type ElectronHere =
  { readonly program: string } | { readonly program: null; readonly reason: string };

const INSTALLED_FOLDER = fileURLToPath(
  new URL('../../node_modules/electron/dist', import.meta.url),
);
const PROGRAM_NAMES = ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron'];

/** Finds the Electron of `ELECTRON_OVERRIDE_DIST_PATH`, or the one that was fetched; fetches none. */
export function electronHere(): ElectronHere {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? INSTALLED_FOLDER;
  const program = PROGRAM_NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (program === undefined) {
    const how = '"npx install-electron" fetches it, or ELECTRON_OVERRIDE_DIST_PATH names one';
    return { program: null, reason: `there is no Electron in ${folder}; ${how}` };
  }
  if (!canHaveDisplay()) return { program: null, reason: 'there is no display, and no Xvfb' };
  return { program };
}

/** Electron refuses to run as root with its sandbox; what runs it from outside may be root. */
export const SANDBOX_WORDS: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** The environment of this process, for an application with settings and data of its own. */
export function environmentIn(folder: string, displayName: string): Record<string, string> {
  const own = {
    DISPLAY: displayName,
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_DATA_HOME: join(folder, 'data'),
    APPDATA: join(folder, 'config'),
  };
  const inherited = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(inherited), ...own };
}
