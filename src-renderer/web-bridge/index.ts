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

/** Opening a file: a browser has no dialog of the host's, so the file is brought to the host first. */
function opening<Name extends 'openExperimentFile' | 'openSessionFile'>(
  name: Name,
  encoding: ContentEncoding,
  endings: string,
) {
  return async ({ upload }: { upload: string | null }): Promise<Reply<RequestOutput<Name> | null>> => {
    const brought = await uploadFile(upload, encoding, endings);
    if (!brought.ok) return brought;
    if (brought.value === null) return { ok: true, value: null };
    return postRequest<'openExperimentFile' | 'openSessionFile'>(name, { upload: brought.value });
  };
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
    openExperimentFile: opening('openExperimentFile', 'text', '.yaml,.yml'),
    saveExperimentFile: method('saveExperimentFile'),
    exportCsv: method('exportCsv'),
    saveExport: method('saveExport'),
    saveSessionFile: method('saveSessionFile'),
    openSessionFile: opening('openSessionFile', 'base64', '.foliolab'),
    importSessionFile: method('importSessionFile'),
    readDraft: method('readDraft'),
    saveDraft: method('saveDraft'),
    onRunProgressed: subscription('runProgressed'),
    onRunEnded: subscription('runEnded'),
    onLibraryChanged: subscription('libraryChanged'),
    onMenuChosen: subscription('menuChosen'),
  };
}
