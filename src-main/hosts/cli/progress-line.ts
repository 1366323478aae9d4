import { countText, spanText } from './figures.ts';

/** How far a run is; what is not known yet is null. */
export type Progress = {
  readonly trialsDone: number;
  readonly trialsPlanned: number;
  readonly iosPerSecond: number | null;
  readonly secondsLeft: number | null;
};

/** Between two lines of a log that nobody watches. Unit: milliseconds. */
const LOG_EVERY_MS = 20_000;
const CLEAR_LINE = '\r\x1b[K';

function rateText(perSecond: number): string {
  const millions = perSecond / 1e6;
  return millions < 1 ? countText(perSecond) : `${millions.toFixed(1)} million`;
}

/** Progress in words. */
export function progressText(progress: Progress): string {
  const { trialsDone, trialsPlanned, iosPerSecond, secondsLeft } = progress;
  const trials = `${countText(trialsDone)} of ${countText(trialsPlanned)} trials`;
  const rate = iosPerSecond === null ? '' : `, ${rateText(iosPerSecond)} simulated I/Os a second`;
  const left = secondsLeft === null ? '' : `, ${spanText(secondsLeft * 1000)} left`;
  return `${trials}${rate}${left}`;
}

/** Shows progress on standard error: one line that is rewritten, or a line now and then in a log. */
export class ProgressLine {
  private readonly label: string;
  private readonly isTerminal = process.stderr.isTTY;
  private lastLoggedMs: number;
  private isShown = false;

  constructor(label: string) {
    this.label = label;
    this.lastLoggedMs = performance.now();
  }

  show(progress: Progress): void {
    const text = `${this.label}: ${progressText(progress)}`;
    if (this.isTerminal) {
      process.stderr.write(`${CLEAR_LINE}${text.slice(0, process.stderr.columns - 1)}`);
      this.isShown = true;
      return;
    }
    const now = performance.now();
    if (now - this.lastLoggedMs < LOG_EVERY_MS) return;
    this.lastLoggedMs = now;
    process.stderr.write(`${text}\n`);
  }

  /** Takes the line away, so that what follows begins at the left. */
  clear(): void {
    if (this.isShown) process.stderr.write(CLEAR_LINE);
    this.isShown = false;
  }
}
