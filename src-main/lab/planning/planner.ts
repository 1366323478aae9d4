import { Tinypool } from 'tinypool';
import type { PlanningAnswer, PlanningQuestion, PlanningTask } from './answers.ts';
import { parsePlanningAnswer } from './parse-planning-answer.ts';

/** One thread that reads and plans experiments. */
export type Planner = {
  /**
   * Asks the thread; questions are answered one after the other.
   *
   * @returns Rejects when the thread fails or the planner is closed.
   */
  readonly ask: <Task extends PlanningTask>(
    task: Task,
    question: PlanningQuestion<Task>,
  ) => Promise<PlanningAnswer<Task>>;
  readonly close: () => Promise<void>;
};

/** How long a thread waits for another question before it ends. Unit: milliseconds. */
const IDLE_MS = 60_000;

/**
 * Plans in another thread, which is started when the first question comes.
 *
 * @param workerUrl  The file of the worker: `planning.worker.ts`, or a bundle of it.
 */
export function openPlanner(workerUrl: URL): Planner {
  const pool = new Tinypool({
    filename: workerUrl.href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
  });
  return {
    ask: async (task, question) => {
      const answer: unknown = await pool.run(question, { name: task });
      return parsePlanningAnswer(task, answer);
    },
    close: () => pool.destroy(),
  };
}
