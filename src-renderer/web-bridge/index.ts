import type { LabBridge, Reply, RequestInput, RequestName, RequestOutput } from '#contract';
import { createEventSource } from './event-source.ts';
import { uploadFile } from './file-upload.ts';
import type { ContentEncoding } from './file-upload.ts';
import { postRequest } from './http-requests.ts';

type Method<Name extends RequestName> = (
  input: RequestInput<Name>,
) => Promise<Reply<RequestOutput<Name>>>;

function method<Name extends RequestName>(name: Name): Method<Name> {
  return (input) => postRequest(name, input);
}

/** A browser has no dialog of the host's: a file is brought to the host before it is opened. */
async function withUpload<Value>(
  content: string | null,
  encoding: ContentEncoding,
  endings: string,
  open: (upload: string) => Promise<Reply<Value | null>>,
): Promise<Reply<Value | null>> {
  const brought = await uploadFile(content, encoding, endings);
  if (!brought.ok) return brought;
  return brought.value === null ? { ok: true, value: null } : open(brought.value);
}

/** The laboratory over HTTP: the same methods as the preload exposes. */
export function createWebBridge(): LabBridge {
  const subscription = createEventSource();
  return {
    describeLab: method('describeLab'),
    listCatalogue: method('listCatalogue'),
    readExperiment: method('readExperiment'),
    readLayout: method('readLayout'),
    checkExperiment: method('checkExperiment'),
    listSessions: method('listSessions'),
    createSession: method('createSession'),
    renameSession: method('renameSession'),
    listRuns: method('listRuns'),
    readRun: method('readRun'),
    readTrial: method('readTrial'),
    setNotes: method('setNotes'),
    setTags: method('setTags'),
    setStar: method('setStar'),
    archive: method('archive'),
    trash: method('trash'),
    restore: method('restore'),
    purge: method('purge'),
    startRun: method('startRun'),
    cancelRun: method('cancelRun'),
    openExperimentFile: ({ upload: content }) =>
      withUpload(content, 'text', '.yaml,.yml', (upload) =>
        postRequest('openExperimentFile', { upload }),
      ),
    saveExperimentFile: method('saveExperimentFile'),
    exportCsv: method('exportCsv'),
    saveExport: method('saveExport'),
    saveSessionFile: method('saveSessionFile'),
    openSessionFile: ({ upload: content }) =>
      withUpload(content, 'base64', '.foliolab', (upload) =>
        postRequest('openSessionFile', { upload }),
      ),
    importSessionFile: method('importSessionFile'),
    readDraft: method('readDraft'),
    saveDraft: method('saveDraft'),
    onRunProgressed: subscription('runProgressed'),
    onRunEnded: subscription('runEnded'),
    onLibraryChanged: subscription('libraryChanged'),
    onMenuChosen: subscription('menuChosen'),
  };
}
