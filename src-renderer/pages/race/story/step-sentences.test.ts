import { expect, it } from 'vitest';
import { forkCowMachine, gupDmaMachine } from '#core';
import type { RaceSetup } from '#core';
import { EVERY_SETUP, EVERY_STORY } from '../testing/every-setting.ts';
import { refusalOf, sentenceOfStep, wordsOfRow } from './step-sentences.ts';
import { outcomesOf, raceStory } from './track.ts';

function stepsOf(setup: RaceSetup): readonly { readonly actor: string; readonly name: string }[] {
  return setup.model === 'gup-dma' ? gupDmaMachine(setup).steps : forkCowMachine(setup).steps;
}

function textsOf(setup: RaceSetup, outcomeId: string): readonly string[] {
  const outcome = outcomesOf(setup.model).find(({ id }) => id === outcomeId);
  if (outcome === undefined) throw new Error(`no outcome ${outcomeId}`);
  return raceStory(setup, outcome).track.rows.map((row) => wordsOfRow(setup, row).text);
}

it('has a sentence and a rule for every step of every model', () => {
  const silent = EVERY_SETUP.flatMap((setup) =>
    stepsOf(setup)
      .filter(({ actor, name }) => sentenceOfStep(setup.model, actor, name) === null)
      .map(({ actor, name }) => `${setup.model}: ${actor}: ${name}`),
  );
  expect(silent).toEqual([]);
  expect(sentenceOfStep('gup-dma', 'parent', 'store')).toBeNull();
});

it('says why a step cannot be taken, wherever one cannot', () => {
  const silent = EVERY_STORY.flatMap(({ story }) =>
    story.track.rows.filter((row) => !row.wasTaken && refusalOf(story.setup, row) === null),
  );
  expect(silent).toEqual([]);
});

it('names as the reason only what is switched on', () => {
  for (const { story } of EVERY_STORY) {
    const refused = story.track.rows.find(({ wasTaken }) => !wasTaken);
    if (refused === undefined) continue;
    const { fixes, rules, reference } = story.setup;
    const { text, title } = wordsOfRow(story.setup, refused);
    expect(reference).toBe('pin');
    expect(title).toMatch(/^\w+ cannot /);
    if (text.includes('lease')) expect(fixes).toContain('revocable-lease');
    else if (text.includes('not unmapped')) expect(fixes).toContain('hold-off-unmap');
    else if (text.includes('still dirty')) expect(fixes).toContain('bounce-writeback');
    else expect(rules).toBe('v7.1');
  }
});

it('tells the crash, and not what writeback does otherwise', () => {
  const texts = textsOf({ model: 'gup-dma', reference: 'get', rules: 'none', fixes: [] }, 'crash');
  expect(texts.at(-1)).toContain('finds no buffers: it crashes');
  expect(texts.filter((text) => text.includes('crashes'))).toHaveLength(1);
});

it('tells that the snapshot lacks what came later, and whether anybody knows', () => {
  const race = { model: 'gup-dma', reference: 'pin', rules: 'none' } as const;
  const lost = textsOf({ ...race, fixes: [] }, 'lost-data');
  const kept = textsOf({ ...race, fixes: ['bounce-writeback'] }, 'lost-data');
  expect(lost.at(-1)).toContain('the page counts as clean');
  expect(kept.at(-1)).toContain('the page is still dirty');
  expect(kept.some((text) => text.includes('bounce buffer'))).toBe(true);
  expect(lost.some((text) => text.includes('bounce buffer'))).toBe(false);
});

it('tells what fork decides', () => {
  const fork = { model: 'fork-cow', reference: 'pin', fixes: [] } as const;
  const deciding = (rules: RaceSetup['rules']) => textsOf({ ...fork, rules }, 'lost-data')[5];
  expect(deciding('none')).toContain('It will be shared.');
  expect(deciding('v7.1')).toContain('a copy.');
});
