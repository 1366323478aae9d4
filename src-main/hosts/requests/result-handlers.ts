import { setImmediate as nextTurn } from 'node:timers/promises';
import { runDocument, runDocumentTrial } from '#contract';
import type { RunDocumentTrial, RunRecord, StoredTrial } from '#contract';
import { checkRepeat } from '../../lab/index.ts';
import type { Library } from '../../lab/index.ts';
import { requireRun, requireSession } from './find-records.ts';
import type { LabContext, RequestHandlers } from './lab-context.ts';
import { RequestFailure } from './request-failure.ts';
import { trialDetail } from './trial-detail.ts';

type ResultHandlers = Pick<RequestHandlers, 'readRun' | 'readTrial' | 'checkRepeat'>;

/** Documents of runs that are over are kept: they do not change. */
const DOCUMENTS_KEPT = 8;

/** Summaries take a millisecond for each trial: the window must not wait for all of them at once. */
async function summariseTrials(
  library: Library,
  run: RunRecord,
): Promise<readonly RunDocumentTrial[]> {
  const trials: RunDocumentTrial[] = [];
  for (const trial of library.trials(run.id)) {
    trials.push(runDocumentTrial(trial));
    await nextTurn();
  }
  return trials;
}

async function findTrial(
  library: Library,
  runId: string,
  trialId: string,
): Promise<StoredTrial | null> {
  if (!library.trialIds(runId).has(trialId)) return null;
  for (const trial of library.trials(runId)) {
    if (trial.parameters.id === trialId) return trial;
    await nextTurn();
  }
  return null;
}

/** Answers about what runs found. */
export function resultHandlers({ library }: LabContext): ResultHandlers {
  const kept = new Map<string, Promise<readonly RunDocumentTrial[]>>();
  const trialsOf = (run: RunRecord): Promise<readonly RunDocumentTrial[]> => {
    if (run.status === 'running') return summariseTrials(library, run);
    const trials = kept.get(run.id) ?? summariseTrials(library, run);
    kept.delete(run.id);
    kept.set(run.id, trials);
    trials.catch(() => kept.delete(run.id));
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size > DOCUMENTS_KEPT) kept.delete(oldest);
    return trials;
  };
  return {
    readRun: async ({ id }) => {
      const run = requireRun(library, id);
      const trials = await trialsOf(run);
      const session = requireSession(library, run.sessionId);
      return { ...runDocument(session, run, []), trials: [...trials] };
    },
    checkRepeat: ({ id }) => {
      const run = requireRun(library, id);
      return run.status === 'running' ? null : checkRepeat(library, run);
    },
    readTrial: async ({ runId, trialId }) => {
      const trial = await findTrial(library, runId, trialId);
      if (trial === null) {
        throw new RequestFailure('not-found', `Run ${runId} has no trial ${trialId}.`);
      }
      const detail = trialDetail(trial);
      if (detail === null) {
        throw new RequestFailure(
          'not-found',
          `Trial ${trialId} was not applicable: it has no figures.`,
        );
      }
      return detail;
    },
  };
}
