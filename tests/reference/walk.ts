import { walkFast } from './fast-walk.ts';
import type { WalkEnd } from './fast-walk.ts';
import type { Ledger } from './ledger.ts';
import { walkSlowForLong } from './long-term.ts';
import type { Range } from './memory.ts';
import { walkSlow } from './slow-walk.ts';
import type { Taker } from './taker.ts';

/** One GUP call: the fast walk, then the slow path from a page on that it cannot take. */
export function pinFastOrSlow(ledger: Ledger, range: Range, taker: Taker): WalkEnd {
  ledger.calls += 1;
  const fast = walkFast(ledger, range, taker);
  if (fast.stop !== 'cannot') {
    return fast;
  }
  const rest = { ...range, start: range.start + fast.taken.length };
  const slow = range.memory.demand.isLongTerm
    ? walkSlowForLong(ledger, rest, taker)
    : walkSlow(ledger, rest, taker);
  return { taken: [...fast.taken, ...slow.taken], stop: slow.stop };
}
