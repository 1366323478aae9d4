import { expect, it } from 'vitest';
import { sampleRun } from '../../testing/lab-contents.ts';
import { durationMs, expectationsText, RUN_COLUMNS, trialsText } from './run-columns.ts';

const held = { text: 'it holds', holds: true, found: '1' };

it('says how far a run came that is not complete', () => {
  expect(trialsText(sampleRun({ plannedTrials: 12, finishedTrials: 12 }))).toBe('12');
  expect(trialsText(sampleRun({ plannedTrials: 12, finishedTrials: 3 }))).toBe('3 of 12');
});

it('says how many expectations held', () => {
  const failed = { ...held, holds: false };

  expect(expectationsText(sampleRun({ expectations: [held, held] }))).toBe('2 held');
  expect(expectationsText(sampleRun({ expectations: [held, failed] }))).toBe('1 of 2');
  expect(expectationsText(sampleRun({ expectations: [] }))).toBe('');
});

it('has no duration for a run that has not ended', () => {
  expect(durationMs(sampleRun())).toBe(4200);
  expect(durationMs(sampleRun({ endedAt: null }))).toBeNull();
});

it('has a different id for every column', () => {
  const ids = RUN_COLUMNS.map(({ id }) => id);

  expect(new Set(ids).size).toBe(ids.length);
});
