import { useNoticesStore } from '../stores/notices-store.ts';
import { exportFileName } from './provenance.ts';
import type { Provenance } from './provenance.ts';
import { useSaveExport } from './use-save-export.ts';

/** Puts Markdown on the clipboard; where the window may not use it, into a file. */
export function useCopyText(): (
  text: string,
  fileWord: string,
  provenance: Provenance,
) => Promise<void> {
  const notices = useNoticesStore();
  const save = useSaveExport();
  return async (text, fileWord, provenance) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const suggestedName = exportFileName(fileWord, provenance, 'md');
      await save({ suggestedName, content: text, encoding: 'text' });
      return;
    }
    notices.say('On the clipboard as Markdown.');
  };
}
