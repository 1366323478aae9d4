import type { Reply, SaveResult } from '#contract';
import { useLabStore } from '../stores/lab-store.ts';
import { useNoticesStore } from '../stores/notices-store.ts';

/** How the content of a chosen file is handed on: as text, or as base64 for what is no text. */
export type UploadEncoding = 'text' | 'base64';

export type Files = {
  /** Says where a file was saved, or fetches it where the host gave a link. */
  readonly finishSave: (reply: Reply<SaveResult>) => void;
  /**
   * What `upload` of the opening requests takes: null where the host has a dialog of its own, and
   * the content of the file the user picks where it has none.
   *
   * @param accept  Endings, as an input of type file takes them: `.yaml,.yml`.
   * @returns Undefined when the user picked nothing.
   */
  readonly chooseUpload: (
    accept: string,
    encoding: UploadEncoding,
  ) => Promise<string | null | undefined>;
};

function pickFile(accept: string): Promise<File | undefined> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accept;
    input.addEventListener('change', () => resolve(input.files?.[0]));
    input.addEventListener('cancel', () => resolve(undefined));
    input.click();
  });
}

function readBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      // A data address: what follows the comma is the content.
      resolve(typeof reader.result === 'string' ? reader.result.replace(/^[^,]*,/, '') : '');
    });
    reader.addEventListener('error', () => reject(reader.error ?? new Error('not readable')));
    reader.readAsDataURL(file);
  });
}

function fetchDownload(url: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
}

/** Opening and saving files, whether or not the host has dialogs. */
export function useFiles(): Files {
  const labStore = useLabStore();
  const notices = useNoticesStore();

  function finishSave(reply: Reply<SaveResult>): void {
    if (!notices.report(reply)) return;
    const result = reply.value;
    if (result.kind === 'saved') notices.say(`Saved as ${result.path}.`);
    if (result.kind === 'download') {
      fetchDownload(result.url, result.fileName);
      notices.say(`${result.fileName} is in the downloads of this browser.`);
    }
  }

  async function chooseUpload(
    accept: string,
    encoding: UploadEncoding,
  ): Promise<string | null | undefined> {
    if (labStore.description?.host !== 'web') return null;
    const file = await pickFile(accept);
    if (file === undefined) return undefined;
    try {
      return encoding === 'text' ? await file.text() : await readBase64(file);
    } catch {
      notices.fail(`The file ${file.name} could not be read.`);
      return undefined;
    }
  }

  return { finishSave, chooseUpload };
}
