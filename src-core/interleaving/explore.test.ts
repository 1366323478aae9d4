import { describe, expect, it } from 'vitest';
import { explore } from './explore.ts';
import type { GuardedStep, Machine } from './machine.ts';

/** Two threads add one to a counter: each loads it, then stores what it loaded and one. */
type Counter = {
  readonly counter: '0' | '1' | '2';
  readonly first: 'ready' | 'has 0' | 'has 1' | 'done';
  readonly second: 'ready' | 'has 0' | 'has 1' | 'done';
};

function threadSteps(thread: 'first' | 'second'): GuardedStep<Counter>[] {
  return [
    {
      actor: thread,
      name: 'load',
      when: (state) => state[thread] === 'ready',
      then: ({ counter }) => ({ [thread]: counter === '0' ? 'has 0' : 'has 1' }),
    },
    {
      actor: thread,
      name: 'store',
      when: (state) => state[thread].startsWith('has'),
      then: (state) => ({ counter: state[thread] === 'has 0' ? '1' : '2', [thread]: 'done' }),
    },
  ];
}

const isDone = ({ first, second }: Counter): boolean => first === 'done' && second === 'done';

const counting: Machine<Counter> = {
  actors: ['first', 'second'],
  start: { counter: '0', first: 'ready', second: 'ready' },
  steps: [...threadSteps('first'), ...threadSteps('second')],
  invariants: [
    {
      kind: 'crash',
      meaning: 'both have stored and the counter is 0',
      isBroken: (state) => isDone(state) && state.counter === '0',
    },
    {
      kind: 'lost-data',
      meaning: 'both have stored and the counter is 1',
      isBroken: (state) => isDone(state) && state.counter === '1',
    },
  ],
  isOver: () => false,
  textOf: ({ counter, first, second }) => `${counter}: ${first}, ${second}`,
};

describe('the explorer', () => {
  it('[RACE-1] visits every state once and follows every step from it', () => {
    // Ready-ready; one loaded (2); both loaded 0; one done (2), the other ready or with 0 or 1 (6);
    // both done with 1 or 2.
    expect(explore(counting)).toMatchObject({ states: 12, transitions: 14, depth: 4 });
  });

  it('[RACE-1] tells the shortest schedule, and of equally short ones the first in the table', () => {
    // The second thread could as well load or store before the first.
    expect(explore(counting).violations).toEqual([
      {
        kind: 'lost-data',
        meaning: 'both have stored and the counter is 1',
        states: 1,
        schedule: [
          {
            actor: 'first',
            step: 'load',
            state: { counter: '0', first: 'has 0', second: 'ready' },
          },
          {
            actor: 'second',
            step: 'load',
            state: { counter: '0', first: 'has 0', second: 'has 0' },
          },
          {
            actor: 'first',
            step: 'store',
            state: { counter: '1', first: 'done', second: 'has 0' },
          },
          {
            actor: 'second',
            step: 'store',
            state: { counter: '1', first: 'done', second: 'done' },
          },
        ],
      },
    ]);
  });

  it('[RACE-1] tells what no schedule comes to', () => {
    expect(explore(counting).impossible.map(({ meaning }) => meaning)).toEqual([
      'both have stored and the counter is 0',
    ]);
  });

  it('[RACE-1] a step that changes nothing is a transition and leads to no new state', () => {
    const idle: GuardedStep<Counter> = {
      actor: 'first',
      name: 'wait',
      when: () => true,
      then: () => ({}),
    };
    const waiting = explore({ ...counting, steps: [idle, ...counting.steps] });
    expect(waiting).toMatchObject({ states: 12, transitions: 14 + 12, depth: 4 });
  });

  it('[RACE-1] nothing follows a state in which all is over', () => {
    const isOver = ({ first }: Counter): boolean => first === 'done';
    // Left out: first done and second with 1, and the three steps of the second once first is done.
    expect(explore({ ...counting, isOver })).toMatchObject({ states: 11, transitions: 14 - 3 });
  });

  it('[RACE-1] a start that breaks an invariant needs no step', () => {
    const { invariants } = counting;
    const broken = invariants.map((invariant) => ({ ...invariant, isBroken: () => true }));
    const { violations } = explore({ ...counting, invariants: broken });
    expect(violations.map(({ states, schedule }) => ({ states, schedule }))).toEqual([
      { states: 12, schedule: [] },
      { states: 12, schedule: [] },
    ]);
  });
});
