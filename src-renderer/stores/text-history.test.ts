import fc from 'fast-check';
import { expect, it } from 'vitest';
import { beginHistory, recordText, redoText, replaceText, undoText } from './text-history.ts';
import type { TextHistory } from './text-history.ts';

type Texts = TextHistory<string>;

function repeat(history: Texts, step: (history: Texts) => Texts, times: number): Texts {
  return times === 0 ? history : repeat(step(history), step, times - 1);
}

it('goes back through every state and forward again', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 40 }), (texts) => {
      const history = texts.reduce(
        (at, text) => recordText(at, text, null, 0),
        beginHistory('begin', 'file'),
      );
      const steps = history.past.length;

      const back = repeat(history, undoText, steps);

      expect(back.present.text).toBe('begin');
      expect(repeat(back, redoText, steps).present.text).toBe(texts.at(-1));
      expect(undoText(back)).toBe(back);
      expect(redoText(history)).toBe(history);
    }),
  );
});

it('undoes quick changes of one place at once', () => {
  const typed = ['1', '12', '128'].reduce(
    (history, text, index) => recordText(history, text, 'workload.count', index * 200),
    beginHistory('', 'file'),
  );

  expect(undoText(typed).present.text).toBe('');
});

it('keeps apart what was changed elsewhere, or later', () => {
  const first = recordText(beginHistory('', 'file'), 'a', 'name', 0);
  const elsewhere = recordText(first, 'ab', 'title', 100);
  const later = recordText(first, 'ab', 'name', 5000);

  expect(undoText(elsewhere).present.text).toBe('a');
  expect(undoText(later).present.text).toBe('a');
});

it('does not join a change to what was just undone', () => {
  const typed = recordText(recordText(beginHistory('', 'file'), 'a', 'name', 0), 'b', 'title', 100);
  const changed = recordText(undoText(typed), 'c', 'name', 200);

  expect(undoText(changed).present.text).toBe('a');
  expect(changed.future).toEqual([]);
});

it('ignores a change that changes nothing', () => {
  const history = beginHistory('a', 'file');

  expect(recordText(history, 'a', null, 0)).toBe(history);
});

it('goes back to where an older text came from', () => {
  const typed = recordText(beginHistory('a', 'file'), 'ab', 'name', 0);

  const replaced = replaceText(typed, 'c', 'run');

  expect(replaced.present).toMatchObject({ text: 'c', source: 'run' });
  expect(undoText(replaced).present).toMatchObject({ text: 'ab', source: 'file' });
});
