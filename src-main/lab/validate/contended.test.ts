import { expect, it } from 'vitest';
import type { PublishedContention } from '#contract';
import { ContentionReader } from './contended.ts';

const MACHINE = {
  coresPerSocket: 2,
  lockOperation: { local: 5, otherCore: 25, otherSocket: 25 },
  wakeNs: 3000,
  interrupt: { deliverNs: 0, handleNs: 11_000 },
} as const;
const PINNER = { pages: 256, callNs: 100, pageNs: 40, restNs: 0, betweenNs: 5000 } as const;

function contention(change: Partial<PublishedContention>): PublishedContention {
  return { id: 'one', title: 'threads', machine: MACHINE, pinners: 1, ...change };
}

it('a pinner by itself takes the time of its call and its pages', () => {
  const reader = new ContentionReader();

  expect(reader.p50Ns(contention({ pinner: PINNER }), 'pin') / 10_340).toBeCloseTo(1, 2);
});

it('a munmap waits for a pinner beside it', () => {
  const unmapper = { beforeNs: 4000, afterNs: 2000 };
  const reader = new ContentionReader();
  const alone = reader.p50Ns(contention({ id: 'alone', unmapper }), 'unmap');
  const beside = reader.p50Ns(contention({ id: 'beside', unmapper, pinner: PINNER }), 'unmap');

  expect(alone).toBeLessThan(6500);
  expect(beside).toBeGreaterThan(alone + 11_000);
});

it('refuses a group that is not there', () => {
  const reader = new ContentionReader();

  expect(() => reader.p50Ns(contention({ pinner: PINNER }), 'unmap')).toThrow('has no group unmap');
});
