import type { Phase, PricedName } from '../counting/events.ts';
import type { Step } from '../counting/recorder.ts';
import type { Policies } from '../strategy/policies.ts';
import { PMD_PAGES } from '../units.ts';
import type { ChainKey } from './chain-functions.ts';
import type { Explanation } from './explain.ts';

/** What was handled in one place: entries of page tables, or runs, and the pages behind them. */
type Handled = { entries: number; pages: number };

/** Steps of an I/O, by where they took place. */
export type StepCounts = {
  readonly table: Handled;
  readonly leaf: Handled;
  readonly slow: Handled;
  /** Leaf entries that the fast walk took; of them, those of 1 GiB. */
  leafCalls: number;
  pudCalls: number;
  faults: number;
  /** Whether the result has an entry for each run instead of one for each page. */
  readonly isRuns: boolean;
};

/** A grab outside of any table is that of one leaf entry, however many grabs it takes. */
function countLeaf(counts: StepCounts, { count, pages }: Step): void {
  const taken = count * pages;
  counts.leafCalls += 1;
  if (taken > PMD_PAGES) counts.pudCalls += 1;
  counts.leaf.entries += pages === 1 ? count : 1;
  counts.leaf.pages += taken;
}

/** Counts the grabs of an I/O by where they took place. */
export function countSteps({ steps }: Pick<Explanation, 'steps'>, policies: Policies): StepCounts {
  const counts: StepCounts = {
    table: { entries: 0, pages: 0 },
    leaf: { entries: 0, pages: 0 },
    slow: { entries: 0, pages: 0 },
    leafCalls: 0,
    pudCalls: 0,
    faults: 0,
    isRuns: policies.grab === 'per-run',
  };
  let isSlow = policies.walk === 'page-cache';
  let isInTable = false;
  for (const step of steps) {
    if (step.kind === 'slow') isSlow = true;
    else if (step.kind === 'slow-end') isSlow = false;
    else if (step.kind === 'table') isInTable = true;
    else if (step.kind === 'table-end') isInTable = false;
    else if (step.kind === 'fault') counts.faults += step.count;
    else if (step.kind === 'grab' || step.kind === 'slow-grab') {
      if (!isSlow && !isInTable) {
        countLeaf(counts, step);
        continue;
      }
      const place = isSlow ? counts.slow : counts.table;
      place.entries += step.count;
      place.pages += step.count * step.pages;
    }
  }
  return counts;
}

/** How often each function of the chain is called. */
export function callsOfChain(
  explanation: Explanation,
  steps: StepCounts,
  policies: Policies,
): Readonly<Record<ChainKey, number>> {
  const { biosStarted, ledger, events, overheads, calls } = explanation;
  const count = (phase: Phase, name: PricedName): number => ledger[phase][name] ?? 0;
  const hasBio = biosStarted > 0;
  const extracts = hasBio ? explanation.steps.filter(({ kind }) => kind === 'extract').length : 0;
  const fastWalks = count('walk', 'irq_save');
  const visits = count('walk', 'ptl_lock');
  const fastLevel = (name: PricedName): number => Math.max(0, count('walk', name) - visits);
  const slowWalks = count('walk', 'mmap_rlock');
  const hasChecks = policies.walk === 'fast';
  const added = hasBio ? count('add', 'merge_ok') + count('add', 'bvec_new') : 0;
  return {
    bio: biosStarted,
    extract: extracts,
    'iter-extract': extracts,
    'user-extract': extracts,
    'want-array': extracts,
    gup: calls,
    'valid-args': count('walk', 'argcheck'),
    fallback: fastWalks,
    fast: fastWalks,
    'pgd-range': fastWalks,
    'p4d-range': fastLevel('lvl_pgd'),
    'pud-range': policies.era === 'v2.6' ? fastLevel('lvl_pgd') : fastLevel('lvl_p4d'),
    'pmd-range': Math.min(fastLevel('lvl_pmd'), fastLevel('lvl_pud') - steps.pudCalls),
    leaf: steps.leafCalls,
    record: steps.leafCalls,
    'pte-range': events.pte_map,
    'map-table': events.pte_map,
    grab: overheads.grab_call,
    'get-folio': overheads.grab_call,
    'node-state': count('grab', 'nodestat'),
    allowed: hasChecks ? overheads.grab_call : 0,
    'put-folio': count('walk', 'put') + count('walk', 'unpin_call'),
    slow: slowWalks,
    locked: slowWalks,
    'find-vma': events.vma_find,
    'get-pages': slowWalks,
    fault: events.fault,
    'slow-grab': overheads.slow_grab_call,
    add: added,
    'try-merge': hasBio ? events.merge_test : 0,
    'new-vector': hasBio ? count('add', 'bvec_new') : 0,
  };
}
