import { describe, expect, it } from 'vitest';
import { EVERY_RACE } from '../testing/race-setups.ts';
import { exploreRace, replayRace } from './race.ts';

describe('a race as a report', () => {
  it('has its states in words, the start among them', () => {
    const report = exploreRace({
      model: 'gup-dma',
      reference: 'pin',
      rules: 'v7.1',
      fixes: [],
    });
    expect(report).toMatchObject({
      actors: ['application', 'driver', 'kswapd', 'flusher'],
      start: 'unmapped, clean, no buffers',
      violations: [{ kind: 'lost-data', states: 2 }],
      impossible: [{ kind: 'crash' }, { kind: 'lost-data' }],
    });
    expect(report.violations[0]?.schedule).toEqual([
      { actor: 'application', step: 'write fault', state: 'writable, dirty, buffers' },
      { actor: 'application', step: 'pin', state: 'writable, dirty, buffers, pin' },
      { actor: 'driver', step: 'start DMA', state: 'writable, dirty, buffers, pin, DMA running' },
      {
        actor: 'flusher',
        step: 'write back',
        state: 'read-only, clean, buffers, pin, DMA running, writeback',
      },
      {
        actor: 'driver',
        step: 'DMA write',
        state: 'read-only, clean, buffers, pin, DMA running, writeback, newer than disk',
      },
      {
        actor: 'flusher',
        step: 'end writeback',
        state: 'read-only, clean, buffers, pin, DMA running, newer than disk',
      },
    ]);
  });

  it('says of a page that crashed the filesystem or was left behind that it is so', () => {
    const words = EVERY_RACE.flatMap((setup) => exploreRace(setup).violations)
      .flatMap(({ schedule }) => schedule)
      .map(({ state }) => state);
    expect(words).toContain('writable, get of the old page, child has its own');
    expect(words).toContain('unmapped, dirty, no buffers, pin, DMA done, crashed');
  });

  it('[RACE-1] is the same every time, its violations in order of their schedules', () => {
    for (const setup of EVERY_RACE) {
      const report = exploreRace(setup);
      expect(exploreRace(setup)).toEqual(report);
      const lengths = report.violations.map(({ schedule }) => schedule.length);
      expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    }
  });

  it('[RACE-1] every claim of a model either has a schedule or is impossible', () => {
    for (const setup of EVERY_RACE) {
      const { violations, impossible } = exploreRace(setup);
      expect(violations.length + impossible.length).toBe(setup.model === 'gup-dma' ? 3 : 1);
    }
  });

  it('[RACE-1] only actors of the model act, and each step leads on to the next', () => {
    for (const setup of EVERY_RACE) {
      const { actors, violations } = exploreRace(setup);
      for (const { schedule } of violations) {
        const states = schedule.map(({ state }) => state);
        expect(schedule.filter(({ actor }) => !actors.includes(actor))).toEqual([]);
        expect(states.filter((state, index) => state === states[index - 1])).toEqual([]);
      }
    }
  });
});

describe('a schedule under another setup', () => {
  const plain = exploreRace({ model: 'gup-dma', reference: 'get', rules: 'none', fixes: [] });
  const crash = plain.violations.find(({ kind }) => kind === 'crash')?.schedule ?? [];
  const pins = { model: 'gup-dma', reference: 'pin', rules: 'none', fixes: [] } as const;

  it('[RACE-15] is the same under its own, to the last state', () => {
    for (const setup of EVERY_RACE) {
      for (const { schedule } of exploreRace(setup).violations) {
        expect(replayRace(setup, schedule)).toEqual({ steps: schedule, stoppedBy: null });
      }
    }
  });

  it('[RACE-15] stops where reclaim keeps a page that may be pinned', () => {
    expect(replayRace({ ...pins, rules: 'v7.1' }, crash)).toMatchObject({
      steps: [{}, { step: 'pin' }, {}, { step: 'unmap' }],
      stoppedBy: { actor: 'kswapd', step: 'page out' },
    });
  });

  it('[RACE-15] stops where a pinned page is not unmapped, or keeps its buffers', () => {
    const stopOf = (fix: 'hold-off-unmap' | 'bounce-writeback') =>
      replayRace({ ...pins, fixes: [fix] }, crash).stoppedBy;
    expect(stopOf('hold-off-unmap')).toEqual({ actor: 'kswapd', step: 'unmap' });
    expect(stopOf('bounce-writeback')).toEqual({ actor: 'kswapd', step: 'strip buffers' });
  });

  it('[RACE-15] ends with the crash, whatever should follow', () => {
    const longer = [...crash, { actor: 'driver', step: 'release' }];
    expect(replayRace(plain.setup, longer)).toEqual({
      steps: crash,
      stoppedBy: { actor: 'driver', step: 'release' },
    });
  });

  it('[RACE-15] stops at a step that the model does not have', () => {
    expect(replayRace(plain.setup, [{ actor: 'child', step: 'exit' }])).toEqual({
      steps: [],
      stoppedBy: { actor: 'child', step: 'exit' },
    });
  });
});
