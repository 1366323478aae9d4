import { counted } from '../../sentences.ts';
import { useLibraryStore } from '../../stores/library-store.ts';
import { useLibraryViewStore } from '../../stores/library-view-store.ts';
import { useNoticesStore } from '../../stores/notices-store.ts';
import { useSessionFileStore } from '../../stores/session-file-store.ts';

/** Opening a session file: a preview first, then the import. */
export function useSessionFile(): {
  readonly open: () => Promise<void>;
  readonly importFile: (ticket: string) => Promise<void>;
} {
  const library = useLibraryStore();
  const viewStore = useLibraryViewStore();
  const notices = useNoticesStore();
  const sessionFile = useSessionFileStore();

  async function open(): Promise<void> {
    notices.report(await sessionFile.open(null));
  }

  async function importFile(ticket: string): Promise<void> {
    sessionFile.close();
    const reply = await library.importSessionFile(ticket);
    if (!notices.report(reply)) return;
    const { sessionIds, importedRuns, skippedRuns, importedMeasurements } = reply.value;
    const renamed = reply.value.renamedCostModels.map(
      ({ inFile, here }) => ` ${inFile} of the file is ${here} here.`,
    );
    const skipped = skippedRuns === 0 ? '' : `, ${counted(skippedRuns, 'run')} here already`;
    const measured =
      importedMeasurements === 0 ? '' : ` and ${counted(importedMeasurements, 'measurement')}`;
    notices.say(
      `${counted(importedRuns, 'run')}${measured} imported${skipped}.${renamed.join('')}`,
    );
    const [id] = sessionIds;
    if (id !== undefined) viewStore.show({ kind: 'session', id });
  }

  return { open, importFile };
}
