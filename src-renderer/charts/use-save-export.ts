import { useFiles } from '../composables/use-files.ts';
import { useLab } from '../lab-access.ts';
import type { ExportFile } from './export-file.ts';

/** Saves what the window made, and says where it went. */
export function useSaveExport(): (file: ExportFile) => Promise<void> {
  const lab = useLab();
  const { finishSave } = useFiles();
  return async (file) => {
    finishSave(await lab.saveExport({ ...file }));
  };
}
