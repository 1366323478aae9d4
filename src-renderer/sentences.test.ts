import { expect, it } from 'vitest';
import { counted, sentenceFromFailure } from './sentences.ts';

it('makes a sentence of what the laboratory says', () => {
  expect(
    sentenceFromFailure({
      ok: false,
      code: 'bad-input',
      message: 'name: found ""; allowed: a name',
    }),
  ).toBe('Name: found ""; allowed: a name.');
});

it('leaves the name of a file as it is', () => {
  const message = 'heap.csv:3: va_page 0 overlaps the row before it';

  expect(sentenceFromFailure({ ok: false, code: 'bad-input', message })).toBe(`${message}.`);
});

it('says where a failure lies that the message does not place', () => {
  expect(
    sentenceFromFailure({ ok: false, code: 'library-failed', message: 'the disk is full.' }),
  ).toBe('The library could not be read or written: the disk is full.');
});

it('counts in words', () => {
  expect([counted(0, 'run'), counted(1, 'run'), counted(1200, 'run')]).toEqual([
    '0 runs',
    '1 run',
    '1,200 runs',
  ]);
  expect(counted(2, 'entry', 'entries')).toBe('2 entries');
});
