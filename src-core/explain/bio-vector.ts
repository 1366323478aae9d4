/** One bio vector: `pfn` is the frame of its first byte, `offset` lies below 4096. */
export type BioVector = { readonly pfn: number; readonly offset: number; readonly length: number };
