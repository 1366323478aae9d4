import { describe, expect, it } from 'vitest';
import { explore } from './explore.ts';
import { gupDmaMachine } from './gup-dma.ts';
import type { FilePage } from './gup-dma.ts';
import { RACE_FIXES, RACE_RULES } from './race-setup.ts';
import type { RaceFix, RaceSetup } from './race-setup.ts';
import { everySubset } from '../testing/race-setups.ts';

const CRASH = 'the filesystem is to write a dirty page whose buffers are gone';
const LOST_BY_RECLAIM =
  'reclaim has paged out a page which then counts as clean, but the disk lacks DMA data';
const LOST_BY_WRITEBACK =
  'ordinary writeback has written a page which then counts as clean, but the disk lacks DMA data';

const setupOf = (
  reference: RaceSetup['reference'],
  rules: RaceSetup['rules'],
  ...fixes: readonly RaceFix[]
): RaceSetup => ({ model: 'gup-dma', reference, rules, fixes });

/** What goes wrong, with the steps to it. */
function found(setup: RaceSetup): Record<string, number> {
  const { violations } = explore(gupDmaMachine(setup));
  return Object.fromEntries(violations.map(({ meaning, schedule }) => [meaning, schedule.length]));
}

function scheduleTo(meaning: string, setup: RaceSetup): string[] {
  const { violations } = explore(gupDmaMachine(setup));
  const violation = violations.find((each) => each.meaning === meaning);
  return violation?.schedule.map(({ actor, step }) => `${actor}: ${step}`) ?? [];
}

/** The state after some steps of a machine, each named as `actor: step`. */
function after(setup: RaceSetup, ...names: readonly string[]): FilePage {
  const { steps, start } = gupDmaMachine(setup);
  return names.reduce((page, wanted) => {
    const step = steps.find(({ actor, name }) => `${actor}: ${name}` === wanted);
    if (step?.when(page) !== true) throw new Error(`${wanted} is not possible`);
    return { ...page, ...step.then(page) };
  }, start);
}

function possible(setup: RaceSetup, page: FilePage): string[] {
  const { steps } = gupDmaMachine(setup);
  return steps.filter(({ when }) => when(page)).map(({ actor, name }) => `${actor}: ${name}`);
}

const get = setupOf('get', 'none');
const dmaWithGet = ['application: write fault', 'application: get', 'driver: start DMA'] as const;
const dmaWithPin = ['application: write fault', 'application: pin', 'driver: start DMA'] as const;

describe('a plain reference', () => {
  it('[RACE-5][RACE-6] the crash of 2018 takes nine steps, those of the slides', () => {
    expect(scheduleTo(CRASH, get)).toEqual([
      ...dmaWithGet,
      'kswapd: unmap',
      'kswapd: page out',
      'kswapd: end page-out',
      'kswapd: strip buffers',
      'driver: set dirty',
      'flusher: write back',
    ]);
  });

  it('[RACE-5] the crash is as near when the flusher cleans the page and reclaim only strips it', () => {
    const page = after(
      get,
      ...dmaWithGet,
      ...['flusher: write back', 'flusher: end writeback', 'kswapd: unmap'],
      ...['kswapd: strip buffers', 'driver: set dirty', 'flusher: write back'],
    );
    expect(page.crashed).toBe(true);
  });

  it('[RACE-7] data is lost in six steps by writeback, in seven by reclaim', () => {
    expect(scheduleTo(LOST_BY_WRITEBACK, get)).toEqual([
      ...dmaWithGet,
      'flusher: write back',
      'driver: DMA write',
      'flusher: end writeback',
    ]);
    expect(scheduleTo(LOST_BY_RECLAIM, get)).toEqual([
      ...dmaWithGet,
      'kswapd: unmap',
      'kswapd: page out',
      'driver: DMA write',
      'kswapd: end page-out',
    ]);
  });

  it('[RACE-8] no rule and no proposal changes anything', () => {
    const plain = explore(gupDmaMachine(get));
    for (const rules of RACE_RULES) {
      for (const fixes of everySubset(RACE_FIXES)) {
        const { states, violations } = explore(gupDmaMachine(setupOf('get', rules, ...fixes)));
        expect({ states, violations }).toEqual({
          states: plain.states,
          violations: plain.violations,
        });
      }
    }
  });
});

