import { expect, it } from 'vitest';
import { placeFromQuery, queryFromPlace, shownView, START, viewsOf } from './place.ts';
import type { Place } from './place.ts';

it('is read back from its address', () => {
  const places: readonly Place[] = [
    { model: 'my-epyc@2', view: 'fit', table: null },
    { model: 'my-epyc@2', view: 'predict', table: 'a-table' },
    { model: null, view: 'prices', table: null },
  ];

  expect(places.map((place) => placeFromQuery(queryFromPlace(place)))).toEqual(places);
});

it('shows of a model that was not fitted where it comes from, and what it predicts', () => {
  expect(viewsOf(false)).toEqual(['about', 'predict']);
  expect([shownView('rows', false), shownView('predict', false)]).toEqual(['about', 'predict']);
  expect([shownView('rows', true), shownView('about', true)]).toEqual(['rows', 'about']);
});

it('is nowhere in particular where the address says nothing', () => {
  expect(queryFromPlace(START)).toEqual({});
  expect([
    placeFromQuery({}),
    placeFromQuery({ model: '' }),
    placeFromQuery({ view: 'x' }),
  ]).toEqual([null, null, null]);
  expect(placeFromQuery({ model: 'a', view: 'x' })).toEqual({
    model: 'a',
    view: 'fit',
    table: null,
  });
});
