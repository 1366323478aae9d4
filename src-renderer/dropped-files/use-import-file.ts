import { useRouter } from 'vue-router';
import type { ImportedFile } from '#contract';
import { calibrateLocation, libraryLocation } from '../routes.ts';
import { useCatalogueStore } from '../stores/catalogue-store.ts';
import { useImportReportStore } from '../stores/import-report-store.ts';
import { useLibraryStore } from '../stores/library-store.ts';
import { useNoticesStore } from '../stores/notices-store.ts';
import { useSessionFileStore } from '../stores/session-file-store.ts';
import { costModelSentence, importSentence } from './import-words.ts';
import { useOpenMeasurement } from './use-open-measurement.ts';

type Imported<Kind extends ImportedFile['kind']> = Extract<ImportedFile, { readonly kind: Kind }>;

/**
 * Imports a file, whatever it is, says what was read, and goes where it is of use.
 *
 * @returns Takes a file that was brought, or null to let the user choose one, and the session that the
 *   measurement goes to, unless it is that of imported files.
 */
export function useImportFile(): (upload: string | null, sessionId?: string) => Promise<void> {
  const router = useRouter();
  const library = useLibraryStore();
  const catalogue = useCatalogueStore();
  const sessionFile = useSessionFileStore();
  const reports = useImportReportStore();
  const notices = useNoticesStore();
  const openMeasurement = useOpenMeasurement();

  function refuse({ fileName, problems }: Imported<'refused'>): void {
    const [problem, ...others] = problems;
    if (problem === undefined || others.length > 0) {
      reports.open({ kind: 'refused', fileName, problems });
    } else notices.fail(problem);
  }

  async function takeMeasurement(imported: Imported<'measurement'>): Promise<void> {
    const { record, assumptions, warnings } = imported;
    await openMeasurement(record);
    // A layout says by itself what became of it.
    if (record.kind === 'layout') return;
    const { fileName, summary } = record;
    const report = { kind: 'read', fileName, summary, assumptions, warnings } as const;
    const hasRemarks = assumptions.length + warnings.length > 0;
    const details = { title: 'Details', run: () => reports.open(report) };
    notices.say(importSentence(imported), hasRemarks ? details : null);
  }

  async function takeCostModel(imported: Imported<'cost-model'>): Promise<void> {
    notices.report(await catalogue.load());
    await router.push(calibrateLocation({ kind: 'model', costModel: imported.id }));
    notices.say(costModelSentence(imported));
  }

  return async (upload, sessionId) => {
    const reply = await library.importFile(upload, sessionId);
    if (!notices.report(reply) || reply.value === null) return;
    const imported = reply.value;
    switch (imported.kind) {
      case 'refused':
        refuse(imported);
        return;
      case 'session-file':
        sessionFile.preview = imported.preview;
        await router.push(libraryLocation(false));
        return;
      case 'cost-model':
        await takeCostModel(imported);
        return;
      case 'measurement':
        await takeMeasurement(imported);
    }
  };
}
