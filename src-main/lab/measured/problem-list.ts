import type { MeasuredProblem } from '#contract';

/** Further faults add nothing that a reader would want. */
const MOST_PROBLEMS = 20;
/** Longer texts are cut in messages. Unit: characters. */
const SHOWN_CHARACTERS = 60;

/** Text as it may stand in a message: one line, quoted, not longer than a reader wants. */
export function quotedText(text: string): string {
  return JSON.stringify(
    text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text,
  );
}

/** Collects what is wrong with a file, and stops its reader when that is enough. */
export class ProblemList {
  private readonly found: MeasuredProblem[] = [];
  private isClosed = false;

  /** Whether nothing more is wanted: the reader may stop. */
  get isFull(): boolean {
    return this.isClosed;
  }

  get isEmpty(): boolean {
    return this.found.length === 0;
  }

  /** Notes a fault; the last one that fits says that there may be more. */
  add(line: number | null, message: string): void {
    if (this.isClosed) return;
    if (this.found.length < MOST_PROBLEMS) {
      this.found.push({ line, message });
      return;
    }
    this.isClosed = true;
    this.found.push({ line, message: 'here is another fault, and what follows was not read' });
  }

  /** Notes a fault after which reading on makes no sense. */
  addLast(line: number | null, message: string): void {
    this.add(line, message);
    this.isClosed = true;
  }

  list(): readonly MeasuredProblem[] {
    return this.found;
  }
}
