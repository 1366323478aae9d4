import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findExtent, FLAG } from '#core';
import { explained } from '../testing/explained.ts';
import { goodQuestion } from '../testing/drawn-questions.ts';
import { QUESTION_DEFAULTS, UNIFORM_DEFAULTS, presetWords } from '../question/question.ts';
import type { Question } from '../question/question.ts';
import { SAMPLE_QUESTIONS, TALK_QUESTION } from '../question/sample-questions.ts';
import { RULES } from './rules.ts';
import { sentenceOf } from './sentences.ts';
import { storyFromExplanation } from './story.ts';
import type { Story, StoryKind, StoryStep } from './story.ts';

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

function stepsOf(story: Story, kind: StoryKind): readonly StoryStep[] {
  return story.steps.filter((step) => step.kind === kind);
}

/** The stories of drawn questions that can be told. */
const drawnStory = goodQuestion.map(storyOf).filter((story) => story !== null);

describe('a story', () => {
  it('ends with the totals of the ledger', () => {
    fc.assert(
      fc.property(drawnStory, ({ steps, explanation }) => {
        const { events, calls, overheads, ledger } = explanation;
        const totals = steps.at(-1)?.totals;
        let added = 0;
        for (const folio of explanation.references.values()) added += folio.added;

        expect(totals).toMatchObject({
          calls,
          references: added,
          faults: events.fault,
          vectors: events.bvec_new,
          mergeTests: events.merge_test,
          heldBytes: 0,
          lockedOperations:
            (ledger.grab['lock_op.reference'] ?? 0) + (ledger.grab['lock_op.mark'] ?? 0),
        });
        expect(totals?.grabs).toBeLessThanOrEqual(overheads.grab_call + overheads.slow_grab_call);
      }),
    );
  });

  it('takes the pages one after the other, up to those that are carried', () => {
    fc.assert(
      fc.property(drawnStory, (story) => {
        const grabs = story.steps.filter(
          ({ kind, isGivenBack }) => /^(slow-)?grab$/.test(kind) && !isGivenBack,
        );
        const first = stepsOf(story, 'request')[0]?.pages?.first ?? 0;
        const taken = new Set<number>();
        for (const { pages } of grabs) {
          for (let page = 0; page < (pages?.count ?? 0); page += 1) {
            taken.add((pages?.first ?? 0) + page);
          }
        }
        const { layout, explanation } = story;
        const isAllOrNothing = explanation.outcome.kind === 'efault';
        // The zero page is taken without a grab where it is only read.
        const isMissing = (page: number): boolean =>
          !taken.has(page) && ((layout.flags[findExtent(layout, page)] ?? 0) & FLAG.zero) === 0;
        const carried = Array.from(
          { length: explanation.outcome.pages },
          (_, page) => first + page,
        );

        // What the holes of the prototype lose is taken by nobody.
        if (explanation.broken.length === 0) expect(carried.filter(isMissing)).toEqual([]);
        expect(Math.min(...taken, Infinity)).toBeGreaterThanOrEqual(first);
        if (!isAllOrNothing) {
          expect(Math.max(...taken, -1)).toBeLessThan(first + explanation.outcome.pages);
          expect(story.steps.at(-1)?.totals.pages).toBe(explanation.outcome.pages);
        }
      }),
    );
  });

  it('places every vector where the pages it carries are', () => {
    fc.assert(
      fc.property(drawnStory, (story) => {
        const made = stepsOf(story, 'bvec').flatMap(({ vectors }) =>
          Array.from({ length: vectors?.count ?? 0 }, (_, at) => (vectors?.first ?? 0) + at),
        );
        const carried = story.vectorPages.reduce((sum, { count }) => sum + count, 0);

        expect(made).toEqual(story.explanation.bvecs.map((_, index) => index));
        if (story.explanation.broken.length > 0) return;
        expect(carried).toBe(made.length === 0 ? 0 : story.explanation.outcome.pages);
      }),
    );
  });

  it('keeps merge tests within the vector they extend, and as many good ones as the ledger', () => {
    fc.assert(
      fc.property(drawnStory, (story) => {
        const good = stepsOf(story, 'merge').filter(({ merges }) => merges);
        for (const { pages, vectors } of good) {
          const span = story.vectorPages[vectors?.first ?? -1];

          expect(pages?.first).toBeGreaterThan(span?.first ?? Infinity);
          expect((pages?.first ?? 0) + (pages?.count ?? 0)).toBeLessThanOrEqual(
            (span?.first ?? 0) + (span?.count ?? 0),
          );
        }

        expect(good.reduce((sum, { count }) => sum + count, 0)).toBe(
          story.explanation.events.merge_ok,
        );
      }),
    );
  });

  it('closes every call it opens', () => {
    fc.assert(
      fc.property(drawnStory, ({ steps }) => {
        const opened = steps.filter(({ kind }) => /^(bio|extract|gup|slow|table)$/.test(kind));
        const closed = steps.filter(({ kind }) => /^(bio|extract|gup|slow|table)-end$/.test(kind));

        expect(closed).toHaveLength(opened.length);
        expect(steps.at(-1)?.depth).toBe(0);
      }),
    );
  });
});

