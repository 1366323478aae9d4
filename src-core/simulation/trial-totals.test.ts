import { describe, expect, it } from 'vitest';
import { ALLOCATION_SOURCES } from '../counting/allocations.ts';
import { eventTotal } from '../counting/events.ts';
import type { Layout } from '../layout/layout.ts';
import { layoutFromText } from '../testing/drawn-layout.ts';
import { deviceWith, finished, trialOn } from '../testing/trials.ts';
import type { TrialDifferences } from '../testing/trials.ts';
import { IoCosts } from './io-costs.ts';
import { findOffsets } from './offset-space.ts';
import { sumTrial } from './trial-totals.ts';
import type { Concurrency, TrialTotals } from './trial-totals.ts';

/** Two blocks of eight pages: one folio, then eight runs of which the last two are neighbours. */
const layout = layoutFromText('A0-7 B0 C0 D0 E0 F0 G0 H0-1', { A: 3 });
const eightPages = { blockBytes: 8 * 4096, access: 'sequential' } as const;
const ALONE: Concurrency = { submitting: 1, heldPeak: null };

/** Adds up slots that were hit so often, in the order of the offsets. */
function sumOf(
  memory: Layout,
  differences: TrialDifferences,
  hits: readonly number[],
  concurrency = ALONE,
): TrialTotals {
  const trial = trialOn(memory, differences);
  const costs = new IoCosts(trial, findOffsets(memory, trial.workload));
  for (const [index, times] of hits.entries()) costs.hits[costs.slotOf(index)] = times;
  return sumTrial(costs, concurrency);
}

