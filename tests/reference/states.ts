import { isUpTo } from './types.ts';
import type { Demand, MappedPage } from './types.ts';

/**
 * Why the fast walk leaves an entry alone: the entry shows it, or the folio does when its reference is
 * tried, or it comes out after the grab, which is then undone.
 */
export type FastStop = 'entry' | 'cma' | 'after grab';

/** Whether the fast walk takes an entry, and if not, when it finds out. */
export function findFastStop(page: MappedPage, demand: Demand): FastStop | undefined {
  if (page.isAbsent || page.isProtnone || page.isSpecial) {
    return 'entry';
  }
  if (page.isZero && !isTakenLikeAnyFolio(page, demand)) {
    return 'entry';
  }
  if (demand.writes && (page.isReadonly || mustUnshare(page, demand))) {
    return 'entry';
  }
  if (demand.isLongTerm && page.type === 'devmap' && isUpTo(demand, 'v6.11')) {
    return 'entry';
  }
  if (demand.isLongTerm && page.isCma) {
    return 'cma';
  }
  if ((demand.isLongTerm && page.type === 'file') || mustUnshare(page, demand)) {
    return 'after grab';
  }
  return undefined;
}

/** Up to v6.11 a huge zero folio was like any other for those who only read it. */
function isTakenLikeAnyFolio(page: MappedPage, demand: Demand): boolean {
  return page.leaf !== 'pte' && !demand.writes && isUpTo(demand, 'v6.11');
}

/** Whether references are taken on this page: there are none on the zero page. */
export function isCounted(page: MappedPage, demand: Demand): boolean {
  return !page.isZero || isTakenLikeAnyFolio(page, demand);
}

/** A pin wants memory for itself, since v6.11. */
function mustUnshare(page: MappedPage, demand: Demand): boolean {
  return page.isShared && demand.kind === 'pin' && !isUpTo(demand, 'v5.10');
}

/** What a fault has to do before the locked walk can take a page. */
export type Fault = 'map' | 'permit' | 'new page' | 'copy' | 'make writable';

/** The first thing that is wrong with a page for the locked walk, if anything. */
export function findFault(page: MappedPage, demand: Demand): Fault | undefined {
  if (page.isAbsent) {
    return 'map';
  }
  if (page.isProtnone && isUpTo(demand, 'v5.10')) {
    return 'permit';
  }
  if (isReplacedByFault(page, demand)) {
    return page.isZero ? 'new page' : 'copy';
  }
  if (demand.writes && page.isReadonly) {
    return 'make writable';
  }
  return undefined;
}

/** Whether another page takes the place of this one before the locked walk can take it. */
export function isReplacedByFault(page: MappedPage, demand: Demand): boolean {
  if (page.isZero) {
    return demand.writes;
  }
  return mustUnshare(page, demand) || (demand.writes && page.isReadonly && page.isShared);
}

/** Memory a call may not have at all: found with the VMA, before any page of it is visited. */
export function isRefused(page: MappedPage, demand: Demand): boolean {
  return demand.isLongTerm && demand.writes && page.type === 'file';
}
