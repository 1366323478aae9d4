import type { LabBridge, Reply, RequestInput, RequestName, RequestOutput } from '#contract';
import { createEventSource } from './event-source.ts';
import { bringChosenFile, bringFile } from './file-upload.ts';
import { postRequest } from './http-requests.ts';

type Method<Name extends RequestName> = (
  input: RequestInput<Name>,
) => Promise<Reply<RequestOutput<Name>>>;

function method<Name extends RequestName>(name: Name): Method<Name> {
  return (input) => postRequest(name, input);
}

type Upload = { readonly upload: string | null };
type Open<Input extends Upload, Value> = (input: Input) => Promise<Reply<Value | null>>;

/** A browser has no dialog of the host's: a file is brought to the host before it is opened. */
function choosing<Input extends Upload, Value>(
  endings: string,
  open: Open<Input, Value>,
): Open<Input, Value> {
  return async (input) => {
    if (input.upload !== null) return open(input);
    const brought = await bringChosenFile(endings);
    if (!brought.ok) return brought;
    if (brought.value === null) return { ok: true, value: null };
    return open({ ...input, upload: brought.value });
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
    validate: method('validate'),
    listSessions: method('listSessions'),
    createSession: method('createSession'),
    renameSession: method('renameSession'),
    listRuns: method('listRuns'),
    readRun: method('readRun'),
    readTrial: method('readTrial'),
    checkRepeat: method('checkRepeat'),
    setNotes: method('setNotes'),
    setTags: method('setTags'),
    setStar: method('setStar'),
    archive: method('archive'),
    trash: method('trash'),
    restore: method('restore'),
    purge: method('purge'),
    startRun: method('startRun'),
    cancelRun: method('cancelRun'),
    openExperimentFile: choosing('.yaml,.yml', method('openExperimentFile')),
    openLayoutFile: choosing('.csv', method('openLayoutFile')),
    saveExperimentFile: method('saveExperimentFile'),
    exportCsv: method('exportCsv'),
    saveExport: method('saveExport'),
    saveSessionFile: method('saveSessionFile'),
    openSessionFile: choosing('.foliolab', method('openSessionFile')),
    importSessionFile: method('importSessionFile'),
    importFile: choosing('', method('importFile')),
    listMeasurements: method('listMeasurements'),
    readMeasurement: method('readMeasurement'),
    renameMeasurement: method('renameMeasurement'),
    saveCostModel: method('saveCostModel'),
    importExample: method('importExample'),
    calibrate: method('calibrate'),
    readCalibration: method('readCalibration'),
    predict: method('predict'),
    listRecentFiles: method('listRecentFiles'),
    openRecentFile: method('openRecentFile'),
    bringFile,
    readDraft: method('readDraft'),
    saveDraft: method('saveDraft'),
    onRunProgressed: subscription('runProgressed'),
    onRunEnded: subscription('runEnded'),
    onLibraryChanged: subscription('libraryChanged'),
    onMenuChosen: subscription('menuChosen'),
  };
}
