import { describe, expect, it } from 'vitest';
import { axisFromLayout } from '../../../memory-picture/picture-axis.ts';
import { pictureGeometry } from '../../../memory-picture/picture-geometry.ts';
import type { Question } from '../question/question.ts';
import { SAMPLE_QUESTIONS } from '../question/sample-questions.ts';
import { explained } from '../testing/explained.ts';
import { cutLayout } from './cut-layout.ts';
import { pictureOverlay } from './picture-overlay.ts';
import type { PictureOverlay } from './picture-overlay.ts';
import { storyFromExplanation } from './story.ts';
import type { StoryKind } from './story.ts';

/** Ten pixels for each page of the I/O. */
function overlayAt(title: string, kind: StoryKind, nth = 0): PictureOverlay {
  const question: Question | undefined = SAMPLE_QUESTIONS.find((sample) =>
    sample.title.startsWith(title),
  )?.question;
  const found = question === undefined ? null : explained(question);
  if (found === null) throw new Error(`"${title}" cannot be explained`);
  const story = storyFromExplanation(found.explanation, found.input.layout);
  const io = { first: 0, count: found.explanation.pages };
  const cut = cutLayout(found.input.layout, io);
  const step = story.steps.filter((each) => each.kind === kind)[nth];
  if (cut === null || step === undefined) throw new Error(`no step ${kind}`);
  const axis = axisFromLayout(cut);
  const geometry = pictureGeometry(axis, { first: 0, count: axis.length }, axis.length * 10);
  return pictureOverlay(story, step, axis, geometry, io);
}

describe('the picture of a step', () => {
  it('points at the pages of a grab and the frames behind them, and veils what is to come', () => {
    const { veil, pages, frames } = overlayAt('A copied page', 'grab', 1);

    expect(pages).toEqual({ x: 60, width: 10 });
    expect(veil).toEqual({ x: 70, width: 160 });
    expect(frames).toHaveLength(1);
  });

  it('draws each vector under its frames, in the order of memory', () => {
    const { vectors } = overlayAt('A copied page', 'bvec', 2);
    const inMemory = vectors.toSorted((a, b) => a.x - b.x).map(({ index }) => index + 1);

    expect(inMemory).toEqual([1, 3, 4, 2, 5]);
    expect(vectors.map(({ state }) => state)).toEqual([
      'made',
      'made',
      'current',
      'to come',
      'to come',
    ]);
  });

  it('veils nothing before the program asks, and nothing after everything is pinned', () => {
    expect(overlayAt('128 KiB write', 'request').veil).toBeNull();
    expect(overlayAt('128 KiB write', 'release').veil).toBeNull();
  });

  it('leaves pages behind a gap veiled: they are never taken', () => {
    expect(overlayAt('A write that', 'submit').veil).toEqual({ x: 80, width: 80 });
  });

  it('points at nothing for a step that is about the whole I/O', () => {
    const { pages, frames } = overlayAt('128 KiB write', 'complete');

    expect(pages).toBeNull();
    expect(frames).toEqual([]);
  });
});
