import type { Command } from '../../commands/registry.ts';
import type { View } from './question/address.ts';

/** What the commands of the page need from it. */
export type ExplainActions = {
  readonly go: (by: number) => void;
  readonly hasSteps: () => boolean;
  readonly hasBeside: () => boolean;
  readonly switchSide: () => void;
  readonly showView: (view: View) => void;
  readonly switchInputs: () => void;
  readonly paste: () => void;
};

/** The commands of the Explain page. */
export function explainCommands(actions: ExplainActions): readonly Command[] {
  const group = 'Explain';
  return [
    {
      id: 'explain.next-step',
      title: 'Next step',
      group,
      shortcut: 'J',
      when: actions.hasSteps,
      run: () => actions.go(1),
    },
    {
      id: 'explain.previous-step',
      title: 'Previous step',
      group,
      shortcut: 'K',
      when: actions.hasSteps,
      run: () => actions.go(-1),
    },
    {
      id: 'explain.switch-side',
      title: 'Walk through the other strategy',
      group,
      shortcut: 'B',
      when: actions.hasBeside,
      run: actions.switchSide,
    },
    {
      id: 'explain.show-steps',
      title: 'Show the steps',
      group,
      shortcut: 'V S',
      run: () => actions.showView('steps'),
    },
    {
      id: 'explain.show-ledger',
      title: 'Show events and cost',
      group,
      shortcut: 'V E',
      run: () => actions.showView('ledger'),
    },
    {
      id: 'explain.show-calls',
      title: 'Show the calls',
      group,
      shortcut: 'V C',
      run: () => actions.showView('calls'),
    },
    {
      id: 'explain.show-flame',
      title: 'Show the calls as a flame graph',
      group,
      shortcut: 'V F',
      run: () => actions.showView('flame'),
    },
    {
      id: 'explain.show-chain',
      title: 'Show the call chain of the talk',
      group,
      shortcut: 'V T',
      run: () => actions.showView('chain'),
    },
    {
      id: 'explain.show-vectors',
      title: 'Show vectors and memory',
      group,
      shortcut: 'V V',
      run: () => actions.showView('vectors'),
    },
    {
      id: 'explain.show-trace',
      title: 'Show an imported trace beside the model',
      group,
      shortcut: 'V M',
      run: () => actions.showView('trace'),
    },
    {
      id: 'explain.switch-inputs',
      title: 'Show or hide the inputs',
      group,
      shortcut: 'I',
      run: actions.switchInputs,
    },
    {
      id: 'explain.paste-command',
      title: 'Open a command line…',
      group,
      run: actions.paste,
    },
  ];
}
