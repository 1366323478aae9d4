import { MAX_ORDER, PAGES_OF_ORDER } from '#core';

/** Bits of /proc/kpageflags. Source: Linux 6.18 include/uapi/linux/kernel-page-flags.h. */
export const FRAME_FLAG = {
  anon: 1 << 12,
  swapBacked: 1 << 14,
  compoundHead: 1 << 15,
  compoundTail: 1 << 16,
  huge: 1 << 17,
  noPage: 1 << 20,
  ksm: 1 << 21,
  zeroPage: 1 << 24,
} as const;

/** The folio a frame belongs to. */
export type FrameFolio = {
  readonly head: number;
  /** The folio has 2^order frames. */
  readonly order: number;
  /** The flags of the folio's first frame: older kernels tell little of the others. */
  readonly headFlags: number;
};

/** Reads the flags of consecutive frames; frames beyond all memory have `noPage`. */
export type ReadFrameFlags = (firstFrame: number, frames: number) => Uint32Array;

/** Flags are read and kept in blocks as large as a PMD entry's folio. */
const BLOCK_FRAMES = 512;
/** 32,768 blocks are 64 MiB of flags for 64 GiB of frames; more are read again when asked for. */
const KEPT_BLOCKS = 32_768;

const COMPOUND = FRAME_FLAG.compoundHead | FRAME_FLAG.compoundTail;

function holdsFrame({ head, order }: FrameFolio, frame: number): boolean {
  return frame >= head && frame < head + (PAGES_OF_ORDER[order] ?? 1);
}

/** Finds folios by the flags of frames, of which it remembers what it has read. */
export class FolioIndex {
  private readonly readFlags: ReadFrameFlags;
  private readonly blocks = new Map<number, Uint32Array>();
  /** The pages of one folio mostly stand side by side. */
  private last: FrameFolio | null = null;

  constructor(readFlags: ReadFrameFlags) {
    this.readFlags = readFlags;
  }

  /** The flags of one frame. */
  flagsOf(frame: number): number {
    const block = Math.floor(frame / BLOCK_FRAMES);
    let flags = this.blocks.get(block);
    if (flags === undefined) {
      if (this.blocks.size >= KEPT_BLOCKS) this.blocks.clear();
      flags = this.readFlags(block * BLOCK_FRAMES, BLOCK_FRAMES);
      this.blocks.set(block, flags);
    }
    return flags[frame % BLOCK_FRAMES] ?? FRAME_FLAG.noPage;
  }

  /**
   * The folio of a frame. Folios are naturally aligned, so the head is the frame rounded down to a
   * power of two, and of the frames a power of two after the head those inside the folio are tails.
   *
   * @returns null where a tail has no head: the flags were read while the folio came or went.
   * @source SPEC rule LAY-3.
   */
  folioOf(frame: number): FrameFolio | null {
    if (this.last !== null && holdsFrame(this.last, frame)) return this.last;
    const flags = this.flagsOf(frame);
    if ((flags & COMPOUND) === 0) return { head: frame, order: 0, headFlags: flags };
    const head = this.headOf(frame);
    if (head === null) return null;
    const folio = { head, order: this.orderFrom(head), headFlags: this.flagsOf(head) };
    if (!holdsFrame(folio, frame)) return null;
    this.last = folio;
    return folio;
  }

  private headOf(frame: number): number | null {
    for (const size of PAGES_OF_ORDER) {
      const candidate = Math.floor(frame / size) * size;
      const flags = this.flagsOf(candidate);
      if ((flags & FRAME_FLAG.compoundHead) !== 0) return candidate;
      if ((flags & FRAME_FLAG.compoundTail) === 0) return null;
    }
    return null;
  }

  private orderFrom(head: number): number {
    let order = 0;
    while (order < MAX_ORDER && this.isTail(head + (PAGES_OF_ORDER[order] ?? 1))) order += 1;
    return order;
  }

  private isTail(frame: number): boolean {
    return (this.flagsOf(frame) & FRAME_FLAG.compoundTail) !== 0;
  }
}
