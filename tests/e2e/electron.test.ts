import { describe } from 'vitest';
import { electronHere } from '../../scripts/window/electron-here.ts';
import { openElectronLabHost } from './electron-lab-host.ts';
import { describeJourneys } from './walk-journeys.ts';

const electron = electronHere();
if (electron.program === null) {
  console.warn(`The journeys in Electron were not walked: ${electron.reason}.`);
}

describe.skipIf(electron.program === null)('with an Electron', () => {
  describeJourneys('the laboratory in Electron', () => openElectronLabHost(electron.program ?? ''));
});
