import { modelFromStored } from '#contract';
import type { PlanningRequest } from '../../lab/index.ts';
import type { LabContext, RequestHandlers } from './lab-context.ts';
import { RequestFailure } from './request-failure.ts';

type CatalogueHandlers = Pick<
  RequestHandlers,
  | 'describeLab'
  | 'listCatalogue'
  | 'readExperiment'
  | 'readLayout'
  | 'checkExperiment'
  | 'validate'
  | 'readDraft'
  | 'saveDraft'
>;

type Found<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly message: string };

function take<Value>(found: Found<Value>): Value {
  if (found.ok) return found.value;
  throw new RequestFailure('not-found', `${found.message}.`);
}

/** An experiment text with the folders in which its layouts may lie. */
export function planningRequest(context: LabContext, text: string): PlanningRequest {
  const { experimentsFolder, opened, library } = context;
  const folder = opened.experimentFolder;
  const folders = folder === null ? [experimentsFolder] : [folder, experimentsFolder];
  return { experimentsFolder, folders, text, storedCostModels: library.storedCostModels() };
}

/** Asks once for what does not change, and again where that failed. */
function askedOnce<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let answer: Promise<Value> | null = null;
  return () => {
    answer ??= ask().catch((error: unknown) => {
      answer = null;
      throw error;
    });
    return answer;
  };
}

/** Answers about what came with the laboratory, and about experiments that are not run yet. */
export function catalogueHandlers(context: LabContext): CatalogueHandlers {
  const { planner, experimentsFolder, drafts, description, library } = context;
  const readCatalogue = askedOnce(() => planner.ask('readCatalogue', experimentsFolder));
  return {
    describeLab: () => description,
    listCatalogue: async () => {
      const { costModels, ...catalogue } = await readCatalogue();
      const own = library.storedCostModels().map(modelFromStored);
      return { ...catalogue, costModels: [...costModels, ...own] };
    },
    validate: askedOnce(() => planner.ask('validate', experimentsFolder)),
    readExperiment: async ({ id }) => {
      const { text } = take(await planner.ask('readExperiment', { experimentsFolder, name: id }));
      return { text };
    },
    readLayout: async ({ name }) =>
      take(await planner.ask('readLayout', { experimentsFolder, name })),
    checkExperiment: ({ text }) => planner.ask('checkExperiment', planningRequest(context, text)),
    readDraft: async () => {
      const text = await drafts.read();
      return text === null ? null : { text };
    },
    saveDraft: async ({ text }) => {
      await drafts.save(text);
      return null;
    },
  };
}
