import { expect, it } from 'vitest';
import { notApplicableWarning } from './not-applicable.ts';

it('says why trials could not run: the commonest reason, and how many others', () => {
  expect(notApplicableWarning([])).toEqual([]);
  expect(notApplicableWarning(['layout a: too small'])).toEqual([
    '1 trial could not run: layout a: too small.',
  ]);
  expect(notApplicableWarning(['x', 'y', 'y', 'z'])).toEqual([
    '4 trials could not run: y; 2 other reasons beside it.',
  ]);
  expect(notApplicableWarning(['x', 'x', 'z'])).toEqual([
    '3 trials could not run: x; 1 other reason beside it.',
  ]);
});
