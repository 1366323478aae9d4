import { EXIT_STATUS } from './exit-status.ts';
import { note } from './output.ts';

/** A terminal and npm both send the signal for one Ctrl-C: a second one that soon is the same. */
const SAME_KEYSTROKE_MS = 500;

/** Turns the first Ctrl-C into an orderly end, and the second into an immediate one. */
export class Cancellation {
  private readonly controller = new AbortController();
  private firstMs: number | null = null;

  constructor() {
    process.on('SIGINT', () => this.take());
    process.on('SIGTERM', () => this.take());
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  private take(): void {
    const now = performance.now();
    if (this.firstMs === null) {
      this.firstMs = now;
      note('\ncancelling; what is committed stays (Ctrl-C again ends at once)');
      this.controller.abort();
    } else if (now - this.firstMs > SAME_KEYSTROKE_MS) {
      process.exit(EXIT_STATUS.cancelled);
    }
  }
}
