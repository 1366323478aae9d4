import type { LockMode } from './program.ts';

/**
 * A reader-writer semaphore that serves in the order of arrival: a writer that waits keeps later
 * readers out, and readers that wait behind each other enter together.
 *
 * @source Linux 2.6.24 lib/rwsem-spinlock.c __down_read(), __down_write(), __rwsem_do_wake(); SPEC rule
 *   CONT-3.
 */
export class FairLock {
  private readers = 0;
  private isWritten = false;
  private waiting: { readonly thread: number; readonly mode: LockMode }[] = [];

  /** Asks for the lock. Where the answer is false the thread waits, until a release names it. */
  request(thread: number, mode: LockMode): boolean {
    const canEnter = this.waiting.length === 0 && this.admits(mode);
    if (canEnter) this.enter(mode);
    else this.waiting.push({ thread, mode });
    return canEnter;
  }

  /** Gives the lock back. Returns the threads that hold it from now on. */
  release(mode: LockMode): number[] {
    if (mode === 'write') this.isWritten = false;
    else this.readers -= 1;
    const woken: number[] = [];
    for (const { thread, mode: wanted } of this.waiting) {
      if (!this.admits(wanted)) break;
      this.enter(wanted);
      woken.push(thread);
    }
    if (woken.length > 0) this.waiting = this.waiting.slice(woken.length);
    return woken;
  }

  private admits(mode: LockMode): boolean {
    return !this.isWritten && (mode === 'read' || this.readers === 0);
  }

  private enter(mode: LockMode): void {
    if (mode === 'write') this.isWritten = true;
    else this.readers += 1;
  }
}
