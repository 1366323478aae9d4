import { describe, expect, it } from 'vitest';
import { buildLayoutFromSpec } from '../layout/layout-spec.ts';
import type { Layout } from '../layout/layout.ts';
import { unitCosts } from '../testing/cost-models.ts';
import { finished, trialOn } from '../testing/trials.ts';
import { cacheStateOf, workingSetBytes } from './cache-state.ts';

function uniform(bytes: number, order: number, leaf: 'pte' | 'pmd' | 'pud' = 'pte'): Layout {
  const spec = { kind: 'uniform', bytes, order, frames: 'contiguous', leaf } as const;
  const built = buildLayoutFromSpec({ ...spec, misalignmentPages: 0, flags: [] }, 1);
  if (!built.ok) throw new Error(built.problem.message);
  return built.layout;
}

describe('what a workload finds in the cache', () => {
  it('[COLD-4] depends on 64 bytes a page and 8 a leaf entry', () => {
    expect(workingSetBytes(uniform(2 ** 28, 0))).toBe(65_536 * 64 + 65_536 * 8);
    expect(workingSetBytes(uniform(2 ** 28, 9, 'pmd'))).toBe(65_536 * 64 + 128 * 8);
    expect(workingSetBytes(uniform(2 ** 30, 18, 'pud'))).toBe(262_144 * 64 + 8);
  });

  it('[COLD-4] is cold where that is more than the cache of a processor', () => {
    const layout = uniform(2 ** 20, 0);
    const bytes = 256 * 72;

    expect(cacheStateOf(layout, { ...unitCosts, cacheBytes: bytes }, 'random')).toBe('hot');
    expect(cacheStateOf(layout, { ...unitCosts, cacheBytes: bytes - 1 }, 'random')).toBe('cold');
    expect(cacheStateOf(layout, { ...unitCosts, cacheBytes: bytes - 1 }, 'sequential')).toBe(
      'evicted',
    );
    expect(cacheStateOf(layout, { ...unitCosts, cacheBytes: null }, 'random')).toBe('hot');
  });

  it('[COLD-4] makes I/Os over more memory than fits dearer', () => {
    const meanOf = (cacheBytes: number | null): number =>
      finished(trialOn(uniform(2 ** 20, 0), { costModel: { ...unitCosts, cacheBytes } }))
        .cpuNsPerIo;

    expect(meanOf(2 ** 30)).toBe(meanOf(null));
    expect(meanOf(1)).toBeGreaterThan(meanOf(null));
  });
});
