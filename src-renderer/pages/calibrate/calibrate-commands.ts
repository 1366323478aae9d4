import type { Command } from '../../commands/registry.ts';
import { VIEW_TITLES, VIEWS } from './place.ts';
import type { View } from './place.ts';

const SHORTCUTS: Readonly<Record<View, string>> = {
  fit: 'V F',
  prices: 'V P',
  rows: 'V R',
  predict: 'V T',
  about: 'V A',
};

/** What the commands of the page need from it. */
export type CalibrateActions = {
  readonly canCalibrate: () => boolean;
  readonly calibrate: () => unknown;
  readonly importExample: () => unknown;
  readonly hasReport: () => boolean;
  readonly hasModel: () => boolean;
  readonly canShow: (view: View) => boolean;
  readonly showView: (view: View) => void;
  readonly saveModel: () => unknown;
  readonly saveRows: () => unknown;
  readonly copyAccuracy: () => unknown;
};

/** The commands of the Calibrate page. */
export function calibrateCommands(actions: CalibrateActions): readonly Command[] {
  const group = 'Calibrate';
  return [
    {
      id: 'calibrate.fit',
      title: 'Calibrate: fit the prices to the chosen measurements',
      group,
      shortcut: 'Mod+Enter',
      when: actions.canCalibrate,
      run: actions.calibrate,
    },
    {
      id: 'calibrate.example',
      title: 'Take the measurements of Linux 6.18',
      group,
      run: actions.importExample,
    },
    ...VIEWS.map((view) => ({
      id: `calibrate.show-${view}`,
      title: `Show ${VIEW_TITLES[view].toLowerCase()} of the model`,
      group,
      shortcut: SHORTCUTS[view],
      when: () => actions.canShow(view),
      run: () => actions.showView(view),
    })),
    {
      id: 'calibrate.export-model',
      title: 'Export the model…',
      group,
      when: actions.hasModel,
      run: actions.saveModel,
    },
    {
      id: 'export-csv',
      title: 'Export the rows of the fit as CSV…',
      group,
      shortcut: 'Mod+E',
      when: actions.hasReport,
      run: actions.saveRows,
    },
    {
      id: 'calibrate.copy-markdown',
      title: 'Copy the accuracy as Markdown',
      group,
      when: actions.hasReport,
      run: actions.copyAccuracy,
    },
  ];
}
