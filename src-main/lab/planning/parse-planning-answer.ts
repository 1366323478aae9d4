import type { PlanningAnswer, PlanningTask } from './answers.ts';

/**
 * Takes what the planning thread sent for the answer to its task. The thread is our own and of this
 * version: the check is against a worker file that is not ours.
 *
 * @throws {TypeError} for a message that is no answer.
 */
export function parsePlanningAnswer<Task extends PlanningTask>(
  task: Task,
  message: unknown,
): PlanningAnswer<Task> {
  if (typeof message !== 'object' || message === null) {
    throw new TypeError(`the planning thread did not answer ${task}`);
  }
  return message as PlanningAnswer<Task>;
}
