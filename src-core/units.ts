import { ModelError } from './errors.ts';

declare const unitName: unique symbol;
type Quantity<Name extends string> = number & { readonly [unitName]: Name };

/** A number of 4 KiB base pages. */
export type PageCount = Quantity<'pages'>;
/** The index of a base page in physical memory (page frame number). */
export type FrameNumber = Quantity<'frame'>;
/** The index of a base page in the virtual memory of a process. */
export type VirtualPage = Quantity<'virtual page'>;
/** A number of bytes. */
export type ByteCount = Quantity<'bytes'>;
/** A time span. Unit: nanoseconds, fractions allowed. */
export type Nanoseconds = Quantity<'nanoseconds'>;

/** Bytes in a base page. x86-64 PAGE_SIZE. */
export const PAGE_BYTES = 4096;
/** Base pages under one PMD entry (2 MiB). */
export const PMD_PAGES = 512;
/** The order of a folio as large as one PMD entry. */
export const PMD_ORDER = 9;
/** The order of a folio as large as one PUD entry. */
export const PUD_ORDER = 18;
/** Base pages under one PUD entry (1 GiB). */
export const PUD_PAGES = 262_144;
/** Base pages under one PGD entry (512 GiB). */
export const PGD_PAGES = 134_217_728;
/** The largest folio order of a layout: one 1 GiB hugetlb folio. */
export const MAX_ORDER = 18;
/** Page and frame numbers stay below 2^40, so that byte addresses stay exact in a double. */
export const PAGE_NUMBER_LIMIT = 1_099_511_627_776;

/** 2^order for order 0 to 18: the base pages of a folio of that order. */
export const PAGES_OF_ORDER: readonly number[] = Array.from(
  { length: MAX_ORDER + 1 },
  (_, order) => 1 << order,
);

function wholeNumber(value: number, limit: number, unit: string): number {
  if (!Number.isInteger(value) || value < 0 || value > limit) {
    throw new ModelError(
      'out-of-range',
      `${value} is not a whole number of ${unit} from 0 to ${limit}`,
    );
  }
  return value;
}

/** @throws {ModelError} `out-of-range` unless `value` is a whole number from 0 to 2^40. */
export function pageCount(value: number): PageCount {
  return wholeNumber(value, PAGE_NUMBER_LIMIT, 'pages') as PageCount;
}

/** @throws {ModelError} `out-of-range` unless `value` is a whole number from 0 to 2^40. */
export function frameNumber(value: number): FrameNumber {
  return wholeNumber(value, PAGE_NUMBER_LIMIT, 'frames') as FrameNumber;
}

/** @throws {ModelError} `out-of-range` unless `value` is a whole number from 0 to 2^40. */
export function virtualPage(value: number): VirtualPage {
  return wholeNumber(value, PAGE_NUMBER_LIMIT, 'virtual pages') as VirtualPage;
}

/** @throws {ModelError} `out-of-range` unless `value` is a whole number from 0 to 2^52. */
export function byteCount(value: number): ByteCount {
  return wholeNumber(value, PAGE_NUMBER_LIMIT * PAGE_BYTES, 'bytes') as ByteCount;
}

/** @throws {ModelError} `out-of-range` unless `value` is a finite number, zero or more. */
export function nanoseconds(value: number): Nanoseconds {
  if (!Number.isFinite(value) || value < 0) {
    throw new ModelError('out-of-range', `${value} is not a time in nanoseconds, zero or more`);
  }
  return value as Nanoseconds;
}
