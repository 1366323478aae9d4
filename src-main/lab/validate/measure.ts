import { assertNever, PHASES } from '#core';
import type { PublishedMeasure, PublishedUnit } from '#contract';
import type { ModelledIo } from './modelled-io.ts';

/** What a measure is taken of. */
export type Measured = {
  readonly io: ModelledIo;
  /** For a slope: the shorter I/O. */
  readonly shorter: ModelledIo | null;
  /** Time that is not the model's. Unit: nanoseconds. */
  readonly restNs: number;
  readonly unit: PublishedUnit;
};

export type Reading = {
  readonly value: number;
  readonly range: readonly [number, number] | null;
};

/** Measures of one I/O; the others are of other rows. */
export type IoMeasure = Exclude<
  PublishedMeasure,
  { readonly kind: 'ratio' | 'reduction' | 'contention' | 'db2' | 'span' }
>;

const NS_IN: Partial<Readonly<Record<PublishedUnit, number>>> = {
  ns: 1,
  us: 1e3,
  ms: 1e6,
  s: 1e9,
};

/** A time in the unit of its figure. */
export function inUnit(ns: number, unit: PublishedUnit, pages: number): number {
  return unit === 'ns/page' ? ns / pages : ns / (NS_IN[unit] ?? 1);
}

function countOf(measure: Extract<IoMeasure, { kind: 'count' }>, io: ModelledIo): number {
  switch (measure.of) {
    case 'tracedCalls':
      return io.tracedCalls;
    case 'gupCalls':
      return io.gupCalls;
    case 'slowCalls':
      return io.slowCalls;
    case 'result.heapBytes':
      return io.heapBytes;
    case 'result.stackBytes':
      return io.stackBytes;
    default:
      return io.eventsOf(measure.of);
  }
}

function shareOf({ event }: Extract<IoMeasure, { kind: 'share' }>, measured: Measured): number {
  const { io, restNs } = measured;
  const part = io.eventsOf(event) * io.priceOf(event);
  return (100 * part) / (io.timeOf(PHASES, 'off') + restNs);
}

/** Takes a measure of what the model says, in the unit of the figure; null where it shows nothing. */
export function takeMeasure(measure: IoMeasure, measured: Measured): Reading | null {
  const { io, shorter, restNs, unit } = measured;
  const exact = (value: number): Reading => ({ value, range: null });
  switch (measure.kind) {
    case 'time': {
      const ns = measure.times * io.timeOf(measure.phases, measure.tracer) + restNs;
      return exact(inUnit(ns, unit, io.pages * measure.times));
    }
    case 'slope': {
      if (shorter === null) return null;
      const ns = io.timeOf(measure.phases, 'off') - shorter.timeOf(measure.phases, 'off');
      return exact(ns / (io.pages - shorter.pages));
    }
    case 'function': {
      const ns = io.reportedOf(measure.name);
      return ns === null ? null : exact(inUnit(ns, unit, io.pages));
    }
    case 'untraced': {
      const ns = io.timeOf(measure.phases, 'off');
      const [less, more] = io.tracerDoubtNs;
      const at = (doubt: number): number => inUnit(ns + doubt, unit, io.pages);
      return { value: at(0), range: [at(less), at(more)] };
    }
    case 'share':
      return exact(shareOf(measure, measured));
    case 'rate':
      // Bytes a nanosecond are gigabytes a second.
      return exact((1000 * io.bytes) / (io.timeOf(PHASES, 'off') + restNs));
    case 'count':
      return exact(measure.times * countOf(measure, io));
    default:
      return assertNever(measure);
  }
}
