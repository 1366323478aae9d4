import type { MergedCalls } from './merged-calls.ts';
import type { RemarkList } from './remark-list.ts';

const NO_NEW_PATH = (): undefined => undefined;

/** Every path of a function, with the one that calls it. */
function* pathsTo(
  name: string,
  parent: MergedCalls,
): Generator<{ parent: MergedCalls; calls: MergedCalls }> {
  for (const child of parent.children.values()) {
    if (child.name === name) yield { parent, calls: child };
    yield* pathsTo(name, child);
  }
}

function countOf(name: string, root: MergedCalls): number {
  let count = 0;
  for (const { calls } of pathsTo(name, root)) count += calls.calls;
  return count;
}

/** Takes calls out of a path without callees; their time was not in the listing, but assumed. */
function takeAway(calls: MergedCalls, parent: MergedCalls, number: number): void {
  const share = number / calls.calls;
  const ns = calls.totalNs * share;
  calls.calls -= number;
  calls.totalNs -= ns;
  calls.selfNs -= calls.selfNs * share;
  parent.selfNs += ns;
}

/**
 * A page is added to a bio by one function or the other: as many calls of both together as there are pages.
 *
 * @source Linux 6.11 block/bio.c bio_iov_add_page().
 */
function countAddedPages(root: MergedCalls, line: number, assumptions: RemarkList): void {
  const pages = countOf('try_grab_folio', root);
  const firsts = countOf('__bio_add_page', root);
  const [merges] = pathsTo('bvec_try_merge_page', root);
  if (merges === undefined || firsts === 0 || merges.calls.calls !== pages) return;
  if (merges.calls.calls <= firsts) return;
  takeAway(merges.calls, merges.parent, firsts);
  assumptions.add(
    line,
    `${pages} pages are added to the bio, of which __bio_add_page adds ${firsts}: bvec_try_merge_page is counted ${merges.calls.calls} times, not ${pages}.`,
  );
}

/**
 * Leaving a page table ends what entering it began.
 *
 * @source Linux 6.11 include/linux/pgtable.h pte_unmap(); SPEC rule TRC-3.
 */
function countUnlocks(root: MergedCalls, line: number, assumptions: RemarkList): void {
  const missing = countOf('__rcu_read_lock', root) - countOf('__rcu_read_unlock', root);
  const [table] = pathsTo('__pte_offset_map', root);
  if (missing <= 0 || table === undefined) return;
  const unlock = table.parent.child('__rcu_read_unlock', null, NO_NEW_PATH);
  unlock.calls += missing;
  unlock.minNs = 0;
  assumptions.add(
    line,
    `__rcu_read_unlock is not shown, which the kernel calls as often as __rcu_read_lock: ${missing} is counted below ${table.parent.name}, without a time of its own.`,
  );
}

/**
 * Corrects the counts of a shortened listing by what the kernel does in any case, and says so.
 *
 * @param line  Of the listing, for what is said.
 */
export function applyKernelKnowledge(
  root: MergedCalls,
  line: number,
  assumptions: RemarkList,
): void {
  countAddedPages(root, line, assumptions);
  countUnlocks(root, line, assumptions);
}
