import type { RaceModel } from '#core';

/** One thing a page is, in the core's words, under the heading it stands below. */
export type PageFact = {
  readonly about: string;
  /** Empty where there is nothing to say: no device at work, nobody who holds the page. */
  readonly words: string;
};

type Heading = {
  readonly about: string;
  /** All the core says about it. */
  readonly words: readonly string[];
};

const HELD_STAGES = ['get', 'pin', 'PTE read', 'get unverified', 'pin unverified'];

/** What is told of a page, in the order of the columns. */
const HEADINGS: Readonly<Record<RaceModel, readonly Heading[]>> = {
  'gup-dma': [
    { about: 'Page table', words: ['unmapped', 'read-only', 'writable'] },
    { about: 'Page', words: ['clean', 'dirty'] },
    { about: 'Filesystem', words: ['no buffers', 'buffers', 'crashed'] },
    { about: 'Held by', words: ['get', 'pin'] },
    { about: 'Lease', words: ['lease revoked'] },
    { about: 'Device', words: ['DMA running', 'DMA done'] },
    { about: 'Disk', words: ['writeback'] },
    { about: 'Data', words: ['newer than disk'] },
  ],
  'fork-cow': [
    { about: 'Parent maps', words: ['writable', 'read-only'] },
    {
      about: 'Held by',
      words: [...HELD_STAGES, ...HELD_STAGES.map((stage) => `${stage} of the old page`)],
    },
    {
      about: 'Fork',
      words: ['fork begun', 'fork will share', 'fork will copy', 'fork ending'],
    },
    { about: 'Counter', words: ['fork counter changed'] },
    { about: 'Child', words: ['child shares it', 'child has its own'] },
    { about: 'Device data', words: ['DMA data seen', 'DMA data lost'] },
  ],
};

const HARM: readonly string[] = ['crashed', 'DMA data lost'];

/** Whether one phrase of the core tells of harm. */
export function isHarm(phrase: string): boolean {
  return HARM.includes(phrase);
}

/**
 * The state of a page under its headings.
 *
 * @param state  In words, as the core tells it.
 * @returns A fact for each heading of the model, in their order. Of two facts under one heading both stand in it.
 */
export function factsOfState(model: RaceModel, state: string): readonly PageFact[] {
  const said = state.split(', ');
  return HEADINGS[model].map(({ about, words }) => ({
    about,
    words: said.filter((each) => words.includes(each)).join(', '),
  }));
}
