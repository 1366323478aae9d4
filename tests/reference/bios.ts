import type { BioMemory, MappedPage, ReferenceBvec } from './types.ts';

/** A bio vector as the list of pages it covers, physically one after the other. */
export type Bvec = { readonly pages: MappedPage[] };

export type Bio = {
  /** `bi_max_vecs`: how many vectors fit. */
  readonly maxVecs: number;
  readonly bvecs: Bvec[];
  readonly memory: BioMemory;
};

const bioMaxVecs = 256;
const bvecBytes = 16;
const inlineVecs = 4;

/** Builds an empty bio for the pages that are left of an I/O of `allPages`. */
export function startBio(path: 'async' | 'sync', allPages: number, pagesLeft: number): Bio {
  if (path === 'sync' && allPages <= bioMaxVecs) {
    return { maxVecs: allPages, bvecs: [], memory: synchronousTable(allPages) };
  }
  const maxVecs = roundUpToClass(Math.min(bioMaxVecs, pagesLeft));
  const memory = {
    path,
    vecs: maxVecs,
    bytes: bvecBytes * maxVecs,
    source: maxVecs === inlineVecs ? ('inline' as const) : ('slab' as const),
  };
  return { maxVecs, bvecs: [], memory };
}

/** The block device's synchronous path: four vectors on the stack, else exactly as many as pages. */
function synchronousTable(pages: number): BioMemory {
  if (pages <= inlineVecs) {
    return { path: 'sync', vecs: inlineVecs, bytes: bvecBytes * inlineVecs, source: 'stack' };
  }
  return { path: 'sync', vecs: pages, bytes: bvecBytes * pages, source: 'kmalloc' };
}

function roundUpToClass(vecs: number): number {
  for (const size of [inlineVecs, 16, 64, 128]) {
    if (vecs <= size) {
      return size;
    }
  }
  return bioMaxVecs;
}

/** All vectors of all bios in order. */
export function listBvecs(bios: readonly Bio[]): ReferenceBvec[] {
  const result: ReferenceBvec[] = [];
  for (const bio of bios) {
    for (const { pages } of bio.bvecs) {
      let length = 0;
      for (const page of pages) {
        length += page.length;
      }
      const first = pages[0];
      if (first !== undefined) {
        result.push({ pfn: first.pfn, offset: first.offset, length });
      }
    }
  }
  return result;
}

/** The vector tables of all bios together; `unused` tells the source when no bio was built. */
export function sumBioMemory(bios: readonly Bio[], unused: Bio): BioMemory {
  let vecs = 0;
  let bytes = 0;
  for (const bio of bios) {
    vecs += bio.memory.vecs;
    bytes += bio.memory.bytes;
  }
  const first = bios[0] ?? unused;
  return { path: first.memory.path, vecs, bytes, source: first.memory.source };
}
