import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createEventHub, NEWS_INTERVAL_MS } from './event-hub.ts';
import type { EventHub, LabEvent } from './event-hub.ts';

let hub: EventHub;
let told: LabEvent[];

beforeEach(() => {
  vi.useFakeTimers();
  hub = createEventHub();
  told = [];
  hub.subscribe((event) => told.push(event));
});
afterEach(() => {
  hub.close();
  vi.useRealTimers();
});

function progress(runId: string, finishedTrials: number): LabEvent {
  const figures = { plannedTrials: 9, iosPerSecond: 1, remainingSeconds: null };
  return { name: 'runProgressed', payload: { runId, finishedTrials, ...figures } };
}

it('tells the latest of several things that happen quickly, and each of different ones', () => {
  hub.tellSoon('a', progress('a', 1));
  hub.tellSoon('b', progress('b', 1));
  hub.tellSoon('a', progress('a', 2));
  vi.advanceTimersByTime(NEWS_INTERVAL_MS - 1);
  expect(told).toEqual([]);

  vi.advanceTimersByTime(1);
  expect(told).toEqual([progress('a', 2), progress('b', 1)]);

  hub.tellSoon('a', progress('a', 3));
  vi.advanceTimersByTime(NEWS_INTERVAL_MS);
  expect(told).toHaveLength(3);
});

it('tells an end at once, and nothing of the time before it afterwards', () => {
  const end: LabEvent = { name: 'runEnded', payload: { runId: 'a', status: 'finished' } };
  hub.tellSoon('a', progress('a', 1));
  hub.forget('a');
  hub.tell(end);
  vi.advanceTimersByTime(NEWS_INTERVAL_MS);

  expect(told).toEqual([end]);
});

it('tells nobody who left, and nothing after it was closed', () => {
  const more: LabEvent[] = [];
  const leave = hub.subscribe((event) => more.push(event));
  leave();
  hub.tellSoon('a', progress('a', 1));
  hub.close();
  vi.advanceTimersByTime(NEWS_INTERVAL_MS);

  expect([told, more]).toEqual([[], []]);
});
