import { folioHead, pagesLeftInFolio } from '../layout/folio.ts';

/** One bio vector before the I/O's own offset and tail are cut off. Unit of both: base pages. */
export type PageVector = { readonly pfn: number; pages: number };

/** References of one folio over an I/O. */
export type FolioReferences = { added: number; removed: number };

/**
 * One step of an I/O, in the order in which the kernel takes it. `count` equal steps in a row are one
 * entry. `pages` is the size of what the step works on: of one of them for a grab, of all together for faults
 * and for folios from the page cache.
 */
export type Step = {
  readonly kind:
    | 'bio'
    | 'extract'
    | 'gup'
    | 'stop'
    | 'slow'
    | 'fault'
    | 'migrate'
    | 'table'
    | 'grab'
    | 'slow-grab'
    | 'table-end'
    | 'gup-end'
    | 'slow-end'
    | 'extract-end'
    | 'bvec'
    | 'merge'
    | 'allocate'
    | 'free'
    | 'bio-end';
  readonly count: number;
  /** First frame worked on, or -1 where a step has none. */
  readonly pfn: number;
  readonly pages: number;
};

/** Writes down what `explain` shows. `simulate` passes none, so that nothing is allocated. */
export class Recorder {
  readonly vectors: PageVector[] = [];
  /** Keyed by the folio's head frame. */
  readonly references = new Map<number, FolioReferences>();
  readonly steps: Step[] = [];

  step(kind: Step['kind'], count: number, pfn: number, pages: number): void {
    this.steps.push({ kind, count, pfn, pages });
  }

  startVector(pfn: number, pages: number): void {
    this.vectors.push({ pfn, pages });
  }

  extendVector(pages: number): void {
    const last = this.vectors.at(-1);
    if (last !== undefined) last.pages += pages;
  }

  /**
   * Books references of every folio in a stretch of frames.
   *
   * @param isOnePerRun  One reference for each folio piece instead of one for each page.
   * @param sign         1 when they are taken, -1 when they are dropped.
   */
  bookReferences(
    pfn: number,
    pages: number,
    order: number,
    isOnePerRun: boolean,
    sign: 1 | -1,
  ): void {
    let at = pfn;
    let left = pages;
    while (left > 0) {
      const piece = Math.min(left, pagesLeftInFolio(at, order));
      const head = folioHead(at, order);
      const booked = this.references.get(head) ?? { added: 0, removed: 0 };
      const references = isOnePerRun ? 1 : piece;
      if (sign === 1) booked.added += references;
      else booked.removed += references;
      this.references.set(head, booked);
      at += piece;
      left -= piece;
    }
  }
}
