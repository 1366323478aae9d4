import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeHeap } from './time-heap.ts';

describe('TimeHeap', () => {
  it('[SIM-7] gives the earliest entry first, equal times in the order they went in', () => {
    const heap = new TimeHeap(5);
    heap.push(30, 1);
    heap.push(10, 2);
    heap.push(20, 3);
    heap.push(10, 4);
    heap.push(10, 5);

    expect([heap.pop(), heap.pop(), heap.pop(), heap.pop(), heap.pop()]).toEqual([2, 4, 5, 3, 1]);
  });

  it('[SIM-7] knows the earliest time, and Infinity when there is none', () => {
    const heap = new TimeHeap(2);
    const seen = [heap.earliest];
    heap.push(7, 1);
    heap.push(3, 2);
    seen.push(heap.earliest);
    heap.pop();
    seen.push(heap.earliest);
    heap.pop();
    seen.push(heap.earliest);

    expect(seen).toEqual([Infinity, 3, 7, Infinity]);
    expect(heap.size).toBe(0);
  });

  it('[SIM-7] behaves like a sorted list, whatever comes and goes', () => {
    const steps = fc.array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(0, 1, 2, 3, 5, 8) },
        { weight: 2, arbitrary: fc.constant('pop' as const) },
      ),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(steps, (sequence) => {
        const heap = new TimeHeap(120);
        const list: { time: number; entry: number }[] = [];
        for (const [entry, step] of sequence.entries()) {
          if (step !== 'pop') {
            heap.push(step, entry);
            list.push({ time: step, entry });
            // Stable: equal times keep the order in which they were added.
            list.sort((a, b) => a.time - b.time);
          } else if (list.length > 0) {
            expect(heap.pop()).toBe(list.shift()?.entry);
          }
          expect(heap.size).toBe(list.length);
          expect(heap.earliest).toBe(list[0]?.time ?? Infinity);
        }
      }),
      { numRuns: 500 },
    );
  });
});
