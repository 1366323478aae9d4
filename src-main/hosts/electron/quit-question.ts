import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';

/** What becomes of runs that are not over when the application is to end. */
export type QuitAnswer = 'cancel-runs' | 'keep-waiting' | 'quit-anyway';

const ANSWERS: readonly QuitAnswer[] = ['cancel-runs', 'keep-waiting', 'quit-anyway'];

/** Asks the user, who may not know that a run goes on. */
export async function askBeforeQuitting(
  window: BrowserWindow | null,
  activeRuns: number,
): Promise<QuitAnswer> {
  const isOne = activeRuns === 1;
  const options: Electron.MessageBoxOptions = {
    type: 'question',
    message: isOne ? 'A run is not finished.' : `${activeRuns} runs are not finished.`,
    detail:
      'Trials that are done are stored in any case. A run that is cancelled or cut off can be gone on with later.',
    buttons: [
      isOne ? 'Cancel the Run and Quit' : 'Cancel the Runs and Quit',
      'Keep Waiting',
      'Quit Anyway',
    ],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  };
  const { response } = await (window === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(window, options));
  return ANSWERS[response] ?? 'keep-waiting';
}
