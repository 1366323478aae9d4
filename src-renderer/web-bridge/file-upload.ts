import { LARGEST_FILE } from '#contract';
import type { Reply } from '#contract';
import { formatBytes } from '../format.ts';
import { putFile } from './http-requests.ts';

/** Lets the user choose a file; null when they change their mind. */
function pickFile(endings: string): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = endings;
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}

/**
 * Brings a file of the page to the web host.
 *
 * @returns The ticket by which a request names it.
 */
export async function bringFile(file: File): Promise<Reply<string>> {
  if (file.size > LARGEST_FILE) {
    // Said here: the host would cut the connection in the middle of the file.
    const message = `${file.name} has ${formatBytes(file.size)}; a file has at most ${formatBytes(LARGEST_FILE)}.`;
    return { ok: false, code: 'bad-input', message };
  }
  return putFile(file, file.name);
}

/** Lets the user choose a file and brings it; null when they change their mind. */
export async function bringChosenFile(endings: string): Promise<Reply<string | null>> {
  const file = await pickFile(endings);
  return file === null ? { ok: true, value: null } : bringFile(file);
}
