import type { RunRecord } from '#contract';
import type { Command } from '../../commands/registry.ts';

/** What the commands of the page need from it. */
export type RunPageActions = {
  readonly run: () => RunRecord | undefined;
  readonly isCancelling: () => boolean;
  readonly cancel: () => unknown;
  readonly repeat: () => unknown;
  readonly exportCsv: () => unknown;
};

/** The commands of the Run page. */
export function runCommands({
  run,
  isCancelling,
  cancel,
  repeat,
  exportCsv,
}: RunPageActions): readonly Command[] {
  const group = 'Run';
  const hasEnded = (): boolean => run() !== undefined && run()?.status !== 'running';
  return [
    {
      id: 'run.cancel',
      title: 'Cancel the run',
      group,
      when: () => run()?.status === 'running' && !isCancelling(),
      run: cancel,
    },
    {
      id: 'run.repeat',
      title: 'Run again, or resume',
      group,
      when: hasEnded,
      run: repeat,
    },
    {
      id: 'export-csv',
      title: 'Export CSV…',
      group,
      shortcut: 'Mod+E',
      when: () => hasEnded() && (run()?.finishedTrials ?? 0) > 0,
      run: exportCsv,
    },
  ];
}
