import { entryOrder } from '../layout/folio.ts';
import { FLAG, PTE_LEAF } from '../layout/layout.ts';
import { pinsForLong } from '../strategy/effective.ts';
import type { Era, Policies } from '../strategy/policies.ts';
import { hasDevmapSpecialCase } from './era.ts';
import type { IoRequest } from './request.ts';

/** What a request asks of the pages it pins. */
export type Demand = {
  /** Memory is written (FOLL_WRITE): a read from the device, or a registration. */
  readonly isWrite: boolean;
  /** The pin is long-lived (FOLL_LONGTERM): a registration. */
  readonly isLongTerm: boolean;
  /** FOLL_PIN and not FOLL_GET. */
  readonly isPin: boolean;
  readonly era: Era;
};

/** The demand of a request under a composition. */
export function demandOf(request: Pick<IoRequest, 'api' | 'op'>, policies: Policies): Demand {
  const isLongTerm = request.api === 'register' || pinsForLong(policies);
  return {
    isLongTerm,
    isWrite: isLongTerm || request.op === 'read',
    isPin: policies.kind === 'pin',
    era: policies.era,
  };
}

/**
 * Whether a pin needs anonymous memory to be exclusive to the process.
 *
 * @source Linux 6.11 mm/gup.c gup_must_unshare(), since 5.19.
 */
function needsExclusive({ isPin, era }: Demand): boolean {
  return isPin && era !== 'v2.6' && era !== 'v5.10';
}

/** Whether a PROT_NONE entry raises a fault; later kernels take the page as it is. */
function faultsOnHint(era: Era): boolean {
  return era === 'v2.6' || era === 'v5.10';
}

/** Whether the fast walk knows the huge zero folio and leaves it alone. */
function leavesHugeZero(era: Era): boolean {
  return era === 'v6.12' || era === 'v7.0';
}

/** Flags that the page-table entry itself shows, before anything is grabbed. */
function entryBits(demand: Demand): number {
  let bits = FLAG.absent | FLAG.protnone | FLAG.special | FLAG.zero;
  if (demand.isWrite) bits |= FLAG.readonly;
  // A shared page is mapped read-only, so a write finds that first.
  if (demand.isWrite && needsExclusive(demand)) bits |= FLAG.shared;
  if (demand.isLongTerm && hasDevmapSpecialCase(demand.era)) bits |= FLAG.devmap;
  return bits;
}

/**
 * Flags of pages that the fast walk leaves to the slow path.
 *
 * @param hasPrototypeHoles  The tests for special and device memory are compiled out.
 * @source SPEC rules STOP-1, HOLE-1.
 */
export function fastStopBits(demand: Demand, hasPrototypeHoles = false): number {
  let bits = entryBits(demand);
  if (hasPrototypeHoles) bits &= ~FLAG.special & ~FLAG.devmap;
  if (needsExclusive(demand)) bits |= FLAG.shared;
  if (demand.isLongTerm) bits |= FLAG.cma | FLAG.file;
  return bits;
}

/** Whether the fast walk stops at an entry with these flags. */
export function stopsFastWalk(
  demand: Demand,
  stopBits: number,
  flags: number,
  leaf: number,
): boolean {
  const found = flags & stopBits;
  if (found === 0) return false;
  const isGrabbedHugeZero =
    found === FLAG.zero && leaf !== PTE_LEAF && !demand.isWrite && !leavesHugeZero(demand.era);
  return !isGrabbedHugeZero;
}

/**
 * How far the fast walk came with the page that stops it: it saw the entry, it took a reference and
 * found the folio's memory not fit for a long-term pin, or it grabbed, re-read, and put back.
 */
export type StopKind = 'entry' | 'not-pinnable' | 'put-back';

/** Source: SPEC rule STOP-2. */
export function stopKind(demand: Demand, flags: number): StopKind {
  if ((flags & entryBits(demand)) !== 0) return 'entry';
  return demand.isLongTerm && (flags & FLAG.cma) !== 0 ? 'not-pinnable' : 'put-back';
}

/** The order of what one fault maps: a PTE maps the zero page by itself. */
export function mappedOrder(order: number, flags: number, leaf: number): number {
  return (flags & FLAG.zero) !== 0 ? entryOrder(leaf) : order;
}

/** What the locked walk does before it has a page, and what it has then. */
export type SlowVisit = {
  /** The request fails here with EFAULT; `isSeen`: after the entry was read. */
  readonly refusal: 'none' | 'unseen' | 'seen';
  /** Faults that bring the page in: one for each folio or leaf entry. */
  readonly mapFaults: 0 | 1;
  /** Faults that change the entry only: a hint resolved, write access given. One for each entry. */
  readonly entryFaults: 0 | 1 | 2;
  /** Faults that replace the page, and how many of them copy it: one for each page. */
  readonly replaceFaults: 0 | 1;
  readonly copies: 0 | 1;
  /** The zero page, taken without a reference. */
  readonly isZero: boolean;
  /** Flags of the page that is taken. */
  readonly flags: number;
};

const TYPE_BITS = 0b11111;
const ANON = 1;

/** Flags of a page that replaces another: private memory of the process, nothing else. */
function replacedFlags(flags: number): number {
  return (flags & FLAG.hugetlb) === 0 ? ANON : flags & TYPE_BITS;
}

/**
 * What the locked walk does with a page of these flags.
 *
 * @source SPEC rules FAULT-1 to FAULT-6.
 */
export function slowVisit(demand: Demand, found: number, leaf: number): SlowVisit {
  const { isWrite, isLongTerm, era } = demand;
  const none: SlowVisit = {
    refusal: 'none',
    mapFaults: 0,
    entryFaults: 0,
    replaceFaults: 0,
    copies: 0,
    isZero: false,
    flags: found,
  };
  if (isLongTerm && (found & FLAG.file) !== 0) return { ...none, refusal: 'unseen' };
  if ((found & FLAG.special) !== 0) return { ...none, refusal: 'seen' };
  const isMapped = (found & FLAG.absent) !== 0;
  let flags = found & ~FLAG.absent;
  // What a fault brings in for a long-term pin comes from memory that can be pinned.
  if (isMapped && isLongTerm) flags &= ~FLAG.cma;
  const isHint = (flags & FLAG.protnone) !== 0 && faultsOnHint(era);
  if (isHint) flags &= ~FLAG.protnone;
  const visit = { ...none, mapFaults: isMapped ? 1 : 0, entryFaults: isHint ? 1 : 0 } as const;
  if ((flags & FLAG.zero) !== 0) {
    if (isWrite) return { ...visit, replaceFaults: 1, flags: replacedFlags(flags) };
    const isGrabbed = leaf !== PTE_LEAF && !leavesHugeZero(era);
    // A kernel that does not know the huge zero folio takes it like any other.
    return { ...visit, isZero: !isGrabbed, flags: isGrabbed ? flags & ~FLAG.zero : flags };
  }
  const isReadonly = (flags & FLAG.readonly) !== 0;
  const isShared = (flags & FLAG.shared) !== 0;
  const isCopied = isShared && (needsExclusive(demand) || (isWrite && isReadonly));
  if (isCopied) return { ...visit, replaceFaults: 1, copies: 1, flags: replacedFlags(flags) };
  if (isWrite && isReadonly) {
    return {
      ...visit,
      entryFaults: isHint ? 2 : 1,
      flags: flags & ~FLAG.readonly,
    };
  }
  return { ...visit, flags };
}
