/** One row of a layout: consecutive virtual pages backed by consecutive frames. */
export type ReferenceRow = {
  readonly vaPage: number;
  readonly pfn: number;
  readonly pages: number;
  readonly order: number;
  readonly leaf: 'pte' | 'pmd' | 'pud';
  readonly flags: readonly string[];
};

/** One request. `offset` and `length` are bytes; offset 0 is virtual page 0. */
export type ReferenceRequest = {
  /** Who pins; a direct I/O where nothing is said. */
  readonly api?: 'direct-io' | 'gup-test' | 'register';
  readonly op: 'read' | 'write';
  readonly offset: number;
  readonly length: number;
  readonly path: 'async' | 'sync';
  /** For `gup-test`: pages one call asks for. */
  readonly pagesPerCall?: number;
  readonly strategy: string;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
};

/** One 4 KiB page of the request. `offset` and `length` say which of its bytes it covers. */
export type Page = MappedPage | UnmappedPage;

export type UnmappedPage = {
  readonly mapped: false;
  readonly vaPage: number;
};

export type MappedPage = {
  readonly mapped: true;
  readonly vaPage: number;
  readonly offset: number;
  readonly length: number;
  /** Index of the row that maps the page. */
  readonly row: number;
  readonly pfn: number;
  /** Frame number of the folio's first page: the identity of the folio. */
  readonly folio: number;
  readonly order: number;
  readonly leaf: 'pte' | 'pmd' | 'pud';
  readonly type: MemoryType;
  /** Device memory with compound pages. */
  readonly isCompound: boolean;
  readonly isAbsent: boolean;
  readonly isReadonly: boolean;
  readonly isShared: boolean;
  readonly isZero: boolean;
  readonly isCma: boolean;
  readonly isProtnone: boolean;
  readonly isSpecial: boolean;
};

export type MemoryType = 'anon' | 'file' | 'shmem' | 'hugetlb' | 'devmap';

/** Kernels whose rules differ, oldest first. */
export const kernels = ['v5.10', 'v6.11', 'v6.12', 'v7.0'] as const;
export type Kernel = (typeof kernels)[number];

/** What the pages are wanted for, and under which kernel's rules. */
export type Demand = {
  readonly kernel: Kernel;
  readonly kind: 'get' | 'pin';
  /** The pages will be written to: a read from the device, or a registration. */
  readonly writes: boolean;
  readonly isLongTerm: boolean;
};

/** Whether these are the rules of a kernel or of one before it. */
export function isUpTo(demand: Demand, kernel: Kernel): boolean {
  return kernels.indexOf(demand.kernel) <= kernels.indexOf(kernel);
}

/** Frame and byte range of one bio vector. `offset` is below 4096. */
export type ReferenceBvec = {
  readonly pfn: number;
  readonly offset: number;
  readonly length: number;
};

export type Temporary = {
  readonly stackBytes: number;
  readonly heapBytes: number;
  readonly heapRequested: number;
  readonly pagesAllocated: number;
};

export type BioMemory = {
  readonly path: 'async' | 'sync';
  readonly vecs: number;
  readonly bytes: number;
  readonly source: 'none' | 'stack' | 'inline' | 'slab' | 'kmalloc';
};

export type ReferencesOfFolio = { readonly added: number; readonly removed: number };

export type MetaByStage = {
  readonly walkAndGrab: number;
  readonly add: number;
  readonly completion: number;
};

export type NodestatByStage = { readonly acquire: number; readonly release: number };

/** Priced work that is no event. */
export type Overheads = {
  readonly slow_grab_call: number;
  readonly fault_copy: number;
  readonly fault_folio: number;
  readonly fault_large: number;
  readonly fault_page: number;
  readonly fault_split: number;
  readonly migration: number;
};

/** What one request cost, with the keys of `explain@1` except the priced ones. */
export type ReferenceResult = {
  readonly strategy: string;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  readonly outcome: { readonly kind: 'pinned' | 'short' | 'efault'; readonly pages: number };
  readonly pages: number;
  readonly folioRuns: number;
  readonly physicalRuns: number;
  readonly bios: number;
  readonly calls: number;
  readonly events: Readonly<Record<string, number>>;
  readonly overheads: Overheads;
  readonly bvecs: readonly ReferenceBvec[];
  readonly bio: BioMemory;
  readonly temporary: Temporary;
  readonly irqOffPages: number;
  readonly references: ReadonlyMap<number, ReferencesOfFolio>;
  readonly metaByStage: MetaByStage;
  readonly nodestatByStage: NodestatByStage;
};
