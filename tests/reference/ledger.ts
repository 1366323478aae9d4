import type {
  MappedPage,
  MetaByStage,
  NodestatByStage,
  Overheads,
  ReferencesOfFolio,
  Temporary,
} from './types.ts';

export const eventNames = [
  'argcheck',
  'seq_begin',
  'seq_check',
  'irq_save',
  'irq_restore',
  'lvl_pgd',
  'lvl_p4d',
  'lvl_pud',
  'lvl_pmd',
  'pte_map',
  'pte_unmap',
  'pte_read',
  'recheck',
  'meta',
  'pagemap',
  'lock_op',
  'lock_op.reference',
  'lock_op.mark',
  'lock_op.release',
  'lock_op.dirty',
  'lock_op.other',
  'nodestat',
  'spill',
  'ptr_store',
  'vec_store',
  'copy',
  'bvec_new',
  'merge_test',
  'merge_ok',
  'contig_cmp',
  'kmalloc',
  'kfree',
  'page_alloc',
  'mmap_rlock',
  'mmap_runlock',
  'vma_find',
  'ptl_lock',
  'ptl_unlock',
  'fault',
  'put',
  'unpin_call',
  'dirty_folio',
] as const;

export type EventName = (typeof eventNames)[number];

/** A counter delta beyond this spills from the per-CPU counter to the global ones. */
const spillThreshold = 125;

/** Everything counted during one I/O. */
export class Ledger {
  calls = 0;
  irqOffPages = 0;
  slowGrabs = 0;
  copies = 0;
  /** Pages cleared or copied by faults. */
  faultPages = 0;
  newFolios = 0;
  newLargeFolios = 0;
  splits = 0;
  migrations = 0;
  private readonly counts = new Map<EventName, number>();
  private readonly metas = { walkAndGrab: 0, add: 0, completion: 0 };
  private readonly nodestats = { acquire: 0, release: 0 };
  private readonly folios = new Map<number, { added: number; removed: number }>();
  private stackBytes = 0;
  private heapBytes = 0;
  private heapRequested = 0;

  count(event: EventName, times: number): void {
    this.counts.set(event, (this.counts.get(event) ?? 0) + times);
  }

  lockOperation(kind: 'reference' | 'mark' | 'release' | 'dirty', times: number): void {
    this.count('lock_op', times);
    this.count(`lock_op.${kind}`, times);
  }

  meta(stage: keyof MetaByStage, times: number): void {
    this.count('meta', times);
    this.metas[stage] += times;
  }

  /** `undo` = what was released before the request was served; it belongs to no stage. */
  nodestat(stage: keyof NodestatByStage | 'undo', delta: number): void {
    this.count('nodestat', 1);
    if (stage !== 'undo') {
      this.nodestats[stage] += 1;
    }
    if (delta > spillThreshold) {
      this.count('spill', 1);
    }
  }

  addReferences(page: MappedPage, references: number): void {
    this.referencesOf(page).added += references;
  }

  removeReferences(page: MappedPage, references: number): void {
    this.referencesOf(page).removed += references;
  }

  /** Notes a result array on the stack. The same stack serves every call: the largest counts. */
  useStack(bytes: number): void {
    this.stackBytes = Math.max(this.stackBytes, bytes);
  }

  /** Notes one allocation and its later release. Sizes of all allocations add up. */
  useHeap(requested: number): void {
    this.count('kmalloc', 1);
    this.count('kfree', 1);
    this.heapRequested += requested;
    this.heapBytes += kmallocSize(requested);
  }

  noteInterruptsOff(pages: number): void {
    this.irqOffPages = Math.max(this.irqOffPages, pages);
  }

  get events(): Record<string, number> {
    return Object.fromEntries(eventNames.map((name) => [name, this.counts.get(name) ?? 0]));
  }

  get overheads(): Overheads {
    return {
      slow_grab_call: this.slowGrabs,
      fault_copy: this.copies,
      fault_folio: this.newFolios,
      fault_large: this.newLargeFolios,
      fault_page: this.faultPages,
      fault_split: this.splits,
      migration: this.migrations,
    };
  }

  get metaByStage(): MetaByStage {
    return this.metas;
  }

  get nodestatByStage(): NodestatByStage {
    return this.nodestats;
  }

  get references(): ReadonlyMap<number, ReferencesOfFolio> {
    return this.folios;
  }

  get temporary(): Temporary {
    return {
      stackBytes: this.stackBytes,
      heapBytes: this.heapBytes,
      heapRequested: this.heapRequested,
      pagesAllocated: 0,
    };
  }

  private referencesOf(page: MappedPage): { added: number; removed: number } {
    let references = this.folios.get(page.folio);
    if (references === undefined) {
      references = { added: 0, removed: 0 };
      this.folios.set(page.folio, references);
    }
    return references;
  }
}

/** Bytes really taken by an allocation: its slab class, or above 8 KiB a power of two of pages. */
export function kmallocSize(requested: number): number {
  for (const size of [8, 16, 32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192]) {
    if (requested <= size) {
      return size;
    }
  }
  let size = 16384;
  while (size < requested) {
    size *= 2;
  }
  return size;
}
