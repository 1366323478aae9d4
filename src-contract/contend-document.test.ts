import { describe, expect, it } from 'vitest';
import { DB2_2008_FIT, db2Setup, simulateContention } from '#core';
import type { ContentionSetup } from '#core';
import { contendDocument } from './contend-document.ts';
import type { ContendDocument } from './contend-document.ts';

function documentOf(contention: ContentionSetup): ContendDocument {
  return contendDocument({
    what: 'db2-2008',
    parameters: { threads: 8 },
    changed: [],
    fitted: ['workNs'],
    figures: [
      { name: 'slowCalls', meaning: 'fast_gup_slow', unit: 'calls', value: 0, published: 0 },
    ],
    simulated: [{ setup: 'fast', result: simulateContention(contention) }],
  });
}

describe('a contention as JSON', () => {
  const contention = db2Setup('fast', DB2_2008_FIT, 1, 5_000_000);

  it('survives being written, and shares add up', () => {
    const document = documentOf(contention);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
    const [group] = document.groups;
    expect(group).toMatchObject({ setup: 'fast', name: 'DB2', threads: 8 });
    const { running = 0, lockWait = 0, idle = 0 } = group?.shares ?? {};
    expect(running + lockWait + idle).toBeCloseTo(1, 9);
    expect(document.samples.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(document.counters.map(({ counter }) => counter)).toEqual(['fast_gup', 'fast_gup_slow']);
  });

  it('has no latency where no operation ended, and still every key', () => {
    const groups = contention.groups.map((group) => ({
      ...group,
      operation: [
        {
          kind: 'work' as const,
          function: 'a long one',
          meanNs: 1_000_000_000,
          spread: 'constant' as const,
        },
      ],
    }));
    const [group] = documentOf({ ...contention, groups }).groups;
    expect(group).toMatchObject({ operations: 0, operationsPerSecond: 0, latencyNs: null });
  });
});
