import { explainIo } from '#core';
import type { CostModel, ExplainInput, Explanation } from '#core';
import type { Question } from '../question/question.ts';
import { readLayoutWords } from '../question/read-layout.ts';
import { readQuestion } from '../question/read-question.ts';
import type { QuestionReading } from '../question/read-question.ts';
import { MADE_UP_MODELS } from './made-up-models.ts';

/** What a question means without a catalogue of layouts. */
export function readingOf(
  question: Question,
  models: readonly CostModel[] = MADE_UP_MODELS,
): QuestionReading {
  return readQuestion(question, readLayoutWords(question.layout, new Map(), []), models);
}

/** The I/O of a question with its input; null where it cannot be counted. */
export function explained(
  question: Question,
  models: readonly CostModel[] = MADE_UP_MODELS,
): { readonly input: ExplainInput; readonly explanation: Explanation } | null {
  const input = readingOf(question, models).inputs.strategy;
  return input === null ? null : { input, explanation: explainIo(input) };
}
