import { describe, expect, it } from 'vitest';
import {
  bytesText,
  countText,
  decimals,
  nanosecondsText,
  percentText,
  spanText,
} from './figures.ts';
import { progressText } from './progress-line.ts';
import { textTable, wrapWords } from './text-table.ts';

describe('figures in reports', () => {
  it('sizes are in the largest unit that keeps them at least 1', () => {
    expect([0, 512, 1024, 131_072, 1_572_864, 2 ** 40].map(bytesText)).toEqual([
      ...['0 B', '512 B', '1 KiB', '128 KiB', '1.5 MiB', '1 TiB'],
    ]);
  });

  it('counts, means and times have the digits that say something', () => {
    expect([0, 999, 12_345_678].map(countText)).toEqual(['0', '999', '12 345 678']);
    expect([0, 0.001, 0.333, 4.5, 128].map(decimals)).toEqual(['0', '<0.01', '0.33', '4.5', '128']);
    expect([0, 9.96, 84.2, 28_382.4].map(nanosecondsText)).toEqual(['0', '10', '84', '28382']);
    expect([-86.8, 3.21, -0.04, 250].map(percentText)).toEqual([
      '-87 %',
      '+3.2 %',
      '0 %',
      '+250 %',
    ]);
    expect([40, 12_400, 200_000, 3_900_000].map(spanText)).toEqual([
      ...['40 ms', '12 s', '3 min 20 s', '1 h 5 min'],
    ]);
  });

  it('progress says what is known', () => {
    const trials = { trialsDone: 3, trialsPlanned: 1210 };
    expect(progressText({ ...trials, iosPerSecond: null, secondsLeft: null })).toBe(
      '3 of 1 210 trials',
    );
    expect(progressText({ ...trials, iosPerSecond: 8_240_000, secondsLeft: 75 })).toBe(
      '3 of 1 210 trials, 8.2 million simulated I/Os a second, 1 min 15 s left',
    );
  });
});

describe('tables', () => {
  it('columns are as wide as their widest cell; figures stand right, words left', () => {
    const rows = [
      { name: 'today', locks: 160 },
      { name: 'folio-vec', locks: 5 },
    ];
    const table = textTable(rows, [
      { title: 'strategy', align: 'left', text: ({ name }) => name },
      { title: 'lock_op', align: 'right', text: ({ locks }) => String(locks) },
    ]);
    expect(table.split('\n')).toEqual([
      'strategy   lock_op',
      '─────────  ───────',
      'today          160',
      'folio-vec        5',
    ]);
  });

  it('long lines are broken between words and keep their indentation', () => {
    expect(wrapWords('  one two three four', 11, '    ')).toBe('  one two\n    three\n    four');
    expect(wrapWords('unbreakable', 4, '  ')).toBe('unbreakable');
  });
});
