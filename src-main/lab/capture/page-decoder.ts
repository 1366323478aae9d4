import { leafPages, PAGE_FLAGS, PAGES_OF_ORDER } from '#core';
import type { Extent, LeafLevel, PageFlag } from '#core';
import { ExtentBuilder } from './extent-builder.ts';
import { FRAME_FLAG } from './folio-index.ts';
import type { FolioIndex, FrameFolio } from './folio-index.ts';
import type { AreaMemory, MemoryArea } from './parse-areas.ts';

/**
 * Bits of the upper word of a pagemap entry; those of the lower word are all of the frame's number.
 *
 * @source Linux 6.18 fs/proc/task_mmu.c PM_PRESENT, PM_SWAP, PM_GUARD_REGION, PM_MMAP_EXCLUSIVE.
 */
const ENTRY = { present: 1 << 31, swapped: 1 << 30, guard: 1 << 26, exclusive: 1 << 24 } as const;
const FRAME_UPPER_BITS = 0x7f_ffff;
const TWO_TO_32 = 4_294_967_296;

const KIB_OF_PAGE = 4;
const KIB_OF_PMD = 2_048;
const KIB_OF_PUD = 1_048_576;

/** Virtual pages from the first up to the second. */
export type PageRange = { readonly startPage: number; readonly endPage: number };

/** What could not be written down, in pages. */
export type LeftOut = {
  /** In memory, but the kernel hides their frames. */
  hiddenFrames: number;
  /** In memory that has no struct pages which could be looked at. */
  withoutFolio: number;
  /** What several files said of them did not fit together. */
  readonly torn: PageRange[];
};

type PageTraits = {
  readonly memory: AreaMemory;
  readonly isAbsent?: boolean;
  readonly isReadonly: boolean;
  readonly isShared?: boolean;
  readonly isZero?: boolean;
};

function flagsFromTraits(traits: PageTraits): readonly PageFlag[] {
  const isSet: Partial<Record<PageFlag, boolean | undefined>> = {
    [traits.memory]: true,
    absent: traits.isAbsent,
    readonly: traits.isReadonly,
    shared: traits.isShared,
    zero: traits.isZero,
  };
  return PAGE_FLAGS.filter((flag) => isSet[flag] === true);
}

/** The level of the page tables that holds entries of a size. */
function leafFromKiB(entryKiB: number): LeafLevel {
  if (entryKiB >= KIB_OF_PUD) return 'pud';
  return entryKiB >= KIB_OF_PMD ? 'pmd' : 'pte';
}

/** The size of a page of hugetlbfs is that of its folio. */
function hugetlbOrder({ entryKiB }: MemoryArea): number {
  return Math.round(Math.log2(entryKiB / KIB_OF_PAGE));
}

function memoryOfFolio({ headFlags }: FrameFolio): AreaMemory {
  if ((headFlags & FRAME_FLAG.huge) !== 0) return 'hugetlb';
  if ((headFlags & FRAME_FLAG.anon) !== 0) return 'anon';
  return (headFlags & FRAME_FLAG.swapBacked) !== 0 ? 'shmem' : 'file';
}

/** Turns the pagemap entries of one area, taken in ascending order, into extents. */
export class PageDecoder {
  private readonly area: MemoryArea;
  private readonly areaMemory: AreaMemory;
  private readonly folios: FolioIndex;
  private readonly leftOut: LeftOut;
  private readonly builder = new ExtentBuilder();
  /** Equal pages share one list of flags. */
  private readonly knownFlags = new Map<string, readonly PageFlag[]>();

  /** @param leftOut  Is added to. */
  constructor(area: MemoryArea, memory: AreaMemory, folios: FolioIndex, leftOut: LeftOut) {
    this.area = area;
    this.areaMemory = memory;
    this.folios = folios;
    this.leftOut = leftOut;
  }

  /** What was taken so far. A page that is not in memory has frame 0 until it is given another. */
  extents(): Extent[] {
    return this.builder.extents();
  }

  /** Takes pages that have no entry: the first access will bring them in. */
  takeUntouched({ startPage, endPage }: PageRange): void {
    if (endPage > startPage) this.appendAbsent(startPage, endPage - startPage, this.areaMemory);
  }

