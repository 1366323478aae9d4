import { expect, it } from 'vitest';
import { explained } from '../testing/explained.ts';
import { TALK_QUESTION } from '../question/sample-questions.ts';
import type { Question } from '../question/question.ts';
import { requestText } from './request-text.ts';

function textOf(change: Partial<Question>): string {
  const question = { ...TALK_QUESTION, ...change };
  const found = explained(question);
  return found === null ? '' : requestText(found.explanation, question.layout);
}

it('says an I/O in a few words, and only what is out of the ordinary beside them', () => {
  const usual = 'Direct write of 128 KiB at 0 on uniform:64MiB,order=5';

  expect(textOf({})).toBe(usual);
  expect(textOf({ caches: 'evicted' })).toBe(`${usual}, evicted cache`);
  expect(textOf({ path: 'sync', caches: 'cold' })).toBe(`${usual}, synchronous, cold cache`);
});
