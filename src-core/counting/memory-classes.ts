const KMALLOC_CLASSES = [8, 16, 32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192] as const;
const KMALLOC_LIMIT = 8192;
const SYNC_STACK_VECTORS = 4;
const BVEC_CLASSES = [4, 16, 64, 128, 256] as const;

/** The most vectors a bio can have (BIO_MAX_VECS). */
export const BIO_MAX_VECTORS = 256;
/** Bytes of one bio_vec. */
export const BVEC_BYTES = 16;

/** Whether a request is too large for a slab and is served in whole pages. */
export function isLargeKmalloc(bytes: number): boolean {
  return bytes > KMALLOC_LIMIT;
}

/**
 * Bytes a kmalloc of `bytes` really takes: its slab class, above 8 KiB the next power of two of pages.
 *
 * @source SPEC rule MEM-1.
 */
export function kmallocClassBytes(bytes: number): number {
  for (const size of KMALLOC_CLASSES) if (bytes <= size) return size;
  let size = KMALLOC_LIMIT;
  while (size < bytes) size *= 2;
  return size;
}

/** Where a bio's own vectors come from. `none`: no bio was built. */
export type BioVectorSource = 'none' | 'stack' | 'inline' | 'slab' | 'kmalloc';
export type BioVectors = {
  /** bi_max_vecs of the bio. */
  readonly vectors: number;
  readonly bytes: number;
  readonly source: BioVectorSource;
};

/**
 * The vectors of one new bio.
 *
 * @param path       How the I/O was submitted.
 * @param ioPages    Pages of the whole I/O: the synchronous block path serves at most 256 of them.
 * @param pagesLeft  Pages not yet added to a bio, at least 1.
 * @source Linux 6.11 block/bio.c bio_alloc_bioset(), block/fops.c
 * __blkdev_direct_IO_simple(); SPEC rule BIO-1.
 */
export function bioVectorsFor(
  path: 'async' | 'sync',
  ioPages: number,
  pagesLeft: number,
): BioVectors {
  if (path === 'sync' && ioPages <= BIO_MAX_VECTORS) {
    return ioPages <= SYNC_STACK_VECTORS
      ? { vectors: SYNC_STACK_VECTORS, bytes: SYNC_STACK_VECTORS * BVEC_BYTES, source: 'stack' }
      : { vectors: ioPages, bytes: ioPages * BVEC_BYTES, source: 'kmalloc' };
  }
  const wanted = Math.min(BIO_MAX_VECTORS, pagesLeft);
  const vectors = BVEC_CLASSES.find((size) => wanted <= size) ?? BIO_MAX_VECTORS;
  return { vectors, bytes: vectors * BVEC_BYTES, source: vectors === 4 ? 'inline' : 'slab' };
}
