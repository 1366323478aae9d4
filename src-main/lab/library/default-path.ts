import { homedir } from 'node:os';
import { posix, resolve, win32 } from 'node:path';

/** Values of environment variables by name. */
type Variables = Readonly<Record<string, string | undefined>>;

function userDataFolder(variables: Variables, platform: NodeJS.Platform): string {
  const home = variables['HOME'] ?? homedir();
  if (platform === 'win32') {
    const roaming = variables['APPDATA'];
    const profile = variables['USERPROFILE'] ?? home;
    return isSet(roaming) ? roaming : win32.join(profile, 'AppData', 'Roaming');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support');
  const shared = variables['XDG_DATA_HOME'];
  // The XDG specification has relative paths ignored.
  return isSet(shared) && posix.isAbsolute(shared) ? shared : posix.join(home, '.local', 'share');
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

/**
 * Says where the library is, the same for all hosts: what `FOLIO_LAB_LIBRARY` names; otherwise
 * `folio-lab/library.db` in the user's data folder, which is `$XDG_DATA_HOME` or `~/.local/share` on
 * Linux, `~/Library/Application Support` on macOS and `%APPDATA%` on Windows.
 *
 * @param variables  The environment; an empty variable counts as none.
 */
export function defaultLibraryPath(
  variables: Variables = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const chosen = variables['FOLIO_LAB_LIBRARY'];
  if (isSet(chosen)) return chosen;
  const path = platform === 'win32' ? win32 : posix;
  return path.join(userDataFolder(variables, platform), 'folio-lab', 'library.db');
}

/**
 * Says what a command needs to find a library: nothing for the usual one.
 *
 * @param path      An absolute path.
 * @param terminal  Where the command is typed. In another terminal than this process's the variable
 *   `FOLIO_LAB_LIBRARY` may be set to something else, or not be set.
 */
export function libraryWords(
  path: string,
  terminal: 'this' | 'another',
  variables: Variables = process.env,
): readonly string[] {
  const isUsual = path === resolve(defaultLibraryPath(variables));
  const isUsualEverywhere = isUsual && !isSet(variables['FOLIO_LAB_LIBRARY']);
  return (terminal === 'this' ? isUsual : isUsualEverywhere) ? [] : ['--library', path];
}
