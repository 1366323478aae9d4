import { describe, expect, it } from 'vitest';
import { ConditionCounter } from './count-conditions.ts';
import { PART_NAMES } from './count-spans.ts';
import type { PartName } from './count-spans.ts';
import { contentionRow } from './testing/contention-row.ts';

const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

/** Counts of the named parts, 64 KiB unless it is said. */
function counts(
  [test, variant, metric, layout]: readonly [string, string, string, string],
  names: readonly PartName[],
  bytes = 64 * KIBIBYTE,
): Partial<Record<PartName, number>> {
  const counted = new ConditionCounter().countRow(
    contentionRow(test, variant, metric, layout, bytes),
  );
  if (!counted.ok) throw new Error(counted.message);
  const { parts } = counted.value;
  return Object.fromEntries(names.map((name) => [name, parts[PART_NAMES.indexOf(name)] ?? NaN]));
}

function reason([test, variant, metric, layout]: readonly [
  string,
  string,
  string,
  string,
]): string {
  const counted = new ConditionCounter().countRow(
    contentionRow(test, variant, metric, layout, 4096),
  );
  return counted.ok ? '' : counted.message;
}

describe('memory that was not there', () => {
  const FAULTS = ['fault', 'fault_folio', 'fault_large', 'fault_page', 'mapped_call'] as const;

  it.each([
    ['base4k', [16, 16, 0, 16]],
    ['mthp16k', [4, 4, 4, 16]],
    ['mthp1m', [1, 1, 1, 256]],
    ['thp2m', [1, 1, 1, 512]],
  ] as const)('[FAULT-9] 64 KiB of %s are faulted in by folio', (layout, found) => {
    for (const metric of ['pin_register', 'populate_write', 'user_touch'] as const) {
      const counted = counts(['first_touch', 'unfaulted', metric, layout], FAULTS);
      const mapped = metric === 'user_touch' ? 0 : 1;

      expect(Object.values(counted).slice(0, 4)).toEqual(found);
      expect([metric, metric === 'user_touch' ? 0 : counted.mapped_call]).toEqual([metric, mapped]);
    }
  });

  it('[SLOW-2] [SLOW-1] is walked under the lock without references where nothing is pinned', () => {
    const names = [
      'mmap_rlock',
      'ptl_lock',
      'slow_grab_call',
      'grab_call',
      'populate_call',
    ] as const;

    expect(counts(['first_touch', 'prefaulted', 'populate_write', 'base4k'], names)).toEqual({
      ...{ mmap_rlock: 1, ptl_lock: 16, slow_grab_call: 0, grab_call: 0, populate_call: 1 },
    });
    expect(counts(['first_touch', 'prefaulted', 'populate_write', 'thp2m'], names)).toMatchObject({
      ptl_lock: 1,
    });
  });

  it('costs a store its exceptions, and nothing of the walk under the lock', () => {
    const names = ['fault', 'user_fault', 'user_store', 'ptl_lock', 'mmap_rlock'] as const;

    expect(counts(['first_touch', 'unfaulted', 'user_touch', 'mthp16k'], names)).toEqual({
      ...{ fault: 4, user_fault: 4, user_store: 16, ptl_lock: 0, mmap_rlock: 0 },
    });
  });
});