describe('a pin', () => {
  it('[RACE-8] that nobody looks at is a plain reference by another name', () => {
    expect(found(setupOf('pin', 'none'))).toEqual(found(get));
  });

  it('[RACE-8] under the rules of v7.1 leaves the loss by ordinary writeback, and nothing else', () => {
    expect(found(setupOf('pin', 'v7.1'))).toEqual({ [LOST_BY_WRITEBACK]: 6 });
  });

  it('[RACE-8] under the rules of v7.1 is unmapped, but neither written nor stripped by reclaim', () => {
    const setup = setupOf('pin', 'v7.1');
    const unmapped = after(setup, ...dmaWithPin, 'kswapd: unmap');
    expect(possible(setup, unmapped).filter((name) => name.startsWith('kswapd'))).toEqual([]);
    const released = after(
      setup,
      ...dmaWithPin,
      ...['kswapd: unmap', 'driver: set dirty', 'driver: release'],
    );
    expect(possible(setup, released)).toContain('kswapd: page out');
  });

  it.each<readonly [readonly RaceFix[], Record<string, number>]>([
    [['hold-off-unmap'], { [LOST_BY_WRITEBACK]: 6 }],
    [['bounce-writeback'], {}],
    [['revocable-lease'], {}],
  ])('[RACE-9] with %j alone', (fixes, expected) => {
    expect(found(setupOf('pin', 'none', ...fixes))).toEqual(expected);
    expect(found(setupOf('pin', 'v7.1', ...fixes))).toEqual(expected);
  });

  it('[RACE-9] nothing that is switched on brings back what another has closed', () => {
    for (const rules of RACE_RULES) {
      for (const fixes of everySubset(RACE_FIXES)) {
        const meanings = Object.keys(found(setupOf('pin', rules, ...fixes)));
        for (const fix of fixes) {
          const alone = found(setupOf('pin', rules, fix));
          expect(meanings.filter((meaning) => !(meaning in alone))).toEqual([]);
        }
      }
    }
  });

  it('[RACE-9] is not unmapped under hold-off-unmap', () => {
    const setup = setupOf('pin', 'none', 'hold-off-unmap');
    expect(possible(setup, after(setup, ...dmaWithPin))).not.toContain('kswapd: unmap');
  });

  it('[RACE-9] stays dirty and mapped when it is written from a bounce buffer', () => {
    const setup = setupOf('pin', 'none', 'bounce-writeback');
    const page = after(setup, ...dmaWithPin, 'driver: DMA write', 'flusher: write back');
    expect(page).toMatchObject({ mapping: 'writable', dirty: true, data: 'in-flight' });
  });

  it('[RACE-9] whose lease is revoked sees no more DMA and can be released', () => {
    const setup = setupOf('pin', 'none', 'revocable-lease');
    const page = after(setup, ...dmaWithPin, 'flusher: revoke lease');
    expect(possible(setup, page)).toEqual(['driver: set dirty']);
    expect(gupDmaMachine(setup).textOf(page)).toBe(
      'writable, dirty, buffers, pin, lease revoked, DMA running',
    );
    const early = after(setup, ...dmaWithPin.slice(0, 2), 'kswapd: revoke lease');
    expect(possible(setup, early)).toEqual(['driver: set dirty']);
  });
});

describe('the page of a file', () => {
  it('[RACE-3] is referenced through a writable entry only', () => {
    const cleaned = after(get, 'application: write fault', 'flusher: write back');
    expect(possible(get, cleaned)).toEqual(['application: write fault', 'flusher: end writeback']);
  });

  it('[RACE-3][RACE-4] gets buffers from a write fault, not from the driver', () => {
    const stripped = after(
      get,
      ...dmaWithGet,
      ...['kswapd: unmap', 'kswapd: page out', 'kswapd: end page-out', 'kswapd: strip buffers'],
    );
    expect(stripped).toMatchObject({ dirty: false, buffers: false });
    const { steps } = gupDmaMachine(get);
    const change = (wanted: string): FilePage => {
      const step = steps.find(({ name }) => name === wanted);
      return { ...stripped, ...step?.then(stripped) };
    };
    expect(change('set dirty')).toMatchObject({ dirty: true, buffers: false });
    expect(change('write fault')).toMatchObject({ dirty: true, buffers: true });
  });

  it('[RACE-6] keeps the bytes that came after a snapshot', () => {
    const write = 'driver: DMA write';
    const early = after(get, ...dmaWithGet, write, 'flusher: write back', 'flusher: end writeback');
    expect(early.data).toBe('on-disk');
    const late = after(get, ...dmaWithGet, 'flusher: write back', write, 'flusher: end writeback');
    expect(late.data).toBe('in-memory');
  });
});
