import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type {
  LabBridge,
  LabEventName,
  LabEventPayload,
  Reply,
  RequestInput,
  RequestName,
  RequestOutput,
} from '#contract';
import { parsePayload, parseReply, parseTicket } from './parse-reply.ts';

// The page gets the methods below and nothing else: no channel, no event object, no way to any other.

type Method<Name extends RequestName> = (
  input: RequestInput<Name>,
) => Promise<Reply<RequestOutput<Name>>>;

type Subscribe<Name extends LabEventName> = (
  listener: (payload: LabEventPayload<Name>) => void,
) => () => void;

function method<Name extends RequestName>(name: Name): Method<Name> {
  return async (input) => {
    const answer: unknown = await ipcRenderer.invoke(`lab:${name}`, input);
    return parseReply(name, answer);
  };
}

function subscription<Name extends LabEventName>(name: Name): Subscribe<Name> {
  const channel = `lab:${name}`;
  return (listener) => {
    const receive = (_event: unknown, payload: unknown): void =>
      listener(parsePayload(name, payload));
    ipcRenderer.on(channel, receive);
    // News that came before anybody listened is told now.
    ipcRenderer.send('lab:listens', name);
    return () => void ipcRenderer.off(channel, receive);
  };
}

/** Only a file that the user brought has a path; a page cannot make one that names another. */
function pathOf(file: File): string {
  try {
    return webUtils.getPathForFile(file);
  } catch {
    // It is no file at all.
    return '';
  }
}

async function bringFile(file: File): Promise<Reply<string>> {
  const answer: unknown = await ipcRenderer.invoke('lab:bringFile', pathOf(file));
  return parseTicket(answer);
}

const bridge = {
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
  openExperimentFile: method('openExperimentFile'),
  openLayoutFile: method('openLayoutFile'),
  saveExperimentFile: method('saveExperimentFile'),
  exportCsv: method('exportCsv'),
  saveExport: method('saveExport'),
  saveSessionFile: method('saveSessionFile'),
  openSessionFile: method('openSessionFile'),
  importSessionFile: method('importSessionFile'),
  importFile: method('importFile'),
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
  readDraft: method('readDraft'),
  saveDraft: method('saveDraft'),
  bringFile,
  onRunProgressed: subscription('runProgressed'),
  onRunEnded: subscription('runEnded'),
  onLibraryChanged: subscription('libraryChanged'),
  onMenuChosen: subscription('menuChosen'),
} satisfies LabBridge;

contextBridge.exposeInMainWorld('lab', bridge);
