import type { Reply } from '#contract';
import { putFile } from './http-requests.ts';

/** A file as the page has it. */
type PageFile = { readonly content: Blob; readonly name: string };

/** How the page hands on the content of a file it was given: as it is, or as base64. */
export type ContentEncoding = 'text' | 'base64';

/** Lets the user choose a file; null when they change their mind. */
function pickFile(endings: string): Promise<PageFile | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = endings;
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      resolve(file === undefined ? null : { content: file, name: file.name });
    });
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}

/** @throws {DOMException} for what is no base64. */
function blobFromContent(content: string, encoding: ContentEncoding): Blob {
  if (encoding === 'text') return new Blob([content]);
  return new Blob([Uint8Array.from(atob(content), (byte) => byte.charCodeAt(0))]);
}

/**
 * Brings a file to the web host: the content the page was given, or else a file the user chooses.
 *
 * @param content  Null asks the user.
 * @returns The ticket of the upload; null when the user changed their mind.
 */
export async function uploadFile(
  content: string | null,
  encoding: ContentEncoding,
  endings: string,
): Promise<Reply<string | null>> {
  if (content === null) {
    const file = await pickFile(endings);
    return file === null ? { ok: true, value: null } : putFile(file.content, file.name);
  }
  try {
    const blob = blobFromContent(content, encoding);
    return await putFile(blob, `file${endings.split(',', 1).join('')}`);
  } catch {
    return { ok: false, code: 'bad-input', message: 'The file could not be read.' };
  }
}
