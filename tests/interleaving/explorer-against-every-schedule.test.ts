import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explore, forkCowMachine, gupDmaMachine } from '#core';
import type { Exploration, FlatState, GuardedStep, Machine, RaceSetup } from '#core';
import { EVERY_RACE } from '../../src-core/testing/race-setups.ts';
import { enumerateSchedules } from './every-schedule.ts';
import type { Enumeration, System } from './every-schedule.ts';
import { filePage } from './file-page.ts';
import { forkedPage } from './forked-page.ts';

/** What the explorer found, as an enumeration says it. */
function enumerationOf<State extends FlatState>(machine: Machine<State>): Enumeration {
  const { states, transitions, depth, violations }: Exploration<State> = explore(machine);
  return {
    states,
    transitions,
    depth,
    wrongs: machine.invariants.map(({ meaning }) => {
      const violation = violations.find((each) => each.meaning === meaning);
      return { states: violation?.states ?? 0, steps: violation?.schedule.length ?? null };
    }),
  };
}

const found = new Map<string, Enumeration>();

/** Enumerates what has not been enumerated: with plain references there is one system of each kind. */
function enumerationFor(setup: RaceSetup): Enumeration {
  const { model, reference, rules, fixes } = setup;
  const looksAtPins = reference === 'pin' && rules === 'v7.1';
  const isPlain = reference === 'get';
  const key =
    model === 'fork-cow' ? String(looksAtPins) : isPlain ? 'plain' : [rules, ...fixes].join();
  const enumeration =
    found.get(key) ??
    (model === 'fork-cow'
      ? enumerateSchedules(forkedPage(looksAtPins))
      : enumerateSchedules(filePage(setup)));
  found.set(key, enumeration);
  return enumeration;
}

describe('the explorer finds what an enumeration of all schedules finds, on a model written twice', () => {
  it.each(EVERY_RACE)('[RACE-1] $model with $reference, rules $rules, fixes $fixes', (setup) => {
    const explored =
      setup.model === 'gup-dma'
        ? enumerationOf(gupDmaMachine(setup))
        : enumerationOf(forkCowMachine(setup));
    expect(explored).toEqual(enumerationFor(setup));
  });
});

/** Three switches that two actors turn, each step under a condition on one switch. */
type Switches = { readonly a: boolean; readonly b: boolean; readonly c: boolean };

const switchName = fc.constantFrom<keyof Switches>('a', 'b', 'c');
const setting = fc.record({ name: switchName, value: fc.boolean() });

const drawnStep: fc.Arbitrary<GuardedStep<Switches>> = fc
  .record({ actor: fc.constantFrom('one', 'other'), if: setting, set: setting })
  .map((drawn) => ({
    actor: drawn.actor,
    name: JSON.stringify(drawn.set),
    when: (state) => state[drawn.if.name] === drawn.if.value,
    then: () => ({ [drawn.set.name]: drawn.set.value }),
  }));

const drawnMachine: fc.Arbitrary<Machine<Switches>> = fc
  .record({
    steps: fc.array(drawnStep, { maxLength: 6 }),
    wrong: fc.record({ a: fc.boolean(), b: fc.boolean(), c: fc.boolean() }),
    over: fc.option(setting),
  })
  .map(({ steps, wrong, over }) => ({
    actors: ['one', 'other'],
    start: { a: false, b: false, c: false },
    steps,
    invariants: [
      {
        kind: 'crash',
        meaning: 'the switches stand wrong',
        isBroken: ({ a, b, c }) => a === wrong.a && b === wrong.b && c === wrong.c,
      },
    ],
    isOver: (state) => over !== null && state[over.name] === over.value,
    textOf: (state) => JSON.stringify(state),
  }));

/** A machine as a system: its table, walked by the enumeration. */
function systemFrom(machine: Machine<Switches>): System<Switches> {
  const { start, steps, invariants, isOver } = machine;
  return {
    start,
    next: (state) =>
      isOver(state)
        ? []
        : steps.filter(({ when }) => when(state)).map(({ then }) => ({ ...state, ...then(state) })),
    identity: ({ a, b, c }) => [a, b, c].join(),
    wrongs: (state) => invariants.map(({ isBroken }) => isBroken(state)),
  };
}

describe('the explorer finds what an enumeration of all schedules finds, on drawn machines', () => {
  it('[RACE-1] the same states, transitions, depth, violations and shortest lengths', () => {
    fc.assert(
      fc.property(drawnMachine, (machine) => {
        expect(enumerationOf(machine)).toEqual(enumerateSchedules(systemFrom(machine)));
      }),
    );
  });

  it('[RACE-1] a schedule that is told can be followed step by step', () => {
    fc.assert(
      fc.property(drawnMachine, (machine) => {
        for (const { schedule, meaning } of explore(machine).violations) {
          let state = machine.start;
          for (const each of schedule) {
            const successors = machine.steps
              .filter(({ actor, name, when }) => {
                return actor === each.actor && name === each.step && when(state);
              })
              .map(({ then }) => ({ ...state, ...then(state) }));
            expect(successors).toContainEqual(each.state);
            state = each.state;
          }
          const broken = machine.invariants.find((invariant) => invariant.meaning === meaning);
          expect(broken?.isBroken(state)).toBe(true);
        }
      }),
    );
  });
});
