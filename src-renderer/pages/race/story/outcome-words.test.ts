import { expect, it } from 'vitest';
import { endText, everythingText, jumpText, verdictText, visitedText } from './outcome-words.ts';
import { outcomesOf, raceStory } from './track.ts';

const [lost, , crash] = outcomesOf('gup-dma');
if (lost === undefined || crash === undefined) throw new Error('the model has fewer outcomes');

it('says never only with the number of states that were visited', () => {
  const pins = { model: 'gup-dma', reference: 'pin', rules: 'v7.1', fixes: [] } as const;
  const { verdict, report } = raceStory(pins, crash);
  expect(verdictText(verdict, report.states)).toBe('never, in all 90 states');
  expect(visitedText({ report })).toBe('90 states visited');
  expect(everythingText({ report })).toBe(
    'All that can be reached: 243 transitions, the farthest state 12 steps from the start.',
  );
  expect(verdictText({ kind: 'reached', steps: 1, states: 1 }, 90)).toBe(
    'after 1 step at the soonest',
  );
});

it('ends a walk with what it has come to', () => {
  expect(endText('reached', crash, 123)).toBe(
    'Crash: the filesystem is to write a dirty page whose buffers are gone.',
  );
  expect(endText('stopped', crash, 90)).toContain('stops here. Crash: never, in all 90 states.');
  expect(endText('unharmed', lost, 74)).toContain('unharmed. Lost data: never, in all 74 states.');
});

it('leads to where it goes wrong on either side, or else to where it stops', () => {
  expect(jumpText(crash, ['reached', 'stopped'])).toBe('Where it crashes');
  expect(jumpText(lost, ['stopped', 'reached'])).toBe('Where it loses data');
  expect(jumpText(lost, ['stopped'])).toBe('Where it stops');
  expect(jumpText(lost, ['unharmed'])).toBe('To the end');
});
