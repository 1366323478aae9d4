import type { ListingItem, RepeatMark, ShownCall } from './listing-lines.ts';
import { MergedCalls } from './merged-calls.ts';
import type { RemarkList } from './remark-list.ts';

/** The most calls in a row that are looked at as one thing that repeats. */
const LONGEST_UNIT = 8;

/**
 * Calls that never come alone: the walk asks whether it may take a folio after it took the
 * reference. Source: Linux 6.11 mm/gup.c gup_fast_pte_range().
 */
const FOLLOWS: Readonly<Record<string, string>> = { gup_fast_folio_allowed: 'try_grab_folio' };

/** A call of a listing with the number of calls that it stands for. */
type WeightedCall = { readonly call: ShownCall; weight: number };

function haveSameShape(one: ShownCall, other: ShownCall): boolean {
  if (one.name !== other.name || one.items.length !== other.items.length) return false;
  return one.items.every((item, index) => {
    const twin = other.items[index];
    if (item.kind === 'mark' || twin?.kind !== 'call') {
      return item.kind === 'mark' && twin?.kind === 'mark' && twin.times === item.times;
    }
    return haveSameShape(item, twin);
  });
}

function areTwins(one: WeightedCall | undefined, other: WeightedCall | undefined): boolean {
  return one !== undefined && other !== undefined && haveSameShape(one.call, other.call);
}

/** Calls at the end of a row that repeat with a period: how many of them there are. */
function stretchOf(row: readonly WeightedCall[], period: number): number {
  let start = row.length - period;
  while (start > 0 && areTwins(row[start - 1], row[start - 1 + period])) start -= 1;
  return row.length - start;
}

/** What a mark repeats: the shortest period seen above it, or the last call with what it follows. */
function unitAbove(row: readonly WeightedCall[]): { period: number; shown: number } {
  for (let period = 1; period <= Math.min(LONGEST_UNIT, row.length - 1); period += 1) {
    const shown = stretchOf(row, period);
    if (shown > period) return { period, shown };
  }
  const last = row.at(-1)?.call.name ?? '';
  const leader = Object.hasOwn(FOLLOWS, last) ? FOLLOWS[last] : undefined;
  const isPair = leader !== undefined && row.at(-2)?.call.name === leader;
  return isPair ? { period: 2, shown: 2 } : { period: 1, shown: 1 };
}

/** Calls below a mark that are the end of what it repeats. */
function shownBelow(unit: readonly WeightedCall[], below: readonly WeightedCall[]): number {
  for (let count = Math.min(below.length, LONGEST_UNIT * 4); count > 0; count -= 1) {
    const isEnd = below
      .slice(0, count)
      .every((call, index) => areTwins(call, unit.at((index - count) % unit.length)));
    if (isEnd) return count;
  }
  return 0;
}

/** The last of `above` and the first of `below` stand for all that the mark says. */
function applyMark(
  mark: RepeatMark,
  above: readonly WeightedCall[],
  below: readonly WeightedCall[],
  assumptions: RemarkList,
): void {
  const { period, shown } = unitAbove(above);
  const stretch = above.slice(above.length - shown);
  const unit = stretch.slice(0, period);
  const row = [...stretch, ...below.slice(0, shownBelow(unit, below))];
  const parts = unit.map((first) => {
    const same = row.filter((call) => areTwins(call, first));
    const times = Math.max(mark.times, same.length);
    for (const call of same) call.weight = times / same.length;
    return `${first.call.name} (${same.length} shown)`;
  });
  const what = [...new Set(parts)].join(' and ');
  assumptions.add(
    mark.line,
    `"${mark.times} times" is read as ${mark.times} calls of ${what}; those not shown are given the mean time of those shown.`,
  );
}

/** Calls of a row with the number of calls that each stands for, marks applied. */
function weigh(items: readonly ListingItem[], assumptions: RemarkList): readonly WeightedCall[] {
  const calls = items
    .filter((item) => item.kind === 'call')
    .map((call): WeightedCall => ({ call, weight: 1 }));
  let above = 0;
  for (const item of items) {
    if (item.kind === 'call') above += 1;
    else applyMark(item, calls.slice(0, above), calls.slice(above), assumptions);
  }
  return calls;
}

function addItems(
  items: readonly ListingItem[],
  parent: MergedCalls,
  times: number,
  assumptions: RemarkList,
): number {
  let childrenNs = 0;
  for (const { call, weight } of weigh(items, assumptions)) {
    const ns = call.ns ?? 0;
    const calls = times * weight;
    const merged = parent.child(call.name, null, () => undefined);
    const withinNs = addItems(call.items, merged, calls, assumptions);
    merged.calls += calls;
    merged.totalNs += calls * ns;
    merged.selfNs += calls * Math.max(0, ns - withinNs);
    merged.minNs = Math.min(merged.minNs, ns);
    merged.maxNs = Math.max(merged.maxNs, ns);
    childrenNs += weight * ns;
  }
  return childrenNs;
}

/** Rounds what shares of calls add up to. */
function roundCalls(merged: MergedCalls): void {
  merged.calls = Math.round(merged.calls);
  for (const child of merged.children.values()) roundCalls(child);
}

/**
 * Adds up a listing with its repetitions written out.
 *
 * A mark repeats the shortest row of calls that repeats above it. Calls that are shown count among
 * those that it speaks of.
 */
export function expandListing(items: readonly ListingItem[], assumptions: RemarkList): MergedCalls {
  const root = new MergedCalls('', null);
  addItems(items, root, 1, assumptions);
  roundCalls(root);
  return root;
}

/** Calls that stand in the text. */
export function countShownCalls(items: readonly ListingItem[]): number {
  return items.reduce(
    (sum, item) => sum + (item.kind === 'call' ? 1 + countShownCalls(item.items) : 0),
    0,
  );
}
