import { explainIo } from '#core';
import type { ExplainInput, Explanation } from '#core';
import type { Question } from '../question/question.ts';
import { readLayoutWords } from '../question/read-layout.ts';
import { readQuestion } from '../question/read-question.ts';
import { MODELS } from './built-in-models.ts';

/** What a question means without a catalogue of layouts. */
export function readingOf(question: Question): ReturnType<typeof readQuestion> {
  return readQuestion(question, readLayoutWords(question.layout, new Map(), []), MODELS);
}

/** The I/O of a question with its input; null where it cannot be counted. */
export function explained(
  question: Question,
): { readonly input: ExplainInput; readonly explanation: Explanation } | null {
  const input = readingOf(question).inputs.strategy;
  return input === null ? null : { input, explanation: explainIo(input) };
}
