import type { LabHost } from '../lab-host.ts';
import { calibration } from './calibration.ts';
import { cancelledRun } from './cancelled-run.ts';
import { droppedFiles } from './dropped-files.ts';
import { everyPage } from './every-page.ts';
import { importedFiles } from './imported-files.ts';
import { interruptedRun } from './interrupted-run.ts';
import { keyboard } from './keyboard.ts';
import { mistakes } from './mistakes.ts';
import { newcomer } from './newcomer.ts';
import { sessionFile } from './session-file.ts';

/** What somebody does with the laboratory, from its first start on. */
export type Journey = {
  /** What the laboratory does, as a sentence without its subject. */
  readonly title: string;
  readonly walk: (host: LabHost) => Promise<void>;
};

/** Written once, walked in every host. */
export const JOURNEYS: readonly Journey[] = [
  {
    title: 'designs, runs, compares, exports, and has it all still after it was ended',
    walk: newcomer,
  },
  { title: 'keeps what was done of a run that is cancelled', walk: cancelledRun },
  {
    title: 'resumes a run that was cut off with its process, and repeats it to the same results',
    walk: interruptedRun,
  },
  {
    title: 'opens what is dropped on its window, and says what it cannot open',
    walk: droppedFiles,
  },
  {
    title: 'fits a cost model to measurements, and prices an experiment with it',
    walk: calibration,
  },
  {
    title: 'sets what was measured beside the model, and keeps it in the library',
    walk: importedFiles,
  },
  { title: 'saves a session, deletes it, and takes it back from its file', walk: sessionFile },
  { title: 'marks a mistake at its field and starts nothing before it is mended', walk: mistakes },
  { title: 'keeps nobody out of any page', walk: everyPage },
  { title: 'needs no mouse', walk: keyboard },
];
