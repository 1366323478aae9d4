import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goodQuestion } from '../testing/drawn-questions.ts';
import { explained } from '../testing/explained.ts';
import { SAMPLE_QUESTIONS } from '../question/sample-questions.ts';
import type { Question } from '../question/question.ts';
import { storyFromExplanation } from '../steps/story.ts';
import type { Story } from '../steps/story.ts';
import { headlinesOf, outcomeText } from './headline.ts';
import { memoryRows, referenceRows, vectorRows } from './vector-rows.ts';

function storyOf(question: Question): Story | null {
  const found = explained(question);
  return found === null ? null : storyFromExplanation(found.explanation, found.input.layout);
}

function storyOfSample(start: string): Story {
  const sample = SAMPLE_QUESTIONS.find(({ title }) => title.startsWith(start));
  const story = sample === undefined ? null : storyOf(sample.question);
  if (story === null) throw new Error(`no story of "${start}"`);
  return story;
}

describe('the tables', () => {
  it('[RUN-4] drop as many references of every folio as they add, and know its order', () => {
    const drawn = goodQuestion.map(storyOf).filter((story) => story !== null);
    fc.assert(
      fc.property(drawn, (story) => {
        for (const { added, removed, order, folio } of referenceRows(story)) {
          if (story.explanation.broken.length === 0) expect(removed).toBe(added);
          expect(order).not.toBeNull();
          expect(folio % 2 ** (order ?? 0)).toBe(0);
        }
      }),
    );
  });

  it('[EX-2] list the vectors of the copied page with the pages they carry', () => {
    const rows = vectorRows(storyOfSample('A copied page')).map(
      ({ pfn, offset, length, firstPage, pages }) => [pfn, offset, length, firstPage, pages],
    );

    expect(rows).toEqual([
      [4096, 512, 24_064, 0, 6],
      [9001, 0, 4096, 6, 1],
      [4103, 0, 36_864, 7, 9],
      [8193, 0, 12_288, 16, 3],
      [20_000, 0, 12_800, 19, 4],
    ]);
  });

  it('say where the memory of an I/O comes from', () => {
    const { explanation } = storyOfSample('Batch of 15');

    expect(memoryRows(explanation).map(({ text, note }) => [text, note])).toEqual([
      ['368 B', 'the most any call uses'],
      ['0 B', 'nothing'],
      ['0', 'of 4 KiB each, brought by the caller'],
      ['1 KiB', 'room for 64 in 1 bio, from a slab, held until completion'],
    ]);
  });
});

describe('the headline', () => {
  it('has the figures of the talk', () => {
    const { explanation } = storyOfSample('128 KiB write');
    const figures = headlinesOf(explanation).slice(1, 6);

    expect(figures.map(({ text }) => text)).toEqual(['160', '97', '1', '1', '135']);
    expect(outcomeText(explanation)).toBe('32 pages pinned');
  });

  it('says when an I/O was short', () => {
    expect(outcomeText(storyOfSample('A write that').explanation)).toBe('Short: 8 of 16 pages');
  });
});
