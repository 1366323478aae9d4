import { describe, expect, it } from 'vitest';
import { deviceWith, workloadWith } from '../testing/trials.ts';
import { pagesPerIo, workloadProblem } from './workload.ts';
import type { Workload } from './workload.ts';

describe('workloadProblem', () => {
  it.each<[string, Partial<Workload>]>([
    ['one page', {}],
    ['a block of one sector', { blockBytes: 512 }],
    ['an offset of one sector', { blockBytes: 4096, offsetBytes: 3584 }],
    ['4 KiB sectors', { blockBytes: 8192, offsetBytes: 4096, logicalBlockBytes: 4096 }],
    ['a queue at a device', { queueDepth: 32, device: deviceWith(1000) }],
    ['one synchronous I/O at a device', { path: 'sync', device: deviceWith(1000) }],
    ['many threads without a device', { threads: 8 }],
  ])('[WL-1] accepts %s', (_name, differences) => {
    expect(workloadProblem(workloadWith(differences))).toBeNull();
  });

  it.each<[string, Partial<Workload>, keyof Workload, string]>([
    [
      'WL-1',
      { blockBytes: 1000 },
      'blockBytes',
      '1000 bytes is not a multiple of the logical block size 512',
    ],
    [
      'WL-1',
      { offsetBytes: 100 },
      'offsetBytes',
      '100 bytes is not a multiple of the logical block size 512',
    ],
    [
      'WL-1',
      { blockBytes: 8192, offsetBytes: 512, logicalBlockBytes: 4096 },
      'offsetBytes',
      '512 bytes is not a multiple of the logical block size 4096',
    ],
    [
      'WL-2',
      { blockBytes: 4096, offsetBytes: 4096 },
      'offsetBytes',
      '4096 bytes is not below the block size 4096',
    ],
    [
      'WL-3',
      { queueDepth: 2 },
      'queueDepth',
      '2 I/Os in flight need a device; without one each completes at once',
    ],
    [
      'WL-3',
      { queueDepth: 4, path: 'sync', device: deviceWith(1000) },
      'queueDepth',
      '4 I/Os in flight need path async; a synchronous I/O waits for itself',
    ],
  ])('[%s] refuses %j', (_rule, differences, key, message) => {
    expect(workloadProblem(workloadWith(differences))).toEqual({ key, message });
  });
});

describe('pagesPerIo', () => {
  it.each([
    [4096, 0, 1],
    [512, 3584, 1],
    [1024, 3584, 2],
    [131_072, 0, 32],
    [131_072, 512, 33],
    [512, 0, 1],
  ])('[WL-1] of %i bytes at offset %i is %i', (blockBytes, offsetBytes, pages) => {
    expect(pagesPerIo(workloadWith({ blockBytes, offsetBytes }))).toBe(pages);
  });
});
