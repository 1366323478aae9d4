import type { Call, Extract } from './calls.ts';
import type { Ledger } from './ledger.ts';
import type { Range } from './memory.ts';
import { releaseArray, releaseRuns } from './release.ts';
import type { MappedPage } from './types.ts';

/**
 * Pins a range without a bio: gup_test, `pagesPerCall` pages at a time, or a registration, all at
 * once. A call that meets a page it cannot have is the last; one that has no more room is followed
 * by another.
 */
export function pinForApi(
  ledger: Ledger,
  range: Range,
  extract: Extract,
  pagesPerCall: number,
): Call {
  const taken: MappedPage[] = [];
  const runs: (readonly MappedPage[])[] = [];
  let stop: Call['stop'] = 'end of range';
  let start = range.start;
  while (start < range.end && stop !== 'cannot') {
    const end = Math.min(range.end, start + pagesPerCall);
    const call = extract(ledger, { ...range, start, end });
    taken.push(...call.taken);
    runs.push(...call.runs);
    stop = call.stop;
    start += call.taken.length;
  }
  return { taken, runs, stop };
}

/** Gives back all that was pinned: the array of pages, or every run of a result of runs. */
export function releaseForApi(
  ledger: Ledger,
  range: Range,
  call: Call,
  references: 'array' | 'one' | 'pages',
): void {
  const { demand } = range.memory;
  if (references === 'array') {
    releaseArray(ledger, call.taken, demand, 'release');
  } else {
    releaseRuns(ledger, call.runs, demand, references, 'release');
  }
}
