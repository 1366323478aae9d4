/** One row of a layout: consecutive virtual pages backed by consecutive frames. */
export type ReferenceRow = {
  readonly vaPage: number;
  readonly pfn: number;
  readonly pages: number;
  readonly order: number;
  readonly leaf: 'pte' | 'pmd' | 'pud';
  readonly flags: readonly string[];
};

/** One direct I/O. `offset` and `length` are bytes; offset 0 is virtual page 0. */
export type ReferenceRequest = {
  readonly op: 'read' | 'write';
  readonly offset: number;
  readonly length: number;
  readonly path: 'async' | 'sync';
  readonly strategy: string;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
};

/** One 4 KiB page of the I/O. `offset` and `length` say which of its bytes the I/O covers. */
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
  readonly pfn: number;
  /** Frame number of the folio's first page: the identity of the folio. */
  readonly folio: number;
  readonly order: number;
  readonly leaf: 'pte' | 'pmd' | 'pud';
  readonly isFile: boolean;
  readonly isDevmap: boolean;
  readonly isCompoundDevmap: boolean;
};

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
  readonly source: 'stack' | 'inline' | 'slab' | 'kmalloc';
};

export type ReferencesOfFolio = { readonly added: number; readonly removed: number };

export type MetaByStage = {
  readonly walkAndGrab: number;
  readonly add: number;
  readonly completion: number;
};

export type NodestatByStage = { readonly acquire: number; readonly release: number };

/** What one I/O cost, with the keys of `explain@1` except the priced ones. */
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
  readonly bvecs: readonly ReferenceBvec[];
  readonly bio: BioMemory;
  readonly temporary: Temporary;
  readonly irqOffPages: number;
  readonly references: ReadonlyMap<number, ReferencesOfFolio>;
  readonly metaByStage: MetaByStage;
  readonly nodestatByStage: NodestatByStage;
};
