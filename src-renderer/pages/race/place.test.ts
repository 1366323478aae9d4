import { describe, expect, it } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import {
  commandWords,
  idleReason,
  placeFromQuery,
  queryFromPlace,
  settingBeside,
  settingText,
  START,
  withFix,
} from './place.ts';
import type { Place } from './place.ts';
import { EVERY_SETTING, EVERY_SETUP } from './testing/every-setting.ts';

/** Through the address and back, as a reload would take it. */
function afterReload(place: Place): Place | null {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ name: 'race', path: '/race', component: { render: () => null } }],
  });
  const { href } = router.resolve({ name: 'race', query: queryFromPlace(place) });
  return placeFromQuery(router.resolve(href).query);
}

describe('the address of the Race page', () => {
  it('reads back every setting', () => {
    for (const { model, ...main } of EVERY_SETUP) {
      const place: Place = { model, main, beside: null, outcome: null, step: 0 };
      expect(afterReload(place)).toEqual(place);
    }
  });

  it('reads back what stands beside, which schedule is walked and how far', () => {
    for (const beside of EVERY_SETTING) {
      const place: Place = { ...START, beside, outcome: 'lost-data-2', step: 7 };
      expect(afterReload(place)).toEqual(place);
    }
  });

  it('asks nothing without a model it knows', () => {
    expect(placeFromQuery({})).toBeNull();
    expect(placeFromQuery({ model: 'no-such-race' })).toBeNull();
  });

  it('takes what a hand has written as far as it makes sense', () => {
    const query = { model: 'gup-dma', reference: 'pin', fix: 'hold-off-unmap', step: '-1' };
    expect(placeFromQuery(query)).toEqual({
      model: 'gup-dma',
      main: { reference: 'pin', rules: 'v7.1', fixes: ['hold-off-unmap'] },
      beside: null,
      outcome: null,
      step: 0,
    });
    expect(placeFromQuery({ model: 'fork-cow', reference: 'borrow' })?.main).toEqual(START.main);
  });
});

it('gives the command line of a race with its proposals in their order', () => {
  const words = commandWords({
    model: 'gup-dma',
    reference: 'pin',
    rules: 'none',
    fixes: ['hold-off-unmap', 'revocable-lease'],
  });
  expect(words.join(' ')).toBe(
    'race gup-dma --reference pin --rules none --fix hold-off-unmap --fix revocable-lease',
  );
});

it('keeps the order of proposals, whichever is switched on first', () => {
  const late = withFix(START.main, 'revocable-lease', true);
  const both = withFix(late, 'hold-off-unmap', true);
  expect(both.fixes).toEqual(['hold-off-unmap', 'revocable-lease']);
  expect(withFix(both, 'hold-off-unmap', false)).toEqual(late);
});

it('puts pins beside plain references, and plain references beside pins', () => {
  const pins = settingBeside(START.main);
  expect(pins).toEqual({ reference: 'pin', rules: 'v7.1', fixes: [] });
  expect(settingBeside(pins).reference).toBe('get');
  for (const setting of EVERY_SETTING) expect(settingBeside(setting)).not.toEqual(setting);
});

it('says of what changes nothing that it does not', () => {
  const pin = { reference: 'pin', rules: 'v7.1', fixes: [] } as const;
  expect(idleReason({ model: 'gup-dma', ...START.main })).toContain('plain reference');
  expect(idleReason({ model: 'fork-cow', ...pin })).toContain('pages of files');
  expect(idleReason({ model: 'gup-dma', ...pin })).toBeNull();
});

it('leaves out of a setting’s name what changes nothing', () => {
  expect(settingText({ reference: 'get', rules: 'none', fixes: ['revocable-lease'] })).toBe('get');
  expect(settingText({ reference: 'pin', rules: 'none', fixes: ['revocable-lease'] })).toBe(
    'pin · rules none · revocable-lease',
  );
});
