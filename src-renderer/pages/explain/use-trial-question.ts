import { watch } from 'vue';
import { useRoute } from 'vue-router';
import type { RunDocumentTrial } from '#contract';
import { useLab } from '../../lab-access.ts';
import { explainTrialFrom } from '../../routes.ts';
import { useCatalogueStore } from '../../stores/catalogue-store.ts';
import { useLibraryStore } from '../../stores/library-store.ts';
import { useNoticesStore } from '../../stores/notices-store.ts';
import type { Question } from './question/question.ts';
import { cachesOfTrial, questionFromTrial } from './question/question-from-trial.ts';
import { useLayouts } from './use-layouts.ts';

/** Asks about the trial that the address names, if it names one. */
export function useTrialQuestion(ask: (question: Question) => void): void {
  const route = useRoute();
  const lab = useLab();
  const catalogue = useCatalogueStore();
  const layouts = useLayouts();
  const library = useLibraryStore();
  const notices = useNoticesStore();

  /** What the trial found in the cache depends on all its memory, so that is read first. */
  async function withCaches(
    question: Omit<Question, 'caches'>,
    trial: RunDocumentTrial,
  ): Promise<Question> {
    if (catalogue.catalogue === null) await catalogue.load();
    await layouts.load(question.layout);
    const models = catalogue.catalogue?.costModels ?? [];
    const layout = layouts.read(question.layout);
    return { ...question, caches: cachesOfTrial(trial, layout, models) };
  }

  async function askAbout(runId: string, trialId: string): Promise<void> {
    if (!library.isLoaded && !notices.report(await library.load())) return;
    const reply = await lab.readRun({ id: runId });
    if (!notices.report(reply)) return;
    const run = library.runsById.get(runId);
    const trial = reply.value.trials.find(({ id }) => id === trialId);
    const question = run && trial ? questionFromTrial(run, trial) : null;
    if (trial !== undefined && question !== null) ask(await withCaches(question, trial));
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
