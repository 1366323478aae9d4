import { describe, expect, it } from 'vitest';
import { ERAS } from '../strategy/policies.ts';
import {
  SPILL_DELTA,
  grabLockOps,
  hasDevmapSpecialCase,
  slowGrabLockOps,
  unpinLockOps,
} from './era.ts';

const ORDERS = [0, 1, 2, 9, 18];

describe('locked operations of a kernel', () => {
  it('[GRAB-1] a plain reference takes one, whatever the folio', () => {
    for (const era of ERAS) {
      expect(ORDERS.map((order) => grabLockOps(era, 'get', order))).toEqual([1, 1, 1, 1, 1]);
    }
  });

  it('[GRAB-1] a pin takes two, but one in v5.10 below order 2', () => {
    const pin = (era: (typeof ERAS)[number]): number[] =>
      ORDERS.map((order) => grabLockOps(era, 'pin', order));

    expect(pin('v5.10')).toEqual([1, 1, 2, 2, 2]);
    expect(pin('v6.11')).toEqual([2, 2, 2, 2, 2]);
    expect(pin('v6.12')).toEqual([2, 2, 2, 2, 2]);
    expect(pin('v7.0')).toEqual([2, 2, 2, 2, 2]);
  });

  it('[GRAB-2] a slow pin takes one for a small folio, and in v5.10 for order 1', () => {
    const pin = (era: (typeof ERAS)[number]): number[] =>
      ORDERS.map((order) => slowGrabLockOps(era, 'pin', order));

    expect(pin('v5.10')).toEqual([1, 1, 2, 2, 2]);
    expect(pin('v6.11')).toEqual([1, 2, 2, 2, 2]);
    expect(pin('v7.0')).toEqual([1, 2, 2, 2, 2]);
    expect(ORDERS.map((order) => slowGrabLockOps('v7.0', 'get', order))).toEqual([1, 1, 1, 1, 1]);
  });

  it('[REL-1] an unpin takes one for a small folio and two for a large one', () => {
    for (const era of ['v6.11', 'v6.12', 'v7.0'] as const) {
      expect(ORDERS.map((order) => unpinLockOps(era, order, 1))).toEqual([1, 2, 2, 2, 2]);
      expect(ORDERS.map((order) => unpinLockOps(era, order, 7))).toEqual([1, 2, 2, 2, 2]);
    }
  });

  it('[REL-1] in v5.10 an unpin takes two, and three for several pins from order 2 on', () => {
    expect(ORDERS.map((order) => unpinLockOps('v5.10', order, 1))).toEqual([2, 2, 2, 2, 2]);
    expect(ORDERS.map((order) => unpinLockOps('v5.10', order, 2))).toEqual([2, 2, 3, 3, 3]);
  });
});

describe('a kernel', () => {
  it('[FAST-4] takes device memory apart up to v6.11', () => {
    expect(ERAS.filter(hasDevmapSpecialCase)).toEqual(['v2.6', 'v5.10', 'v6.11']);
  });

  it('[GRAB-3] spills a counter above 125', () => {
    expect(SPILL_DELTA).toBe(125);
  });
});
