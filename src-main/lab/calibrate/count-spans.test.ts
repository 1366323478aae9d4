import { describe, expect, it } from 'vitest';
import { PART_NAMES, SpanCounter } from './count-spans.ts';
import type { PartName } from './count-spans.ts';
import type { SpanQuestion } from './span-definitions.ts';

const QUESTION: SpanQuestion = {
  table: 'pin-register',
  layout: 'base4k',
  mode: 'hot',
  bytes: 131_072,
  offsetBytes: 0,
  metric: 'pin_span',
  device: null,
  op: null,
};
const WRITE: SpanQuestion = {
  ...QUESTION,
  table: 'direct-io',
  metric: 'get_pages_span',
  device: 'zram',
  op: 'write',
};

function partsOf(
  differences: Partial<SpanQuestion>,
  from = QUESTION,
): Partial<Record<PartName, number>> {
  const counted = new SpanCounter().countRow({ ...from, ...differences });
  if (!counted.ok) throw new Error(counted.message);
  const { parts } = counted.value;
  return Object.fromEntries(
    PART_NAMES.flatMap((name, at) => ((parts[at] ?? 0) > 0 ? [[name, parts[at]]] : [])),
  );
}

function reasonOf(differences: Partial<SpanQuestion>, from = QUESTION): string {
  const counted = new SpanCounter().countRow({ ...from, ...differences });
  return counted.ok ? '' : counted.message;
}

describe('what a span holds', () => {
  it('pin_span is the walk of a long-term pin and the check of io_uring, and no release', () => {
    expect(partsOf({})).toMatchObject({
      pte_read: 32,
      grab_call: 32,
      'lock_op.reference': 64,
      'lock_op.mark': 32,
      ptr_store: 32,
    });
    expect(partsOf({})).not.toHaveProperty('unpin_call');
    // The folio is compared page by page; what coalescing drops comes after the span.
    expect(partsOf({ layout: 'mthp128k' })).toMatchObject({ contig_cmp: 31 });
    expect(partsOf({ layout: 'mthp128k' })).not.toHaveProperty('unpin_call');
  });

  it('get_pages_span has the bio in it, and the system call where nothing is allocated', () => {
    expect(partsOf({}, WRITE)).toMatchObject({ merge_test: 31, bio_start: 1 });
    expect(partsOf({}, WRITE)).not.toHaveProperty('sys_enter');
    expect(partsOf({ bytes: 16_384 }, WRITE)).toMatchObject({ sys_enter: 1, bio_start: 1 });
    expect(partsOf({ device: 'loop' }, WRITE)).toMatchObject({ worker: 1 });
  });

  it('release_span has the end of the bio and the releases, dirty pages after a read', () => {
    const release = { metric: 'release_span', layout: 'mthp16k' };

    expect(partsOf(release, WRITE)).toMatchObject({ bio_end: 1, unpin_call: 8 });
    expect(partsOf(release, WRITE)).not.toHaveProperty('dirty_folio');
    expect(partsOf({ ...release, op: 'read' }, WRITE)).toMatchObject({ dirty_folio: 8 });
    expect(partsOf({ ...release, bytes: 4096 }, WRITE)).toMatchObject({ sys_exit: 1 });
  });

  it('[COLD-3] a walk finds its struct pages cold, in the mean over the slots of a folio', () => {
    const oneInFour = partsOf({ layout: 'mthp16k', mode: 'walk', bytes: 4096 });

    // One slot in four begins at the head of the folio.
    expect(oneInFour).toMatchObject({
      cold_start: 1,
      cold_first_line: 1,
      cold_jump: 1,
      cold_head: 0.75,
    });
    expect(partsOf({ layout: 'thp2m_pte', mode: 'walk', bytes: 4096 })).not.toHaveProperty(
      'cold_head',
    );
  });

  it('[COLD-1] a device that copies as much as the cache holds leaves the rest cold', () => {
    expect(partsOf({ bytes: 1_048_576 }, WRITE)).toMatchObject({ cold_start: 1, cold_bio: 1 });
    expect(partsOf({ bytes: 1_048_576 }, WRITE)).not.toHaveProperty('cold_line');
    expect(partsOf({ bytes: 524_288 }, WRITE)).not.toHaveProperty('cold_start');
  });

  it('holds for every size of mTHP, measured or not', () => {
    for (const size of ['16k', '32k', '64k', '128k', '256k', '512k', '1m']) {
      expect(partsOf({ layout: `mthp${size}` })).toMatchObject({ pte_read: 32 });
    }
  });
});

describe('a span that is not modelled', () => {
  it.each([
    [{ layout: 'mthp24k' }, 'layout mthp24k is not known; known are base4k'],
    [{ layout: 'mthp2m' }, 'layout mthp2m is not known'],
    [{ metric: 'register' }, 'a whole system call also holds'],
    [{ metric: 'probe_cost' }, 'the cost of a probe is measured'],
    [{ metric: 'nonsense' }, 'metric nonsense is not known; modelled are pin_span'],
    [{ mode: null }, 'mode is missing'],
    [{ bytes: 0 }, 'bytes is 0'],
    [{ bytes: 2 ** 40 }, 'is longer than 4 GiB'],
  ] as const)('%j says why', (differences, reason) => {
    expect(reasonOf(differences)).toContain(reason);
  });

  it.each([
    [{ device: 'nvme' }, 'device nvme is not known; known are zram, loop'],
    [{ op: 'trim' }, 'op trim is neither read nor write'],
  ] as const)('%j of direct I/O says why', (differences, reason) => {
    expect(reasonOf(differences, WRITE)).toContain(reason);
  });
});
