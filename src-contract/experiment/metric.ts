import {
  buildOf,
  countTracedCalls,
  EVENTS,
  eventTotals,
  LATENCY_PHASES,
  tracedCallTotal,
} from '#core';
import type { EventName, FinishedTrial, LatencyPhase, Strategy } from '#core';
import { FIGURES } from '../figures.ts';
import type { FigureName, FigureUnit } from '../figures.ts';
import { LATENCY_STATISTICS, latencySummary } from '../latency.ts';
import type { LatencyStatistic } from '../latency.ts';
import { suggestNames } from '../nearest-name.ts';
import { describeValue } from '../problem.ts';

const ALLOCATION_FIGURES = ['count', 'bytes', 'peakBytes'] as const;
type AllocationFigure = (typeof ALLOCATION_FIGURES)[number];
/** `result`: memory for what the walk reports; `bio`: the bios' own vectors. */
const ALLOCATION_OWNERS = ['result', 'bio'] as const;
type AllocationOwner = (typeof ALLOCATION_OWNERS)[number];

/** A figure of a trial that expectations compare. */
export type Metric =
  | {
      readonly kind: 'latency';
      readonly phases: readonly LatencyPhase[];
      readonly statistic: LatencyStatistic;
    }
  | { readonly kind: 'event'; readonly event: EventName }
  | { readonly kind: 'figure'; readonly figure: FigureName; readonly unit: FigureUnit }
  | {
      readonly kind: 'allocation';
      readonly owner: AllocationOwner | 'all';
      readonly figure: AllocationFigure;
    }
  | { readonly kind: 'iops' | 'cpuNsPerIo' | 'tracedCalls' };

export type MetricReading =
  { readonly ok: true; readonly metric: Metric } | { readonly ok: false; readonly message: string };

/** What a metric can be, for messages and the format reference. */
export const METRIC_FORMS =
  'PHASE.STATISTIC such as total.p99 or walk+grab.mean, events.EVENT, figures.FIGURE, ' +
  'allocations[.result|.bio].FIGURE, iops, cpuNsPerIo or tracedCalls';

function find<Word extends string>(words: readonly Word[], word: string): Word | null {
  return words.find((candidate) => candidate === word) ?? null;
}

function accept(metric: Metric): MetricReading {
  return { ok: true, metric };
}

function refuse(message: string): MetricReading {
  return { ok: false, message };
}

function readLatency(text: string): MetricReading {
  const dot = text.lastIndexOf('.');
  const statistic = dot < 0 ? null : find(LATENCY_STATISTICS, text.slice(dot + 1));
  if (statistic === null) {
    return refuse(`found ${describeValue(text)}; allowed: ${METRIC_FORMS}`);
  }
  const phases: LatencyPhase[] = [];
  for (const word of text.slice(0, dot).split('+')) {
    const phase = find(LATENCY_PHASES, word.trim());
    if (phase === null) {
      return refuse(
        `unknown phase ${describeValue(word.trim())}; ${suggestNames(word.trim(), LATENCY_PHASES)}`,
      );
    }
    if (phases.includes(phase)) return refuse(`phase ${phase} is named twice; once is allowed`);
    phases.push(phase);
  }
  if (phases.length > 1 && statistic !== 'mean') {
    return refuse(`found ${statistic} of several phases; only their means add up, allowed: mean`);
  }
  return accept({ kind: 'latency', phases, statistic });
}

function readAllocation(words: readonly string[]): MetricReading {
  const [first = '', second] = words;
  const owner = second === undefined ? 'all' : find(ALLOCATION_OWNERS, first);
  const figure = find(ALLOCATION_FIGURES, second ?? first);
  if (owner === null || figure === null || words.length > 2) {
    return refuse(
      `found allocations.${words.join('.')}; allowed: allocations[.result|.bio].count, .bytes or .peakBytes`,
    );
  }
  return accept({ kind: 'allocation', owner, figure });
}

/**
 * Reads the name of a metric, such as `walk+grab.mean`, `total.p99`, `events.lock_op`,
 * `figures.stackBytesMost`, `allocations.result.bytes` or `tracedCalls`.
 */
export function readMetric(text: string): MetricReading {
  if (text === 'iops' || text === 'cpuNsPerIo' || text === 'tracedCalls') {
    return accept({ kind: text });
  }
  const [group, ...rest] = text.split('.');
  const name = rest.join('.');
  if (group === 'events') {
    const event = find(EVENTS, name);
    if (event !== null) return accept({ kind: 'event', event });
    return refuse(`unknown event ${describeValue(name)}; ${suggestNames(name, EVENTS)}`);
  }
  if (group === 'figures') {
    const known = FIGURES.find((figure) => figure.name === name);
    if (known !== undefined) {
      return accept({ kind: 'figure', figure: known.name, unit: known.unit });
    }
    const names = FIGURES.map((figure) => figure.name);
    return refuse(`unknown figure ${describeValue(name)}; ${suggestNames(name, names)}`);
  }
  return group === 'allocations' ? readAllocation(rest) : readLatency(text);
}

/** In what a metric is measured; events and rates are plain numbers. */
export function unitOfMetric(metric: Metric): FigureUnit {
  if (metric.kind === 'latency' || metric.kind === 'cpuNsPerIo') return 'ns';
  if (metric.kind === 'figure') return metric.unit;
  if (metric.kind === 'allocation') return metric.figure === 'count' ? 'count' : 'bytes';
  return 'count';
}

function tracedCallsPerIo(trial: FinishedTrial, strategy: Strategy): number {
  const { figures, samples, ledger } = trial;
  const totalOf = (perIo: number): number => Math.round(perIo * samples);
  const totals = {
    calls: totalOf(figures.gupCallsPerIo),
    extracts: totalOf(figures.extractsPerIo),
    biosStarted: totalOf(figures.biosStartedPerIo),
  };
  const { policies } = strategy;
  const traced = countTracedCalls(ledger, totals, policies, buildOf(policies));
  return tracedCallTotal(traced) / samples;
}

function allocationOf(
  trial: FinishedTrial,
  owner: AllocationOwner | 'all',
  figure: AllocationFigure,
): number {
  const total = trial.allocations
    .filter(({ source }) => owner === 'all' || source.startsWith(`${owner}/`))
    .reduce((sum, allocation) => sum + allocation[figure], 0);
  // What is held at a moment does not grow with the I/Os; how often and how much was allocated does.
  return figure === 'peakBytes' ? total : total / trial.samples;
}

/**
 * Measures a metric on a trial.
 *
 * @returns Nanoseconds, bytes or a number, by `unitOfMetric`. Events, allocations (but for peaks) and
 * traced calls are per I/O.
 */
export function valueOfMetric(metric: Metric, trial: FinishedTrial, strategy: Strategy): number {
  switch (metric.kind) {
    case 'latency':
      return metric.phases.reduce(
        (sum, phase) => sum + latencySummary(trial.latency[phase])[metric.statistic],
        0,
      );
    case 'event':
      return eventTotals(trial.ledger)[metric.event] / trial.samples;
    case 'figure':
      return trial.figures[metric.figure];
    case 'allocation':
      return allocationOf(trial, metric.owner, metric.figure);
    case 'tracedCalls':
      return tracedCallsPerIo(trial, strategy);
    case 'iops':
      return trial.iops;
    case 'cpuNsPerIo':
      return trial.cpuNsPerIo;
  }
}
