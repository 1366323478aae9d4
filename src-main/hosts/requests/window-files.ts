import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** A file of the built window, ready to be sent. */
export type WindowFile = { readonly type: string; readonly bytes: Buffer<ArrayBuffer> };

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** The path inside the folder; null for one that leads out of it, or cannot be read as a path. */
function insidePath(folder: string, urlPath: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  const file = resolve(join(folder, path === '/' ? '/index.html' : path));
  const way = relative(folder, file);
  const isOutside = way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
  return isOutside ? null : file;
}

function isMissing(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return ['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG'].includes(String(error.code));
}

/**
 * Reads a file of the built window.
 *
 * @param folder   Where the window is; an absolute path.
 * @param urlPath  The path of an address, still encoded; `/` is the page itself.
 * @returns Null for a file that is not there, is of no kind the window uses, or lies elsewhere.
 */
export async function readWindowFile(folder: string, urlPath: string): Promise<WindowFile | null> {
  const path = insidePath(folder, urlPath);
  const type = path === null ? undefined : TYPES[extname(path)];
  if (path === null || type === undefined) return null;
  try {
    return { type, bytes: await readFile(path) };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
