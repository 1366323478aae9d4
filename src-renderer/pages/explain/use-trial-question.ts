import { watch } from 'vue';
import { useRoute } from 'vue-router';
import { useLab } from '../../lab-access.ts';
import { explainTrialFrom } from '../../routes.ts';
import { useLibraryStore } from '../../stores/library-store.ts';
import { useNoticesStore } from '../../stores/notices-store.ts';
import type { Question } from './question/question.ts';
import { questionFromTrial } from './question/question-from-trial.ts';

/** Asks about the trial that the address names, if it names one. */
export function useTrialQuestion(ask: (question: Question) => void): void {
  const route = useRoute();
  const lab = useLab();
  const library = useLibraryStore();
  const notices = useNoticesStore();

  async function askAbout(runId: string, trialId: string): Promise<void> {
    if (!library.isLoaded && !notices.report(await library.load())) return;
    const reply = await lab.readRun({ id: runId });
    if (!notices.report(reply)) return;
    const run = library.runsById.get(runId);
    const trial = reply.value.trials.find(({ id }) => id === trialId);
    const question = run && trial ? questionFromTrial(run, trial) : null;
    if (question !== null) ask(question);
    else
      notices.warn('The experiment of this trial does not say enough to explain one of its I/Os.');
  }

  watch(
    () => (route.name === 'explain' ? explainTrialFrom(route.query) : null),
    (trial) => {
      if (trial !== null) void askAbout(trial.runId, trial.trialId);
    },
    { immediate: true },
  );
}
