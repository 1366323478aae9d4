import type { CostModel } from '../cost/cost-model.ts';
import { sha256Hex } from '../digest.ts';
import { CORE_VERSION } from '../version.ts';
import type { Trial } from './experiment.ts';
import type { Workload } from './workload.ts';

type PlainRecord = { readonly [key: string]: Plain };
type Plain = string | number | boolean | null | readonly Plain[] | PlainRecord;

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

/** JSON with sorted keys and without spaces: equal values, equal text. */
function canonicalText(value: Plain): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalText).join(',')}]`;
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalText(member)}`);
  return `{${members.join(',')}}`;
}

/** A workload as text: equal workloads, equal text. */
export function workloadText(workload: Workload): string {
  return canonicalText(workload);
}

/** Digest of everything in a cost model that decides a result; words about it do not. */
export function costModelDigest({ prices, cacheBytes, jitter, tracer }: CostModel): string {
  return sha256Hex(canonicalText({ prices, cacheBytes, jitter, tracer }));
}

/** Hexadecimal digits of a trial id: 128 bits. */
const ID_LENGTH = 32;

/**
 * The id of a trial: equal trials have equal ids everywhere.
 *
 * @source SPEC rule PLAN-2.
 */
export function trialId(trial: Omit<Trial, 'id'>): string {
  const { strategy } = trial;
  const text = canonicalText({
    coreVersion: CORE_VERSION,
    layout: trial.layoutDigest,
    workload: workloadText(trial.workload),
    strategy: {
      id: strategy.id,
      parameters: strategy.parameters,
      policies: strategy.policies,
    },
    costModel: costModelDigest(trial.costModel),
    tracer: trial.tracer,
    seed: trial.seed,
    replicate: trial.replicate,
  });
  return sha256Hex(text).slice(0, ID_LENGTH);
}
