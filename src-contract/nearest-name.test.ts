import { assert, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { nearestName, suggestNames } from './nearest-name.ts';

it('finds the name that was mistyped: letters replaced, left out, added, swapped, in another case', () => {
  const known = ['blockSize', 'offset', 'count', 'threads'];

  expect(
    ['blocksize', 'bockSize', 'blockSizes', 'ofsfet', 'cuont', 'THREADS', 'latency'].map((name) =>
      nearestName(name, known),
    ),
  ).toEqual(['blockSize', 'blockSize', 'blockSize', 'offset', 'count', 'threads', null]);
});

it('a name is nearest to itself', () => {
  assert(
    property(string({ minLength: 1, maxLength: 40 }), (name) => {
      expect(nearestName(name, ['something else', name])).toBe(name);
    }),
  );
});

it('suggests the nearest name and lists all', () => {
  expect(suggestNames('wark', ['walk', 'grab'])).toBe('did you mean walk? allowed: walk, grab');
  expect(suggestNames('xxxxxxxx', ['walk', 'grab'])).toBe('allowed: walk, grab');
});
