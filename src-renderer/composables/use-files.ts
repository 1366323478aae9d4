import type { Reply, SaveResult } from '#contract';
import { useNoticesStore } from '../stores/notices-store.ts';

function fetchDownload(url: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
}

/** Saving files, whether or not the host has dialogs. */
export function useFiles(): {
  /** Says where a file was saved, or fetches it where the host gave a link. */
  readonly finishSave: (reply: Reply<SaveResult>) => void;
} {
  const notices = useNoticesStore();
  return {
    finishSave: (reply) => {
      if (!notices.report(reply)) return;
      const result = reply.value;
      if (result.kind === 'saved') notices.say(`Saved as ${result.path}.`);
      if (result.kind !== 'download') return;
      fetchDownload(result.url, result.fileName);
      notices.say(`${result.fileName} is in the downloads of this browser.`);
    },
  };
}
