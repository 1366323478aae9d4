import { expect, it } from 'vitest';
import { compareCommandWords } from './command-words.ts';
import { DEFAULT_METRIC_NAMES } from './metrics.ts';

it('names the figures on screen only where they are not those of the command', () => {
  expect([
    compareCommandWords(['a'], 'today', DEFAULT_METRIC_NAMES.toReversed()),
    compareCommandWords(['a', 'b'], 'b', ['total.p99', 'iops']),
  ]).toEqual([
    ['compare', 'a', '--baseline', 'today'],
    ['compare', 'a', 'b', '--baseline', 'b', '--metric', 'total.p99', '--metric', 'iops'],
  ]);
});
