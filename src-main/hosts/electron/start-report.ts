/**
 * What the application tells the process that started it, if that wants to know:
 *
 * - `window-open`: it runs, and the user sees it.
 * - `handed-over`: another one runs already and was asked to show itself.
 * - `failed`: it cannot run, and has told the user why.
 */
export type StartReport = 'window-open' | 'handed-over' | 'failed';

/** Tells it, and does nothing when nobody listens. */
export function reportStart(report: StartReport): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(report, () => resolve());
  });
}