describe('memory after a fork', () => {
  const NAMES = ['fault', 'fault_copy', 'fault_split', 'register_vector', 'forked_call'] as const;

  it('[FAULT-4] is copied page by page while the child lives, a PMD entry split first', () => {
    const base = counts(['after_fork', 'child_alive', 'pin_register', 'base4k'], NAMES);
    const huge = counts(['after_fork', 'child_alive', 'pin_register', 'thp2m'], NAMES);

    expect(base).toEqual({
      ...{ fault: 16, fault_copy: 16, fault_split: 0, register_vector: 16, forked_call: 1 },
    });
    expect(huge).toEqual({ ...base, fault_split: 1 });
  });

  it('[FAULT-3] is used again once the child is gone: pages and PMD entries as they are', () => {
    const base = counts(['after_fork', 'child_gone', 'pin_register', 'base4k'], NAMES);
    const huge = counts(['after_fork', 'child_gone', 'pin_register', 'thp2m'], NAMES);

    expect(base).toMatchObject({ fault: 16, fault_copy: 0, register_vector: 16 });
    expect(huge).toMatchObject({ fault: 1, fault_copy: 0, fault_split: 0, register_vector: 1 });
  });

  // As measured: 64 KiB on folios of 16 KiB have a mean folio of 1.75 pages afterwards, 3 copies for each 4.
  it.each([
    ['mthp16k', 12],
    ['mthp64k', 15],
    ['mthp1m', 15],
  ] as const)('[FAULT-3] of each folio of %s on PTEs the first page only is', (layout, copies) => {
    const found = counts(['after_fork', 'child_gone', 'pin_register', layout], NAMES);

    expect(found).toMatchObject({ fault: 16, fault_copy: copies, register_vector: 16 });
  });

  it('[FAULT-8] is as the first call left it when the same call comes again', () => {
    const names = ['fault', 'mmap_rlock', 'grab_call', 'register_vector'] as const;
    const terms = ['forked_again', 'forked_call'] as const;
    const row = ['after_fork', 'child_alive', 'pin_register_again', 'thp2m'] as const;
    const again = counts(row, [...names, ...terms]);

    expect(again).toEqual({
      ...{ fault: 0, mmap_rlock: 0, grab_call: 16, register_vector: 16 },
      ...{ forked_again: 1, forked_call: 0 },
    });
  });

  it('[STOP-2] is unshared by a pin that only reads, through a whole direct write', () => {
    const names = ['fault_copy', 'bio_start', 'unpin_call', 'direct_call', 'direct_page'] as const;
    const row = ['after_fork', 'child_alive_readpin', 'direct_write_syscall', 'base4k'] as const;

    expect(counts(row, names)).toMatchObject({
      ...{ fault_copy: 16, bio_start: 1, direct_call: 1, direct_page: 16 },
    });
  });
});

describe('a registration', () => {
  const NAMES = ['register_call', 'register_vector', 'register_pair'] as const;

  it.each([
    ['base4k', MEBIBYTE, 256, 0],
    ['mthp16k', MEBIBYTE, 64, (64 * 63) / 2],
    ['thp2m', MEBIBYTE, 1, 0],
    ['thp2m', 16 * MEBIBYTE, 8, (8 * 7) / 2],
  ] as const)(
    'of %s, %i bytes, looks at all folios before each',
    (layout, bytes, vectors, pairs) => {
      expect(counts(['beside', 'alone', 'pin_register', layout], NAMES, bytes)).toEqual({
        ...{ register_call: 1, register_vector: vectors, register_pair: pairs },
      });
    },
  );

  it('looks at all pages before each large folio where copies lie between them', () => {
    const row = ['after_fork', 'child_gone', 'pin_register_again', 'mthp16k'] as const;

    // Pages 0, 4, 8 and 12 of 16 are what is left of the four folios.
    expect(counts(row, NAMES)).toMatchObject({
      register_vector: 16,
      register_pair: 0 + 4 + 8 + 12,
    });
  });
});

describe('what passes between processors', () => {
  it('[CONT-12] is fitted on what is named, and on nothing else of two threads', () => {
    const names = ['unmap_alone', 'interrupt', 'line_transfer', 'register_call'] as const;
    const munmap = counts(['beside', 'mmap_munmap', 'other_operation', 'thp2m'], names);
    const row = ['beside', 'pinner_same_buffer', 'pin_register', 'thp2m_pte'] as const;

    expect(munmap).toEqual({ unmap_alone: 1, interrupt: 1, line_transfer: 0, register_call: 0 });
    expect(counts(row, names, MEBIBYTE)).toMatchObject({ line_transfer: 768, register_call: 1 });
    expect(reason(['beside', 'mmap_munmap', 'other_operation', 'base4k'])).not.toBe('');
    expect(reason(['beside', 'pinner_same_buffer', 'pin_register', 'thp2m_pte'])).not.toBe('');
    expect(reason(['beside', 'page_faults', 'pin_register', 'base4k'])).toContain(
      'is no call of one thread that is modelled',
    );
  });
});

describe('a row that is not known', () => {
  it.each([
    [['first_touch', 'elsewhere', 'pin_register', 'base4k'], /variant elsewhere/],
    [['first_touch', 'unfaulted', 'no_metric', 'base4k'], /metric no_metric/],
    [['no_test', 'unfaulted', 'pin_register', 'base4k'], /test no_test/],
    [['first_touch', 'unfaulted', 'pin_register', 'mthp3k'], /layout mthp3k is not known/],
  ] as const)('%j is told with its reason', (row, message) => {
    expect(reason(row)).toMatch(message);
  });

  it('of no bytes has no buffer', () => {
    const row = contentionRow('first_touch', 'unfaulted', 'pin_register', 'base4k', 0);
    const counted = new ConditionCounter().countRow(row);

    expect(counted).toEqual({ ok: false, message: 'bytes is 0; a buffer has at least 1' });
  });
});
