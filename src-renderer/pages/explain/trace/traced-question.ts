import type { TracedIo } from '#contract';
import { besideOptions, optionsFromQuestion } from '../question/options.ts';
import { presetWords, QUESTION_DEFAULTS, UNIFORM_DEFAULTS } from '../question/question.ts';
import type { Question } from '../question/question.ts';

const PAGE_KIB = 4;
/** Room for the largest bio. */
const LEAST_LAYOUT_KIB = 1024;

function wordsOf(parameters: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, String(value)]),
  );
}

/** Asks about the I/O that a trace most likely shows. */
export function questionFromTracedIo(io: TracedIo, costModel: string): Question {
  const { strategy, pages, folioOrder } = io;
  return {
    ...QUESTION_DEFAULTS,
    layout: {
      ...UNIFORM_DEFAULTS,
      size: `${Math.max(LEAST_LAYOUT_KIB, pages * PAGE_KIB) / 1024}MiB`,
      order: String(folioOrder),
    },
    length: `${pages * PAGE_KIB}KiB`,
    strategy: presetWords(strategy.id, wordsOf(strategy.parameters)),
    costModel,
    tracer: 'function-graph',
  };
}

/** Whether a question asks about just that. */
export function asksAbout(question: Question, io: TracedIo): boolean {
  const wordsOfAll = (one: Question): string =>
    JSON.stringify([...optionsFromQuestion(one), ...besideOptions(one)]);
  return wordsOfAll(question) === wordsOfAll(questionFromTracedIo(io, question.costModel));
}