describe('the words of a step', () => {
  it('exist for every step of every composition, without a figure gone wrong', () => {
    const rules = new Set<string>(Object.keys(RULES));
    fc.assert(
      fc.property(drawnStory, (story) => {
        for (const step of story.steps) {
          const sentence = sentenceOf(story, step);
          const words = `${sentence.title} ${sentence.text}`;

          expect(words).not.toMatch(/NaN|undefined|Infinity|null|–/);
          expect(sentence.text).toMatch(/[.?]$/);
          expect(sentence.rules.length).toBeGreaterThan(0);
          expect(sentence.rules.filter((rule) => !rules.has(rule))).toEqual([]);
        }
      }),
    );
  });

  it('refer to rules that the SPEC has', () => {
    const spec = readFileSync(new URL('../../../../src-core/SPEC.md', import.meta.url), 'utf8');

    expect(Object.keys(RULES).filter((rule) => !spec.includes(`**${rule}**`))).toEqual([]);
  });

  it('tell the write of the talk', () => {
    const story = storyOf(TALK_QUESTION);

    expect(story?.steps.map((step) => sentenceOf(story, step).title)).toEqual([
      'The program asks',
      'Start a bio',
      'Extract 32 pages',
      'pin_user_pages_fast(), 32 pages',
      'Map a page table',
      'Pin 32 pages',
      'Unmap the page table',
      'The call returns 32 pages',
      'The extract call returns 32 pages',
      'Write a bio vector',
      '31 merge tests succeed',
      'The bio is complete',
      'Submit',
      'Complete',
      'Unpin 32 references',
    ]);
  });

  const kinds: readonly (readonly [StoryKind, string, string, RegExp])[] = [
    ['request', '128 KiB write', 'The program asks', /writes 128 KiB .* on 32 pages/],
    ['bio', '128 KiB write', 'Start a bio', /room for 64 vectors, 1 KiB from a slab/],
    ['extract', 'One 2 MiB', 'Extract 256 pages', /upper half of the bio's own free vectors/],
    ['gup', '128 KiB write', 'pin_user_pages_fast(), 32 pages', /Interrupts go off/],
    ['slow', 'A write that', 'Fall back to the slow path', /maps nothing.*mapping for 8 pages/],
    ['table', '128 KiB write', 'Map a page table', /PGD, P4D, PUD and PMD/],
    ['grab', 'One 2 MiB', 'Pin 256 pages', /One PMD entry maps 256 pages.*256 references at once/],
    ['table-end', '128 KiB write', 'Unmap the page table', /2 MiB block/],
    [
      'gup-end',
      'A write that',
      'The call returns 8 pages',
      /pages 0 to 7 are held.*page 8 is not mapped/,
    ],
    ['slow-end', 'A write that', 'Drop mmap_lock', /Nothing is mapped here either/],
    ['extract-end', 'One 2 MiB', 'The extract call returns 256 pages', /added to the bio/],
    ['bvec', 'One 2 MiB', 'Write a bio vector', /carries 1 MiB/],
    ['merge', 'A copied', 'A merge test fails', /It does not/],
    ['bio-end', 'A write that', 'The bio is as full as it gets', /short I\/O: 8 pages in 1 vector/],
    ['stop', 'A shared', 'The fast walk stops', /page 8 is shared with another process/],
    ['slow', 'A shared', 'Fall back to the slow path', /met a page that it leaves alone/],
    ['fault', 'A shared', '1 page fault', /copied, page by page, .* 1 page is marked referenced/],
    [
      'slow-grab',
      'A shared',
      'Pin 1 page',
      /page-table lock, grabs the folio \(a new frame for page 8\)/,
    ],
    ['slow-end', 'A shared', 'Drop mmap_lock', /8 pages taken/],
    ['migrate', 'A buffer', 'Migrate 1 folio', /lies in CMA memory.*All 16 pages/],
    ['bvec', 'A buffer', 'Write a buffer vector', /covers 64 KiB/],
    ['allocate', 'A buffer', 'Allocate 256 B', /32 × 8 bytes/],
    ['release', 'A buffer', 'Unpin 2 references', /as the buffer is given back.*2 calls/],
    ['submit', 'A read', 'Submit', /hands the vectors to the device/],
    ['complete', '128 KiB write', 'Complete', /looked up again 33 times/],
    ['release', '128 KiB write', 'Unpin 32 references', /page by page: 32 calls with 64 locked/],
  ];

  it.each(kinds)('say what %s does (%s)', (kind, sample, title, text) => {
    const story = storyOfSample(sample);
    const [step] = stepsOf(story, kind);
    if (step === undefined) throw new Error(`no step of kind ${kind}`);
    const sentence = sentenceOf(story, step);

    expect(sentence.title).toBe(title);
    expect(sentence.text).toMatch(text);
  });

  it.each(['allocate', 'free'] as const)('say what %s does', (kind) => {
    const story = storyOf({
      ...QUESTION_DEFAULTS,
      layout: UNIFORM_DEFAULTS,
      strategy: presetWords('folio-vec'),
    });
    const [step] = story === null ? [] : stepsOf(story, kind);

    expect(story && step && sentenceOf(story, step).title).toBe(
      kind === 'allocate' ? 'Allocate 768 B' : 'Free 768 B',
    );
  });

  it('say what is not in the cache, where that costs something', () => {
    const requestOf = (caches: string) => {
      const story = storyOf({ ...TALK_QUESTION, caches });
      const [step] = story === null ? [] : stepsOf(story, 'request');
      return story && step && sentenceOf(story, step);
    };

    expect(requestOf('hot')?.text).not.toContain('cache since');
    expect(requestOf('evicted')).toMatchObject({ rules: ['WL-1', 'COLD-2'] });
    expect(requestOf('cold')).toMatchObject({ rules: ['WL-1', 'COLD-2', 'COLD-3'] });
    expect(requestOf('cold')?.text).toContain('the struct pages have to be fetched again');
  });

  it('say that a grab was for nothing', () => {
    const [step] = stepsOf(storyOfSample('A shared'), 'grab').filter(
      ({ isGivenBack }) => isGivenBack,
    );
    const story = storyOfSample('A shared');

    const sentence = step && sentenceOf(story, step);

    expect(sentence).toMatchObject({ title: 'Take it, and give it back', rules: ['STOP-2'] });
    expect(sentence?.text).toContain('grabbed and the entry read again');
  });

  it('tell of folios from the page cache', () => {
    const story = storyOf({
      ...QUESTION_DEFAULTS,
      api: 'register',
      layout: { kind: 'rows', text: '0,4096,16,4\n16,8192,16,4,pte,absent' },
      strategy: presetWords('memfd-pin'),
    });

    expect(story?.steps.map((step) => sentenceOf(story, step).title)).toEqual([
      'The program asks',
      'Ask for 32 pages',
      'memfd_pin_folios(), 32 pages',
      'Pin 1 folio',
      'Make 1 folio',
      'Pin 1 folio',
      'The call returns 32 pages',
      'The extract call returns 32 pages',
      'Unpin 2 references',
    ]);
  });

  it('tell what the prototype loses', () => {
    const story = storyOf({
      ...QUESTION_DEFAULTS,
      layout: { kind: 'rows', text: '0,4096,8,4\n8,9001,8,0,pte,absent' },
      length: '64KiB',
      strategy: presetWords('folio-vec', { prototypeHoles: 'true' }),
    });
    const end = story && stepsOf(story, 'gup-end')[0];

    const sentence = end && sentenceOf(story, end);

    expect(sentence).toMatchObject({ title: 'The call returns 16 pages', rules: ['HOLE-3'] });
    expect(sentence?.text).toContain('are in no vector');
  });

  it('tell of a failed I/O from its first page', () => {
    const story = storyOf({
      ...QUESTION_DEFAULTS,
      layout: { kind: 'rows', text: '4,9000,4,0' },
      strategy: presetWords('today'),
    });

    expect(story?.steps.map((step) => sentenceOf(story, step).title).slice(-4)).toEqual([
      'Drop mmap_lock',
      'The call fails',
      'The extract call returns 0 pages',
      'Give the bio up',
    ]);
  });
});
