import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of the catalogue: its name without the ending is its id. */
export type CatalogueFile = { readonly id: string; readonly path: string };

/** What a read gave: the value, or a sentence that says why there is none. */
export type Found<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly message: string };

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** The files of a folder with one ending, by name; a folder that is not there has none. */
export async function listCatalogueFiles(
  folder: string,
  ending: string,
): Promise<readonly CatalogueFile[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => name.endsWith(ending) && !name.startsWith('.'))
      .sort()
      .map((name) => ({ id: name.slice(0, -ending.length), path: join(folder, name) }));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Whether an argument can only be a path, and not the id of something. */
export function isPath(argument: string, ending: string): boolean {
  return argument.includes('/') || argument.includes('\\') || argument.endsWith(ending);
}

/** Why a file that a user named cannot be read, in words that follow its name. */
export function fileProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'this is a folder, not a file';
  if (code === 'EACCES' || code === 'EPERM') return 'the file may not be read (permission denied)';
  if (code === '') throw error;
  return `the file cannot be read (${code})`;
}
