import { describe, expect, it } from 'vitest';
import { OVERHEADS } from './events.ts';
import type { OverheadName } from './events.ts';
import type { CacheState } from './request.ts';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { explainOn } from '../testing/explained.ts';

type Drawn = Parameters<typeof layoutFromText>;
const merging = { id: 'folio-add', parameters: { kernel: 'v6.12' } };

/** What cold memory costs, by name; what occurs never is left out. */
function coldOf(
  layout: Drawn,
  caches: CacheState,
  strategy: Parameters<typeof explainOn>[1] = merging,
  differences: Parameters<typeof explainOn>[2] = {},
): Partial<Record<OverheadName, number>> {
  const { overheads } = explainOn(layoutFromText(...layout), strategy, { ...differences, caches });
  return Object.fromEntries(
    OVERHEADS.filter((name) => name.startsWith('cold') && overheads[name] > 0).map((name) => [
      name,
      overheads[name],
    ]),
  );
}

describe('memory that is not in the cache', () => {
  it('[COLD-1] costs nothing where everything is in it', () => {
    expect(coldOf(['A0-31', { A: 5 }], 'hot')).toEqual({});
  });

  it('[COLD-2] costs the code of pinning, and that of a bio where there is one', () => {
    expect(coldOf(['A0-31', { A: 5 }], 'evicted')).toEqual({
      cold_start: 1,
      cold_bio: 1,
      cold_end: 1,
    });
    expect(coldOf(['A0-31', { A: 5 }], 'evicted', 'today', { api: 'gup-test' })).toEqual({
      cold_start: 1,
    });
  });

  it('[COLD-3] costs a line for each struct page, of which 16 are waited for', () => {
    // One folio: 32 lines in one stretch, and one call that drops the pins.
    expect(coldOf(['A0-31', { A: 5 }], 'cold')).toMatchObject({
      cold_first_line: 16,
      cold_line: 16,
      cold_jump: 1,
      cold_release_line: 1,
    });
    // 32 small folios side by side: one stretch, and 32 calls.
    expect(coldOf(['A0-31'], 'cold')).toMatchObject({ cold_jump: 1, cold_release_line: 32 });
    expect(coldOf(['A0 B0 C0 D0'], 'cold')).toMatchObject({ cold_first_line: 4, cold_jump: 4 });
  });

  it('[COLD-3] costs another line where a stretch begins inside a folio below 2 MiB', () => {
    expect(coldOf(['A4-7', { A: 4 }], 'cold')).toMatchObject({ cold_head: 1 });
    expect(coldOf(['A0-3', { A: 4 }], 'cold')).not.toHaveProperty('cold_head');
    expect(coldOf(['A4-7', { A: 9 }], 'cold')).not.toHaveProperty('cold_head');
    // A copied page in the middle: the folio is entered a second time.
    expect(coldOf(['A0-2 B0 A4-7', { A: 3 }], 'cold')).toMatchObject({
      cold_jump: 3,
      cold_head: 1,
    });
  });

  it('[COLD-3] looks at few struct pages where the walk asks for whole runs', () => {
    const batched = { id: 'folio-vec', parameters: { visit: 'batched' } };

    // Two look-ups in the walk, of 32 pages; one call releases them.
    expect(coldOf(['A0-31', { A: 5 }], 'cold', batched)).toMatchObject({
      cold_first_line: 2,
      cold_release_line: 1,
    });
  });
});
