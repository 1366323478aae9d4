import type { Command } from '../../commands/registry.ts';

/** What the commands of the page need from it. */
export type RaceActions = {
  readonly goBy: (steps: number) => void;
  readonly goToStart: () => void;
  readonly goToEnd: () => void;
  readonly nextOutcome: () => void;
  readonly switchBeside: () => void;
  readonly switchSettings: () => void;
};

/** The commands of the Race page. */
export function raceCommands(actions: RaceActions): readonly Command[] {
  const group = 'Race';
  return [
    {
      id: 'race.next-step',
      title: 'Next step',
      group,
      shortcut: 'J',
      run: () => actions.goBy(1),
    },
    {
      id: 'race.previous-step',
      title: 'Previous step',
      group,
      shortcut: 'K',
      run: () => actions.goBy(-1),
    },
    {
      id: 'race.first-step',
      title: 'Back to the start',
      group,
      shortcut: 'S',
      run: actions.goToStart,
    },
    {
      id: 'race.last-step',
      title: 'Go to the step it ends with',
      group,
      shortcut: 'E',
      run: actions.goToEnd,
    },
    {
      id: 'race.next-outcome',
      title: 'Walk to the next outcome',
      group,
      shortcut: 'O',
      run: actions.nextOutcome,
    },
    {
      id: 'race.switch-beside',
      title: 'Put a second setting beside, or take it away',
      group,
      shortcut: 'B',
      run: actions.switchBeside,
    },
    {
      id: 'race.switch-settings',
      title: 'Show or hide the settings',
      group,
      shortcut: 'I',
      run: actions.switchSettings,
    },
  ];
}
