import {
  DB2_2008_FIT,
  db2Figures,
  pinnersTogether,
  simulateContention,
  unmapBesidePinner,
} from '#core';
import type { ContentionResult, ContentionSetup, Db2Figures } from '#core';
import type { PublishedContention } from '#contract';

/** Long enough for hundreds of operations of tens of microseconds. */
const WATCH = { measuredNs: 20_000_000, seed: 1 };

function setupOf({
  id,
  machine,
  unmapper,
  pinner,
  pinners,
  sharedOrder,
}: PublishedContention): ContentionSetup {
  if (unmapper !== undefined) return unmapBesidePinner(machine, unmapper, pinner ?? null, WATCH);
  if (pinner === undefined) throw new Error(`${id} has neither an unmapper nor a pinner`);
  const shared = sharedOrder === undefined ? null : { folioOrder: sharedOrder };
  return pinnersTogether(machine, pinner, pinners, shared, WATCH);
}

/** Figures of threads beside each other, each simulated once. */
export class ContentionReader {
  private readonly results = new Map<string, ContentionResult>();
  private figures: Db2Figures | null = null;

  /** The figures of the 2008 mail. */
  db2(): Db2Figures {
    this.figures ??= db2Figures(DB2_2008_FIT);
    return this.figures;
  }

  /** The median of a group's operations. Unit: nanoseconds. */
  p50Ns(contention: PublishedContention, group: string): number {
    const result = this.results.get(contention.id) ?? simulateContention(setupOf(contention));
    this.results.set(contention.id, result);
    const found = result.groups.find(({ name }) => name === group);
    if (found === undefined) throw new Error(`${contention.id} has no group ${group}`);
    return found.latency.percentileNs(0.5);
  }
}
