import type { TrialResult } from '#core';

/**
 * Takes what a worker sent for the result of its trial. The worker is our own and of this version: the
 * check is against a worker file that is not ours.
 *
 * @throws {TypeError} for a message that is no result.
 */
export function parseWorkerReply(message: unknown): TrialResult {
  if (typeof message === 'object' && message !== null && 'status' in message) {
    if (message.status === 'done' || message.status === 'not-applicable') {
      return message as TrialResult;
    }
  }
  throw new TypeError('the worker sent no trial result');
}