describe('sumTrial', () => {
  it('[SIM-4] weighs each distinct I/O by how often it was measured', () => {
    const { ledger, figures } = sumOf(
      layout,
      { workload: eightPages, strategy: 'folio-batch' },
      [3, 1],
    );

    // The first block is one run, the second has eight.
    expect(eventTotal(ledger, 'vec_store')).toBe(3 * 1 + 8);
    expect(figures).toEqual({
      pagesPerIo: 8,
      gupCallsPerIo: 1,
      slowCallsPerIo: 0,
      extractsPerIo: 1,
      biosPerIo: 1,
      biosStartedPerIo: 1,
      folioRunsPerIo: (3 + 8) / 4,
      // H0 and H1 are side by side.
      physicalRunsPerIo: (3 + 7) / 4,
      irqOffPagesMost: 8,
      stackBytesMost: 8 + 24 * 31,
      heapBytesPerIo: 0,
      heapRequestedPerIo: 0,
      bioBytesPerIo: 256,
    });
  });

  it('[SIM-4] averages what differs between I/Os and keeps the most of what is a most', () => {
    // Batches of three: one call, or three; 8 pages at once, or 3.
    const batches = sumOf(
      layout,
      { workload: eightPages, strategy: { id: 'folio-batch', parameters: { entries: 3 } } },
      [3, 1],
    );
    // A threshold of 4 runs: the second block moves 8 - 4 + 4 ranges to the heap: 192 bytes.
    const threshold = sumOf(
      layout,
      {
        workload: eightPages,
        strategy: { id: 'folio-threshold', parameters: { threshold: 4, unit: 'runs' } },
      },
      [3, 1],
    );

    expect(batches.figures).toMatchObject({ gupCallsPerIo: (3 + 3) / 4, irqOffPagesMost: 8 });
    expect(threshold.figures).toMatchObject({
      gupCallsPerIo: (3 + 2) / 4,
      stackBytesMost: 96,
      heapRequestedPerIo: 192 / 4,
      heapBytesPerIo: 192 / 4,
    });
  });

  it('[SIM-4] leaves out I/Os that only warmed up', () => {
    const { ledger, figures } = sumOf(layout, { workload: eightPages }, [2, 0]);

    expect(eventTotal(ledger, 'bvec_new')).toBe(2);
    expect(figures.folioRunsPerIo).toBe(1);
    // Batches of three take the first block in one call of 8 pages, the second in calls of 3.
    const batches = { id: 'folio-batch', parameters: { entries: 3 } };
    const second = sumOf(layout, { workload: eightPages, strategy: batches }, [0, 1]);
    expect(second.figures.irqOffPagesMost).toBe(3);
  });

  it('[SIM-8] lists the memory that was allocated, by source', () => {
    // 24 · 8 = 192 bytes for the array, and a bio of 16 vectors.
    const { allocations } = sumOf(layout, { workload: eightPages, strategy: 'folio-vec' }, [3, 1]);

    expect(allocations).toEqual([
      { source: 'result/kmalloc-192', count: 4, bytes: 4 * 192, peakBytes: 192 },
      { source: 'bio/biovec-16', count: 4, bytes: 4 * 256, peakBytes: 256 },
    ]);
  });

  it('[SIM-8] multiplies the most of an I/O by the threads that submit together', () => {
    const { allocations } = sumOf(layout, { workload: eightPages, strategy: 'folio-vec' }, [3, 1], {
      submitting: 5,
      heldPeak: null,
    });

    expect(allocations.map(({ source, peakBytes }) => [source, peakBytes])).toEqual([
      ['result/kmalloc-192', 5 * 192],
      ['bio/biovec-16', 5 * 256],
    ]);
  });

  it('[SIM-8] takes the memory of bios from the queue where there is one', () => {
    const heldPeak = new Float64Array(ALLOCATION_SOURCES.length);
    heldPeak[ALLOCATION_SOURCES.indexOf('bio/biovec-16')] = 7777;
    heldPeak[ALLOCATION_SOURCES.indexOf('result/kmalloc-192')] = 8888;
    const { allocations } = sumOf(layout, { workload: eightPages, strategy: 'folio-vec' }, [3, 1], {
      submitting: 2,
      heldPeak,
    });

    expect(allocations.map(({ source, peakBytes }) => [source, peakBytes])).toEqual([
      ['result/kmalloc-192', 2 * 192],
      ['bio/biovec-16', 7777],
    ]);
  });

  it('[SIM-8] takes for a result the largest I/O', () => {
    // Growing from one vector of 16 bytes: 16 for the first block; 16, 32, 64, 128 for the second.
    const growing = {
      id: 'folio-vec',
      policies: { memory: 'callee-grow', result: 'bio-vec', entries: 1 },
    };
    const { allocations } = sumOf(layout, { workload: eightPages, strategy: growing }, [3, 1]);

    expect(allocations.filter(({ source }) => source.startsWith('result/'))).toEqual([
      { source: 'result/kmalloc-16', count: 4, bytes: 64, peakBytes: 16 },
      { source: 'result/kmalloc-32', count: 1, bytes: 32, peakBytes: 32 },
      { source: 'result/kmalloc-64', count: 1, bytes: 64, peakBytes: 64 },
      { source: 'result/kmalloc-128', count: 1, bytes: 128, peakBytes: 128 },
    ]);
  });
});

describe('memory of a simulated trial', () => {
  const workload = { ...eightPages, count: 100, threads: 3 };

  it('[SIM-8] without a device is that of an I/O in every thread', () => {
    const { allocations } = finished(trialOn(layout, { workload, strategy: 'folio-vec' }));

    expect(allocations.map(({ source, peakBytes }) => [source, peakBytes])).toEqual([
      ['result/kmalloc-192', 3 * 192],
      ['bio/biovec-16', 3 * 256],
    ]);
  });

  it('[SIM-8] on a slow device is that of full queues', () => {
    const { allocations } = finished(
      trialOn(layout, {
        workload: { ...workload, queueDepth: 4, device: deviceWith(1e6) },
        strategy: 'folio-vec',
      }),
    );

    // All three threads begin to submit at once.
    expect(allocations.map(({ source, peakBytes }) => [source, peakBytes])).toEqual([
      ['result/kmalloc-192', 3 * 192],
      ['bio/biovec-16', 3 * 4 * 256],
    ]);
  });
});
