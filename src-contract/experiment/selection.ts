import type { TrialParameters } from '../stored-run.ts';
import type { Selection, SelectionKey } from './expect-schema.ts';
import { sizeText } from './sizes.ts';

/** What tells one trial of a run from the others, by the keys of selections. */
export type TrialIdentity = Readonly<Record<SelectionKey, string | number>> & {
  /** As JSON: a selection cannot name it, but trials that differ in it are different. */
  readonly device: string;
};

/** The identity of a stored trial. */
export function identityOf(parameters: TrialParameters): TrialIdentity {
  const { workload } = parameters;
  return {
    layout: parameters.layoutName,
    strategy: parameters.strategy.name,
    costModel: parameters.costModelId,
    tracer: parameters.tracer,
    replicate: parameters.replicate,
    api: workload.api,
    operation: workload.operation,
    path: workload.path,
    blockSize: workload.blockBytes,
    offset: workload.offsetBytes,
    logicalBlockSize: workload.logicalBlockBytes,
    access: workload.access,
    count: workload.count,
    warmUp: workload.warmUpCount,
    threads: workload.threads,
    queueDepth: workload.queueDepth,
    pagesPerCall: workload.pagesPerCall,
    device: JSON.stringify(workload.device),
  };
}

function entriesOf(selection: Selection): [string, readonly (string | number)[]][] {
  return Object.entries(selection);
}

function valueOf(identity: TrialIdentity, key: string): string | number | undefined {
  return Object.entries(identity).find(([name]) => name === key)?.[1];
}

/** Whether a value is one of those wanted; a cost model without a version stands for each of its versions. */
function isWanted(
  key: string,
  value: string | number,
  wanted: readonly (string | number)[],
): boolean {
  if (wanted.includes(value) || key !== 'costModel') return wanted.includes(value);
  return wanted.some((each) => String(value).startsWith(`${each}@`));
}

/** Whether a selection means a trial. */
export function isSelected(identity: TrialIdentity, selection: Selection): boolean {
  return entriesOf(selection).every(([key, values]) => {
    const value = valueOf(identity, key);
    return value !== undefined && isWanted(key, value, values);
  });
}

/**
 * Text that is equal for trials which differ in nothing but the given keys.
 *
 * @param except  Keys left out; replicates are left out always.
 */
export function identityText(identity: TrialIdentity, except: Selection = {}): string {
  const kept = Object.entries(identity).filter(
    ([key]) => key !== 'replicate' && !Object.hasOwn(except, key),
  );
  return JSON.stringify(kept);
}

const SIZE_KEYS: ReadonlySet<string> = new Set(['blockSize', 'offset', 'logicalBlockSize']);

function valueText(key: string, value: string | number): string {
  return String(SIZE_KEYS.has(key) && typeof value === 'number' ? sizeText(value) : value);
}

/** Names a trial by what varies within a set of them, such as `layout=thp, blockSize=4KiB`. */
export function describeDifference(
  identity: TrialIdentity,
  others: readonly TrialIdentity[],
): string {
  return Object.entries(identity)
    .filter(([key, value]) => others.some((other) => valueOf(other, key) !== value))
    .filter(([key]) => key !== 'replicate')
    .map(([key, value]) => `${key}=${valueText(key, value)}`)
    .join(', ');
}

/** A selection in words, for messages. */
export function selectionText(selection: Selection): string {
  const parts = entriesOf(selection).map(([key, values]) => {
    return `${key}=${values.map((value) => valueText(key, value)).join(' or ')}`;
  });
  return parts.length === 0 ? 'any trial' : parts.join(', ');
}
