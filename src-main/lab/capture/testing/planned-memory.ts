import type { Extent } from '#core';
import { FRAME_FLAG } from '../folio-index.ts';
import { folioFrames } from './made-up-process.ts';
import type { MadeUpArea, MadeUpEntry, MadeUpMemory } from './made-up-process.ts';

/** Pages in 1 GiB. */
export const GIB = 262_144;
/** The first virtual page of all. */
export const START = 7 * GIB + 1024;
/** The flags of a frame by its type of memory. */
export const MEMORY_FLAGS = {
  anon: FRAME_FLAG.anon | FRAME_FLAG.swapBacked,
  shmem: FRAME_FLAG.swapBacked,
  file: 0,
} as const;

/** A piece of an area, and what its pages should be found to be. */
export type Piece =
  | {
      readonly kind: 'folio';
      readonly order: number;
      readonly memory: keyof typeof MEMORY_FLAGS;
      readonly skipped: number;
      readonly pages: number;
      readonly isExclusive: boolean;
    }
  | { readonly kind: 'pmd' | 'huge-zero' }
  | { readonly kind: 'zero' | 'untouched' | 'swapped' | 'guard'; readonly pages: number };
export type PlannedArea = { readonly permissions: string; readonly pieces: readonly Piece[] };
/** One page of the truth; `pfn` is null where there is no frame to be found. */
export type TruePage = Pick<Extent, 'vaPage' | 'order' | 'leaf'> & {
  readonly pfn: number | null;
  readonly flags: string;
};

/** Builds the files of the kernel and the truth beside each other. */
class MemoryPlan {
  readonly areas: MadeUpArea[] = [];
  readonly entries: MadeUpEntry[] = [];
  readonly frames = new Map<number, number>();
  readonly truth: TruePage[] = [];
  private nextPage = START;
  private nextFrame = 3 * GIB + 5;

  constructor(areas: readonly PlannedArea[]) {
    this.frames.set(1, FRAME_FLAG.zeroPage);
    for (const [frame, flags] of folioFrames(512, 9, FRAME_FLAG.zeroPage)) {
      this.frames.set(frame, flags);
    }
    for (const area of areas) this.addArea(area);
  }

  private addArea({ permissions, pieces }: PlannedArea): void {
    this.nextPage = Math.ceil((this.nextPage + 1) / 512) * 512;
    const startPage = this.nextPage;
    const isReadonly = permissions[1] === '-';
    for (const piece of pieces) this.addPiece(piece, isReadonly, permissions.endsWith('p'));
    const pmdPages = pieces.filter(({ kind }) => kind === 'pmd').length * 2048;
    const endPage = this.nextPage;
    this.areas.push({ startPage, endPage, permissions, pmdMappedKiB: pmdPages });
  }

  private add(
    entry: Omit<MadeUpEntry, 'vaPage'> | null,
    page: Omit<TruePage, 'vaPage'> | null,
  ): void {
    const vaPage = this.nextPage;
    if (entry !== null) this.entries.push({ vaPage, ...entry });
    if (page !== null) this.truth.push({ vaPage, ...page });
    this.nextPage += 1;
  }

  private addPiece(piece: Piece, isReadonly: boolean, isPrivate: boolean): void {
    const readonly = isReadonly ? '|readonly' : '';
    const small = { order: 0, leaf: 'pte', pfn: null } as const;
    const absent = { ...small, flags: `anon|absent${readonly}` };
    if (piece.kind === 'folio') {
      this.addFolio(piece, isReadonly, isPrivate);
    } else if (!('pages' in piece)) {
      while (this.nextPage % 512 !== 0) this.add(null, absent);
      this.addHuge(piece.kind, readonly);
    } else {
      for (let page = 0; page < piece.pages; page += 1) {
        if (piece.kind === 'zero') {
          this.add({ frame: 1 }, { ...small, flags: `anon${readonly}|zero` });
        } else if (piece.kind === 'guard') this.add({ isGuard: true, isSwapped: true }, null);
        else this.add(piece.kind === 'swapped' ? { isSwapped: true } : null, absent);
      }
    }
  }

  private addHuge(kind: 'pmd' | 'huge-zero', readonly: string): void {
    const isZero = kind === 'huge-zero';
    const head = isZero ? 512 : this.placeFolio(9, MEMORY_FLAGS.anon);
    const flags = isZero ? `anon${readonly}|zero` : `anon${readonly}`;
    for (let page = 0; page < 512; page += 1) {
      const pfn = isZero ? null : head + page;
      const entry = { frame: head + page, isPmdMapped: true, isExclusive: !isZero };
      this.add(entry, { order: 9, leaf: 'pmd', pfn, flags });
    }
  }

  private addFolio(
    piece: Extract<Piece, { readonly kind: 'folio' }>,
    isReadonly: boolean,
    isPrivate: boolean,
  ): void {
    const { order, memory, isExclusive } = piece;
    const size = 2 ** order;
    const skipped = Math.min(piece.skipped, size - 1);
    const head = this.placeFolio(order, MEMORY_FLAGS[memory]);
    const isShared = memory === 'anon' && !isExclusive;
    const isOfFile = memory !== 'anon' && isPrivate;
    const flags = [
      memory,
      ...(isReadonly || isShared || isOfFile ? ['readonly'] : []),
      ...(isShared ? ['shared'] : []),
    ].join('|');
    for (let page = skipped; page < Math.min(size, skipped + piece.pages); page += 1) {
      const pfn = head + page;
      this.add({ frame: pfn, isExclusive }, { order, leaf: 'pte', pfn, flags });
    }
  }

  private placeFolio(order: number, flags: number): number {
    const head = Math.ceil(this.nextFrame / 2 ** order) * 2 ** order;
    this.nextFrame = head + 2 ** order;
    for (const [frame, each] of folioFrames(head, order, flags)) this.frames.set(frame, each);
    return head;
  }
}

/** Builds what a kernel would tell of areas, and what of each page is true. */
export function planMemory(
  areas: readonly PlannedArea[],
): MadeUpMemory & { readonly truth: readonly TruePage[] } {
  const plan = new MemoryPlan(areas);
  return { areas: plan.areas, entries: plan.entries, frames: plan.frames, truth: plan.truth };
}
