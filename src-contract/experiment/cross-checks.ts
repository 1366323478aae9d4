import { workloadProblem } from '#core';
import type { Api } from '#core';
import type { z } from 'zod';
import { suggestNames } from '../nearest-name.ts';
import { describeValue } from '../problem.ts';
import type { Finding } from '../schema-problems.ts';
import { countPoints, pointsOfSweep } from './points.ts';
import {
  isCompositionProblem,
  strategyName,
  strategyProblems,
  strategySchema,
} from './strategy-schema.ts';
import type { StrategyOfFile } from './strategy-schema.ts';
import { sweepSchema } from './sweep-schema.ts';
import type { SweepOfFile } from './sweep-schema.ts';
import { KEY_OF_WORKLOAD, workloadFromFile, workloadSchema } from './workload-schema.ts';
import type { WorkloadOfFile } from './workload-schema.ts';

/** The most trials one experiment may have: its plan is held in memory. */
export const MOST_TRIALS = 100_000;

type Numbered<Value> = { readonly index: number; readonly value: Value };

/** The parts of a document that are good by themselves, so that mistakes elsewhere hide nothing. */
type GoodParts = {
  readonly layoutCount: number;
  readonly strategyCount: number;
  readonly layouts: readonly Numbered<string>[];
  readonly strategies: readonly Numbered<StrategyOfFile>[];
  readonly workload: WorkloadOfFile | null;
  readonly sweep: SweepOfFile | null;
  readonly replicates: number;
  readonly expect: readonly unknown[];
};

function keyOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}

function elementsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function readPart<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> | null {
  const result = schema.safeParse(value);
  return result.success ? result.data : null;
}

function goodElements<Value>(
  list: unknown,
  read: (element: unknown) => Value | null,
): Numbered<Value>[] {
  return elementsOf(list).flatMap((element, index) => {
    const value = read(element);
    return value === null ? [] : [{ index, value }];
  });
}

function readLayoutName(layout: unknown): string | null {
  const name = keyOf(layout, 'name');
  return typeof name === 'string' ? name : null;
}

function goodParts(document: unknown): GoodParts {
  const replicates = keyOf(document, 'replicates');
  return {
    layoutCount: elementsOf(keyOf(document, 'layouts')).length,
    strategyCount: elementsOf(keyOf(document, 'strategies')).length,
    layouts: goodElements(keyOf(document, 'layouts'), readLayoutName),
    strategies: goodElements(keyOf(document, 'strategies'), (element) =>
      readPart(strategySchema, element),
    ),
    workload: readPart(workloadSchema, keyOf(document, 'workload')),
    sweep: readPart(sweepSchema, keyOf(document, 'sweep') ?? {}),
    replicates: typeof replicates === 'number' ? replicates : 1,
    expect: elementsOf(keyOf(document, 'expect')),
  };
}

/** Results are told apart by name, so a name may stand for one thing only. */
function repeatedNames(group: string, named: readonly Numbered<string>[]): Finding[] {
  const first = new Map<string, number>();
  return named.flatMap(({ index, value: name }) => {
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, index);
      return [];
    }
    const message = `the name ${describeValue(name)} is taken by ${group}[${earlier}]; each needs a name of its own`;
    return [{ path: [group, index, 'name'], message }];
  });
}

function namesOfStrategies(parts: GoodParts): Numbered<string>[] {
  return parts.strategies.flatMap(({ index, value }) => {
    const name = strategyName(value);
    return name === null ? [] : [{ index, value: name }];
  });
}

function apisOf({ workload, sweep }: GoodParts): readonly Api[] {
  return sweep?.['workload.api'] ?? (workload === null ? [] : [workload.api]);
}

/** Compositions that one of the experiment's APIs rules out. */
function impossibleCompositions(parts: GoodParts): Finding[] {
  return parts.strategies.flatMap(({ index, value }) =>
    apisOf(parts).flatMap((api) =>
      strategyProblems(value, api)
        .filter(isCompositionProblem)
        .map(({ message }) => ({
          path: ['strategies', index, 'policies'],
          message: `${message} (api ${api})`,
        })),
    ),
  );
}

/** Where the figures of a workload contradict each other, at the first point where they do. */
function contradictoryPoints({ workload, sweep }: GoodParts): Finding[] {
  if (workload === null || sweep === null || countPoints(sweep) > MOST_TRIALS) return [];
  const seen = new Set<string>();
  const base = { workload, costModel: '', tracer: 'off' } as const;
  return pointsOfSweep(base, sweep).flatMap((point): Finding[] => {
    const problem = workloadProblem(workloadFromFile(point.workload));
    if (problem === null) return [];
    const name = KEY_OF_WORKLOAD[problem.key];
    if (seen.has(name)) return [];
    seen.add(name);
    const isSwept = Object.hasOwn(sweep, `workload.${name}`);
    return [
      {
        path: isSwept ? ['sweep', `workload.${name}`] : ['workload', name],
        message: problem.message,
      },
    ];
  });
}

function oversizedPlan({ layouts, strategies, sweep, replicates }: GoodParts): Finding[] {
  if (sweep === null) return [];
  const trials = layouts.length * strategies.length * countPoints(sweep) * replicates;
  if (trials <= MOST_TRIALS) return [];
  const message = `found ${trials} trials (layouts × strategies × sweep × replicates); allowed: at most ${MOST_TRIALS}`;
  return [{ path: ['sweep'], message }];
}

/** Selections of `expect` that name a layout or strategy the experiment does not have. */
function unknownSelections(parts: GoodParts): Finding[] {
  const known = {
    layout: parts.layouts.map(({ value }) => value),
    strategy: namesOfStrategies(parts).map(({ value }) => value),
  };
  // A part that is wrong by itself has a name nobody knows yet.
  const isComplete = {
    layout: parts.layoutCount > 0 && known.layout.length === parts.layoutCount,
    strategy: parts.strategyCount > 0 && known.strategy.length === parts.strategyCount,
  };
  const check = (path: readonly (string | number)[], selection: unknown): Finding[] =>
    (['layout', 'strategy'] as const).flatMap((key) => {
      const chosen = keyOf(selection, key);
      const names = Array.isArray(chosen) ? elementsOf(chosen) : [chosen];
      return names.flatMap((name): Finding[] => {
        if (typeof name !== 'string' || known[key].includes(name) || !isComplete[key]) return [];
        const message = `this experiment has no ${key} ${describeValue(name)}; ${suggestNames(name, known[key])}`;
        return [{ path: [...path, key], message }];
      });
    });
  return parts.expect.flatMap((entry, index) =>
    (['of', 'than'] as const).flatMap((side) => check(['expect', index, side], keyOf(entry, side))),
  );
}

/**
 * What the parts of an experiment say about each other: names that stand twice, compositions an API
 * rules out, contradictory workloads, too many trials, selections of what is not there.
 *
 * @param document  The document as read; parts that are wrong by themselves are passed over.
 */
export function crossFindings(document: unknown): Finding[] {
  const parts = goodParts(document);
  return [
    ...repeatedNames('layouts', parts.layouts),
    ...repeatedNames('strategies', namesOfStrategies(parts)),
    ...impossibleCompositions(parts),
    ...contradictoryPoints(parts),
    ...oversizedPlan(parts),
    ...unknownSelections(parts),
  ];
}
