import type {
  BioMemory,
  MetaByStage,
  NodestatByStage,
  ReferenceBvec,
  ReferenceRequest,
  ReferenceResult,
  ReferenceRow,
  Temporary,
} from '../reference/index.ts';

/**
 * One column of a table: what is listed must hold exactly, what is not listed is left open.
 * `references` sums all folios, and holds for added and removed alike.
 */
export type WorkedExample = {
  readonly name: string;
  readonly rows: readonly ReferenceRow[];
  readonly request: ReferenceRequest;
  readonly expected: {
    readonly events: Readonly<Partial<Record<string, number>>>;
    readonly outcome?: ReferenceResult['outcome'];
    readonly pages?: number;
    readonly folioRuns?: number;
    readonly physicalRuns?: number;
    readonly bios?: number;
    readonly calls?: number;
    readonly bvecs?: readonly ReferenceBvec[];
    readonly bio?: BioMemory;
    readonly temporary?: Temporary;
    readonly irqOffPages?: number;
    readonly references?: number;
    readonly meta?: MetaByStage;
    readonly nodestat?: NodestatByStage;
  };
};

export type Parameters = ReferenceRequest['parameters'];
export type Expected = WorkedExample['expected'];

export const kib = 1024;
export const mib = 1024 * kib;

/** One order-5 folio mapped by 32 PTEs. */
export const layoutA: readonly ReferenceRow[] = [
  { vaPage: 0, pfn: 4096, pages: 32, order: 5, leaf: 'pte', flags: [] },
];

/** `pages` order-0 folios, no two of them neighbours. */
export function scatter(pages: number): readonly ReferenceRow[] {
  return Array.from({ length: pages }, (_, vaPage) => ({
    vaPage,
    pfn: 20_001 + 2 * vaPage,
    pages: 1,
    order: 0,
    leaf: 'pte' as const,
    flags: [],
  }));
}

export const layoutB = scatter(32);

/** 32 order-0 folios that are neighbours in memory (B′). */
export const layoutContiguous: readonly ReferenceRow[] = [
  { vaPage: 0, pfn: 5001, pages: 32, order: 0, leaf: 'pte', flags: [] },
];

/** An order-4 folio whose seventh page was copied away, the tail of an order-2 one, four pages. */
export const layoutCopied: readonly ReferenceRow[] = [
  { vaPage: 0, pfn: 4096, pages: 6, order: 4, leaf: 'pte', flags: [] },
  { vaPage: 6, pfn: 9001, pages: 1, order: 0, leaf: 'pte', flags: [] },
  { vaPage: 7, pfn: 4103, pages: 9, order: 4, leaf: 'pte', flags: [] },
  { vaPage: 16, pfn: 8193, pages: 3, order: 2, leaf: 'pte', flags: [] },
  { vaPage: 19, pfn: 20_000, pages: 4, order: 0, leaf: 'pte', flags: [] },
];

export const layoutThp: readonly ReferenceRow[] = [
  { vaPage: 0, pfn: 4096, pages: 512, order: 9, leaf: 'pmd', flags: [] },
];

export const layoutThpByPte: readonly ReferenceRow[] = [
  { vaPage: 0, pfn: 4096, pages: 512, order: 9, leaf: 'pte', flags: [] },
];

export function write(
  strategy: string,
  parameters: Parameters,
  length: number,
  offset = 0,
  path: 'async' | 'sync' = 'async',
): ReferenceRequest {
  return { op: 'write', offset, length, path, strategy, parameters };
}

/** One GUP call that pins within one PTE table. */
export const oneCall = {
  argcheck: 1,
  seq_begin: 1,
  seq_check: 1,
  irq_save: 1,
  irq_restore: 1,
  lvl_pgd: 1,
  lvl_p4d: 1,
  lvl_pud: 1,
  lvl_pmd: 1,
  pte_map: 1,
  pte_unmap: 1,
} as const;

export const twoCalls = {
  argcheck: 2,
  seq_begin: 2,
  seq_check: 2,
  irq_save: 2,
  irq_restore: 2,
  lvl_pgd: 2,
  lvl_p4d: 2,
  lvl_pud: 2,
  lvl_pmd: 2,
  pte_map: 2,
  pte_unmap: 2,
} as const;

export const threeCalls = {
  argcheck: 3,
  seq_begin: 3,
  seq_check: 3,
  irq_save: 3,
  irq_restore: 3,
  lvl_pgd: 3,
  lvl_p4d: 3,
  lvl_pud: 3,
  lvl_pmd: 3,
} as const;

export const noMemory: Temporary = {
  stackBytes: 0,
  heapBytes: 0,
  heapRequested: 0,
  pagesAllocated: 0,
};

export function stack(stackBytes: number): Temporary {
  return { ...noMemory, stackBytes };
}

export function heap(heapRequested: number, heapBytes: number): Temporary {
  return { ...noMemory, heapRequested, heapBytes };
}

export const slabOf64: BioMemory = { path: 'async', vecs: 64, bytes: 1024, source: 'slab' };

/** 32 order-0 vectors of one page each. */
export function vectorPerPage(rows: readonly ReferenceRow[]): readonly ReferenceBvec[] {
  return rows.flatMap((row) =>
    Array.from({ length: row.pages }, (_, page) => ({
      pfn: row.pfn + page,
      offset: 0,
      length: 4096,
    })),
  );
}

export const oneAllocation = { kmalloc: 1, kfree: 1 } as const;
export const noAllocation = { kmalloc: 0, kfree: 0 } as const;

const copiedRequest = { length: 90_112, offset: 512 } as const;

export function writeCopied(strategy: string, parameters: Parameters): ReferenceRequest {
  return write(strategy, parameters, copiedRequest.length, copiedRequest.offset);
}
