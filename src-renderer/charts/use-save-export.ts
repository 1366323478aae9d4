import { useLab } from '../lab-access.ts';
import { useNoticesStore } from '../stores/notices-store.ts';
import type { ExportFile } from './export-file.ts';

/** Starts a download of what a host without dialogs keeps ready. */
function download(url: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
}

/** Saves what the window made, and says where it went. */
export function useSaveExport(): (file: ExportFile) => Promise<void> {
  const lab = useLab();
  const notices = useNoticesStore();
  return async (file) => {
    const reply = await lab.saveExport({ ...file });
    if (!notices.report(reply)) return;
    if (reply.value.kind === 'saved') notices.say(`Saved as ${reply.value.path}.`);
    if (reply.value.kind === 'download') download(reply.value.url, reply.value.fileName);
  };
}
