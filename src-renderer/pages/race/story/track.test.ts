import { describe, expect, it } from 'vitest';
import { EVERY_STORY } from '../testing/every-setting.ts';
import { isHarm } from './page-facts.ts';
import { shownCells, shownHeadings } from './shown-cells.ts';
import { chosenOutcome, outcomesOf, raceStory } from './track.ts';
import type { TrackRow } from './track.ts';

const crash = () => {
  const found = chosenOutcome(outcomesOf('gup-dma'), 'crash');
  if (found === undefined) throw new Error('the model has no crash');
  return found;
};

/** A row as a line: what is done, then what has changed. */
const lineOf = ({ step, wasTaken, cells }: TrackRow): string => {
  const done = step === null ? 'start' : `${step.actor}: ${step.step}`;
  const changed = cells.filter(({ wasChanged }) => wasChanged).map(({ words }) => words || '–');
  return `${done}${wasTaken ? '' : ' (refused)'} → ${changed.join(', ')}`;
};

describe('the walk through a schedule', () => {
  it('comes to the crash of 2018 with plain references', () => {
    const { track, verdict } = raceStory(
      { model: 'gup-dma', reference: 'get', rules: 'v7.1', fixes: [] },
      crash(),
    );
    expect(verdict).toEqual({ kind: 'reached', steps: 9, states: 4 });
    expect(track.end).toBe('reached');
    expect(track.rows.map(lineOf)).toEqual([
      'start → ',
      'application: write fault → writable, dirty, buffers',
      'application: get → get',
      'driver: start DMA → DMA running',
      'kswapd: unmap → unmapped',
      'kswapd: page out → clean, writeback',
      'kswapd: end page-out → –',
      'kswapd: strip buffers → no buffers',
      'driver: set dirty → dirty, DMA done',
      'flusher: write back → no buffers, crashed',
    ]);
  });

  it('stops where the rules of v7.1 have reclaim keep a pinned page', () => {
    const { track, verdict } = raceStory(
      { model: 'gup-dma', reference: 'pin', rules: 'v7.1', fixes: [] },
      crash(),
    );
    expect(verdict).toEqual({ kind: 'never' });
    expect(track.end).toBe('stopped');
    expect(track.rows.slice(4).map(lineOf)).toEqual([
      'kswapd: unmap → unmapped',
      'kswapd: page out (refused) → ',
    ]);
  });

  it('goes through unharmed where writeback bounces', () => {
    const [byWriteback] = outcomesOf('gup-dma');
    if (byWriteback === undefined) throw new Error('the model comes to nothing');
    const { track } = raceStory(
      { model: 'gup-dma', reference: 'pin', rules: 'none', fixes: ['bounce-writeback'] },
      byWriteback,
    );
    expect(track.end).toBe('unharmed');
    expect(track.rows.at(-1)?.cells.map(({ words }) => words)).toContain('dirty');
  });

  it('ends as its verdict says, under every setting', () => {
    for (const { outcome, story } of EVERY_STORY) {
      const { verdict, track, report } = story;
      const isThere = report.violations.some(({ meaning }) => meaning === outcome.meaning);
      expect(verdict.kind).toBe(isThere ? 'reached' : 'never');
      expect(track.end === 'reached').toBe(isThere);
      expect(track.rows.filter(({ wasTaken }) => !wasTaken)).toHaveLength(
        track.end === 'stopped' ? 1 : 0,
      );
      if (verdict.kind === 'reached') expect(track.rows).toHaveLength(verdict.steps + 1);
    }
  });

  it('has every word of the core under one heading, and marks each change', () => {
    for (const { story } of EVERY_STORY) {
      const states = [
        story.report.start,
        ...story.track.rows.flatMap(({ step }) => step?.state ?? []),
      ];
      story.track.rows.forEach(({ cells }, index) => {
        const said = cells.flatMap(({ words }) => (words === '' ? [] : words.split(', ')));
        expect(said.sort()).toEqual(states[index]?.split(', ').sort());
        const before = story.track.rows[index - 1]?.cells;
        expect(cells.map(({ wasChanged }) => wasChanged)).toEqual(
          cells.map(({ words }, column) => before !== undefined && words !== before[column]?.words),
        );
      });
    }
  });
});

describe('what is shown of the page', () => {
  const { track } = raceStory(
    { model: 'gup-dma', reference: 'get', rules: 'none', fixes: [] },
    crash(),
  );

  it('has no heading under which nothing is ever said', () => {
    expect(shownHeadings(track)).toEqual([
      'Page table',
      'Page',
      'Filesystem',
      'Held by',
      'Device',
      'Disk',
    ]);
  });

  it('still says of what has just gone that it is gone', () => {
    const after = (index: number) => {
      const row = track.rows[index];
      return row === undefined ? [] : shownCells(row).map(({ about }) => about);
    };
    expect(after(5)).toContain('Disk');
    expect(after(6)).toContain('Disk');
    expect(after(7)).not.toContain('Disk');
  });

  it('knows harm by its words', () => {
    expect(['crashed', 'DMA data lost'].every(isHarm)).toBe(true);
    expect(isHarm('dirty')).toBe(false);
  });
});

describe('the outcomes of a model', () => {
  it('have ids of their own, nearest first', () => {
    expect(outcomesOf('gup-dma').map(({ id }) => id)).toEqual([
      'lost-data',
      'lost-data-2',
      'crash',
    ]);
    expect(outcomesOf('fork-cow').map(({ id }) => id)).toEqual(['lost-data']);
  });

  it('begin with the crash, or with the only one there is, for an id that is not known', () => {
    expect(chosenOutcome(outcomesOf('gup-dma'), null)?.id).toBe('crash');
    expect(chosenOutcome(outcomesOf('fork-cow'), 'crash')?.id).toBe('lost-data');
    expect(chosenOutcome([], null)).toBeUndefined();
  });
});