  /**
   * Takes entries as they stand in /proc/PID/pagemap.
   *
   * @param words        Two for each page, the lower one first.
   * @param isPmdMapped  The pages are mapped by PMD entries; hugetlb says so by itself.
   */
  takeEntries(firstPage: number, words: Uint32Array, isPmdMapped: boolean): void {
    for (let index = 0; index * 2 < words.length; index += 1) {
      const lower = words[index * 2] ?? 0;
      const upper = words[index * 2 + 1] ?? 0;
      const vaPage = firstPage + index;
      if ((upper & ENTRY.present) !== 0) {
        const frame = (upper & FRAME_UPPER_BITS) * TWO_TO_32 + lower;
        this.takePresent(vaPage, frame, (upper & ENTRY.exclusive) !== 0, isPmdMapped);
      } else if (isPmdMapped) {
        this.takeTorn(vaPage);
      } else if ((upper & ENTRY.guard) === 0) {
        const isSwapped = (upper & ENTRY.swapped) !== 0;
        // Only anonymous pages leave the number of their place in swap in the entry.
        this.appendAbsent(vaPage, 1, isSwapped && !this.area.isHugetlb ? 'anon' : this.areaMemory);
      }
    }
  }

  private appendAbsent(vaPage: number, pages: number, memory: AreaMemory): void {
    const order = this.area.isHugetlb ? hugetlbOrder(this.area) : 0;
    const leaf = this.area.isHugetlb ? leafFromKiB(this.area.entryKiB) : 'pte';
    const flags = this.flagsOf({ memory, isAbsent: true, isReadonly: !this.area.isWritable });
    this.builder.append({ vaPage, pfn: 0, pages, order, leaf, flags });
  }

  private takePresent(vaPage: number, frame: number, isExclusive: boolean, isPmd: boolean): void {
    if (frame === 0) {
      this.leftOut.hiddenFrames += 1;
      return;
    }
    const folio = this.folios.folioOf(frame);
    if (folio === null) {
      this.takeTorn(vaPage);
    } else if ((folio.headFlags & FRAME_FLAG.noPage) !== 0) {
      this.leftOut.withoutFolio += 1;
    } else if ((folio.headFlags & FRAME_FLAG.zeroPage) !== 0) {
      this.appendZero(vaPage, folio);
    } else {
      this.appendPresent(vaPage, frame, folio, { isExclusive, isPmd });
    }
  }

  /** The huge zero folio is mapped by PMD entries only; its small brother has no order. */
  private appendZero(vaPage: number, { order }: FrameFolio): void {
    const leaf = order === 0 ? 'pte' : 'pmd';
    const traits = { memory: this.areaMemory, isReadonly: !this.area.isWritable, isZero: true };
    this.builder.append({ vaPage, pfn: 0, pages: 1, order, leaf, flags: this.flagsOf(traits) });
  }

  private appendPresent(
    vaPage: number,
    frame: number,
    folio: FrameFolio,
    { isExclusive, isPmd }: { readonly isExclusive: boolean; readonly isPmd: boolean },
  ): void {
    const { isHugetlb, entryKiB } = this.area;
    const mapped = isPmd ? 'pmd' : 'pte';
    const leaf = isHugetlb ? leafFromKiB(entryKiB) : mapped;
    const order = isHugetlb ? hugetlbOrder(this.area) : folio.order;
    const size = leafPages(leaf);
    if (size > (PAGES_OF_ORDER[order] ?? 1) || vaPage % size !== frame % size) {
      this.takeTorn(vaPage);
      return;
    }
    const flags = this.flagsOf(this.presentTraits(folio, isExclusive));
    this.builder.append({ vaPage, pfn: frame, pages: 1, order, leaf, flags });
  }

  /**
   * What of a page's state can be told. Entries do not show whether they may be written; they may not
   * where the area may not, where a private mapping still shows the file's own page, and where
   * processes share what is to be copied by who writes first.
   */
  private presentTraits(folio: FrameFolio, isExclusive: boolean): PageTraits {
    const isAnonymous = (folio.headFlags & FRAME_FLAG.anon) !== 0;
    const isMerged = (folio.headFlags & FRAME_FLAG.ksm) !== 0;
    const isShared = isAnonymous && (isMerged || !isExclusive);
    const isOfFile = !isAnonymous && !this.area.isShared;
    const isReadonly = !this.area.isWritable || isShared || isOfFile;
    return { memory: memoryOfFolio(folio), isReadonly, isShared };
  }

  private takeTorn(vaPage: number): void {
    const last = this.leftOut.torn.at(-1);
    if (last?.endPage === vaPage) {
      this.leftOut.torn[this.leftOut.torn.length - 1] = { ...last, endPage: vaPage + 1 };
    } else {
      this.leftOut.torn.push({ startPage: vaPage, endPage: vaPage + 1 });
    }
  }

  private flagsOf(traits: PageTraits): readonly PageFlag[] {
    const { memory, isAbsent = false, isReadonly, isShared = false, isZero = false } = traits;
    const key = `${memory}${Number(isAbsent)}${Number(isReadonly)}${Number(isShared)}${Number(isZero)}`;
    let flags = this.knownFlags.get(key);
    if (flags === undefined) {
      flags = flagsFromTraits(traits);
      this.knownFlags.set(key, flags);
    }
    return flags;
  }
}
