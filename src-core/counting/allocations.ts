import { BIO_MAX_VECTORS, isLargeKmalloc, kmallocClassBytes } from './memory-classes.ts';

const KMALLOC_NAMES = [
  'kmalloc-8',
  'kmalloc-16',
  'kmalloc-32',
  'kmalloc-64',
  'kmalloc-96',
  'kmalloc-128',
  'kmalloc-192',
  'kmalloc-256',
  'kmalloc-512',
  'kmalloc-1k',
  'kmalloc-2k',
  'kmalloc-4k',
  'kmalloc-8k',
  'kmalloc-large',
] as const;
const KMALLOC_BYTES = [8, 16, 32, 64, 96, 128, 192, 256, 512, 1024, 2048, 4096, 8192] as const;
const BIO_SLABS = [16, 64, 128, BIO_MAX_VECTORS] as const;

/**
 * Where memory of an I/O comes from. `result/…` is the walk's result, freed when the pages are added;
 * `bio/…` are the bio's own vectors, held until completion. Stack and inline memory is no allocation.
 */
export const ALLOCATION_SOURCES: readonly string[] = [
  ...KMALLOC_NAMES.map((name) => `result/${name}`),
  'result/page',
  ...KMALLOC_NAMES.map((name) => `bio/${name}`),
  ...BIO_SLABS.map((vectors) => `bio/biovec-${vectors}`),
];

const RESULT_PAGE = KMALLOC_NAMES.length;
const BIO_KMALLOC = RESULT_PAGE + 1;
const BIO_SLAB = BIO_KMALLOC + KMALLOC_NAMES.length;

function kmallocIndex(bytes: number): number {
  if (isLargeKmalloc(bytes)) return KMALLOC_NAMES.length - 1;
  return KMALLOC_BYTES.findIndex((size) => size === kmallocClassBytes(bytes));
}

/** Index into `ALLOCATION_SOURCES` of a result array of `bytes`. */
export function resultSource(bytes: number): number {
  return kmallocIndex(bytes);
}

/** Index of the result pages a caller supplies. */
export function resultPageSource(): number {
  return RESULT_PAGE;
}

/** Index of a bio's vector table, by kmalloc (the synchronous block path) or from its slab. */
export function bioSource(source: 'slab' | 'kmalloc', vectors: number, bytes: number): number {
  if (source === 'kmalloc') return BIO_KMALLOC + kmallocIndex(bytes);
  return BIO_SLAB + BIO_SLABS.findIndex((size) => size === vectors);
}

/** Whether memory of a source is held until the I/O completes. */
export function isHeldUntilCompletion(source: number): boolean {
  return source >= BIO_KMALLOC;
}
