import { problemText } from '#contract';
import { planningRequest } from './catalogue-handlers.ts';
import { requireRun } from './find-records.ts';
import type { LabContext, RequestHandlers } from './lab-context.ts';
import { RequestFailure } from './request-failure.ts';

type RunHandlers = Pick<RequestHandlers, 'startRun' | 'cancelRun'>;

/** Starts and cancels runs. They go on whatever the window does. */
export function runHandlers(context: LabContext): RunHandlers {
  const { library, planner, queue, libraryHasChanged } = context;
  return {
    startRun: async ({ text, sessionId, parentRunId }) => {
      const parent = parentRunId === null ? null : requireRun(library, parentRunId);
      const preparation = await planner.ask('prepare', planningRequest(context, text));
      if (!preparation.ok) {
        const [problem] = preparation.problems;
        const sentence =
          problem === undefined ? 'The experiment cannot be run' : problemText(problem);
        throw new RequestFailure('bad-input', `${sentence}.`);
      }
      const run = await queue.start({ prepared: preparation.prepared, sessionId, parent });
      libraryHasChanged();
      return { runId: run.id };
    },
    cancelRun: ({ runId }) => {
      if (queue.cancel(runId)) return null;
      const run = requireRun(library, runId);
      // It may have ended between the click and now; that is no mistake of the user's.
      if (run.status !== 'running') return null;
      throw new RequestFailure(
        'conflict',
        `Run ${runId} belongs to another process and can only be cancelled there.`,
      );
    },
  };
}
