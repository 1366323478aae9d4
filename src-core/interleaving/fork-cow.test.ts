import { describe, expect, it } from 'vitest';
import { everySubset } from '../testing/race-setups.ts';
import { explore } from './explore.ts';
import { forkCowMachine } from './fork-cow.ts';
import type { ForkRules } from './fork-cow.ts';
import { RACE_FIXES } from './race-setup.ts';
import type { RaceSetup } from './race-setup.ts';

const setupOf = (
  reference: RaceSetup['reference'],
  rules: RaceSetup['rules'],
  fixes: RaceSetup['fixes'] = [],
): RaceSetup => ({ model: 'fork-cow', reference, rules, fixes });

/** The shortest schedule to lost data, empty where there is none. */
function scheduleOf(setup: RaceSetup, rules?: ForkRules): string[] {
  const { violations } = explore(forkCowMachine(setup, rules));
  const schedule = violations.at(0)?.schedule ?? [];
  return schedule.map(({ actor, step }) => `${actor}: ${step}`);
}

const LOST_AFTER_FORK = [
  'reader: read PTE',
  'reader: grab',
  'reader: verify',
  'parent: begin fork',
  'parent: look for pins',
  'parent: share page',
  'parent: end fork',
  'parent: store',
  'driver: DMA write',
];

describe('copy-on-write against direct I/O', () => {
  it('[RACE-11][RACE-12] the parent stores after a fork and leaves a plain reference behind', () => {
    expect(scheduleOf(setupOf('get', 'none'))).toEqual(LOST_AFTER_FORK);
    expect(scheduleOf(setupOf('get', 'v7.1'))).toEqual(LOST_AFTER_FORK);
  });

  it('[RACE-13] a pin that nobody looks at fares no better', () => {
    expect(scheduleOf(setupOf('pin', 'none'))).toEqual(LOST_AFTER_FORK);
  });

  it('[RACE-13] under the rules of v7.1 a pin loses nothing, whatever the schedule', () => {
    const { states, violations, impossible } = explore(forkCowMachine(setupOf('pin', 'v7.1')));
    expect({ states, violations }).toEqual({ states: 72, violations: [] });
    expect(impossible).toHaveLength(1);
  });

  it('[RACE-13] without write_protect_seq a pin slips in between the look and the sharing', () => {
    const rules = { copiesPinned: true, checksForkCounter: false };
    expect(scheduleOf(setupOf('pin', 'v7.1'), rules)).toEqual([
      'reader: read PTE',
      'parent: begin fork',
      'parent: look for pins',
      'reader: grab',
      'reader: verify',
      'parent: share page',
      'parent: end fork',
      'parent: store',
      'driver: DMA write',
    ]);
  });

  it('[RACE-13] write_protect_seq alone does not help a pin taken before the fork', () => {
    const rules = { copiesPinned: false, checksForkCounter: true };
    expect(scheduleOf(setupOf('pin', 'v7.1'), rules)).toEqual(LOST_AFTER_FORK);
  });

  it('[RACE-13] a pin that is verified is on the page that the parent maps, and alone', () => {
    const isApart = explore({
      ...forkCowMachine(setupOf('pin', 'v7.1')),
      invariants: [
        {
          kind: 'lost-data',
          meaning: 'a verified pin is on a page that is shared or left',
          isBroken: ({ reference, mapping, isLeft }) =>
            reference === 'held' && (mapping !== 'writable' || isLeft),
        },
      ],
    });
    expect(isApart.violations).toEqual([]);
  });

  it('[RACE-13] a state says that the fork counter changed under the walk', () => {
    const machine = forkCowMachine(setupOf('pin', 'v7.1'));
    const walking = {
      ...machine.start,
      reference: 'grabbed',
      fork: 'begun',
      sawFork: true,
    } as const;
    expect(machine.textOf(walking)).toBe(
      'writable, pin unverified, fork begun, fork counter changed',
    );
  });

  it('[RACE-14] the proposals of 2018 change nothing', () => {
    for (const reference of ['get', 'pin'] as const) {
      const plain = explore(forkCowMachine(setupOf(reference, 'v7.1')));
      for (const fixes of everySubset(RACE_FIXES)) {
        const { states, violations } = explore(forkCowMachine(setupOf(reference, 'v7.1', fixes)));
        expect({ states, violations }).toEqual({
          states: plain.states,
          violations: plain.violations,
        });
      }
    }
  });
});
