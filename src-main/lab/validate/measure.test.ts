import { expect, it } from 'vitest';
import type { PublishedUnit } from '#contract';
import { takeMeasure } from './measure.ts';
import type { IoMeasure } from './measure.ts';
import type { ModelledIo } from './modelled-io.ts';

/** 100 ns a page to grab, 20 ns to release, with 10 merge tests of 2 ns. */
function io(pages: number): ModelledIo {
  const nsOf = { grab: 100, release: 20 } as const;
  return {
    pages,
    bytes: pages * 4096,
    timeOf: (phases, tracer) =>
      phases.reduce(
        (sum, phase) => sum + pages * (phase === 'grab' || phase === 'release' ? nsOf[phase] : 0),
        tracer === 'off' ? 0 : 1000,
      ),
    eventsOf: (event) => (event === 'merge_test' ? 10 : 0),
    priceOf: () => 2,
    reportedOf: (name) => (name === 'try_grab_folio' ? 350 : null),
    tracedCalls: 9,
    gupCalls: 2,
    slowCalls: 0,
    heapBytes: 1024,
    stackBytes: 768,
    tracerDoubtNs: [-50, 100],
  };
}

function read(measure: IoMeasure, unit: PublishedUnit, restNs = 0) {
  return takeMeasure(measure, { io: io(10), shorter: io(4), restNs, unit });
}

const time = { kind: 'time', phases: ['grab'], tracer: 'off', times: 1 } as const;

it.each([
  ['ns', 1000],
  ['us', 1],
  ['ms', 0.001],
  ['s', 0.000001],
  ['ns/page', 100],
] as const)('gives a time in %s', (unit, value) => {
  expect(read(time, unit)).toEqual({ value, range: null });
});

it('adds the rest once, however often the I/O is repeated', () => {
  expect(read({ ...time, times: 3 }, 'ns', 500)).toEqual({ value: 3500, range: null });
  expect(read({ ...time, times: 3 }, 'ns/page')).toEqual({ value: 100, range: null });
});

it('prices the tracer where it was on', () => {
  expect(read({ ...time, tracer: 'function-graph' }, 'ns')?.value).toBe(2000);
});

it('a slope is what a page more costs', () => {
  expect(read({ kind: 'slope', phases: ['grab', 'release'], from: 'shorter' }, 'ns/page')).toEqual({
    value: 120,
    range: null,
  });
});

it('a share is of the whole I/O and the rest', () => {
  const share = read({ kind: 'share', event: 'merge_test', rest: 'rest' }, '%', 800);
  expect(share).toEqual({ value: 1, range: null });
});

it('a rate is megabytes a second of the whole I/O and the rest', () => {
  const rate = read({ kind: 'rate', rest: 'rest' }, 'MB/s', 40_960 - 1200);
  expect(rate).toEqual({ value: 1000, range: null });
});

it('an untraced time has the range of what the tracer may cost', () => {
  expect(read({ kind: 'untraced', phases: ['grab'] }, 'ns')).toEqual({
    value: 1000,
    range: [950, 1100],
  });
});

it('a function that is not traced has no time', () => {
  expect(read({ kind: 'function', name: 'try_grab_folio' }, 'us')?.value).toBe(0.35);
  expect(read({ kind: 'function', name: 'schedule' }, 'us')).toBeNull();
});

it.each([
  ['tracedCalls', 9],
  ['gupCalls', 2],
  ['slowCalls', 0],
  ['result.heapBytes', 1024],
  ['result.stackBytes', 768],
  ['merge_test', 10],
] as const)('counts %s', (of, value) => {
  expect(read({ kind: 'count', of, times: 1 }, 'count')?.value).toBe(value);
});
