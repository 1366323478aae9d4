import {
  APIS,
  CACHE_STATES,
  findExtent,
  firstPageOf,
  LEAF_LEVELS,
  leafPages,
  PAGE_BYTES,
  pagesOf,
} from '#core';
import type { IoRequest, Layout } from '#core';
import { describeValue, readSize } from '#contract';
import type { Question } from './question.ts';
import type { FieldProblem } from './read-layout.ts';

export const OPERATIONS = ['read', 'write'] as const;
export const PATHS = ['async', 'sync'] as const;
/** As on the command line, where it can be changed. */
export const LOGICAL_BLOCK_BYTES = 512;
/** One I/O is counted and told as one types: up to this much, and this many page-table entries. */
export const MOST_BYTES = 1024 * 1024 * 1024;
export const MOST_ENTRIES = 4096;

export type RequestReading = {
  readonly request: IoRequest | null;
  readonly problems: readonly FieldProblem[];
};

function isOneOf<Word extends string>(word: string, words: readonly Word[]): word is Word {
  return words.some((each) => each === word);
}

function wordProblem(field: string, found: string, words: readonly string[]): FieldProblem[] {
  if (isOneOf(found, words)) return [];
  return [{ field, message: `found ${describeValue(found)}; allowed: ${words.join(', ')}` }];
}

/** A size in whole logical blocks, or what is wrong with it. */
function readBlocks(field: string, written: string): number | FieldProblem {
  const reading = readSize(written);
  if (!reading.ok) return { field, message: reading.message };
  if (reading.value % LOGICAL_BLOCK_BYTES === 0) return reading.value;
  const message = `${reading.value} bytes is not a multiple of the logical block size, ${LOGICAL_BLOCK_BYTES} bytes`;
  return { field, message };
}

function readLength(written: string): number | FieldProblem {
  const length = readBlocks('length', written);
  if (typeof length !== 'number') return length;
  if (length === 0) return { field: 'length', message: 'found 0; allowed: 512 bytes or more' };
  if (length <= MOST_BYTES) return length;
  const message = `found ${describeValue(written)}; this page explains I/Os up to 1GiB, the command line up to 4GiB`;
  return { field: 'length', message };
}

function readPagesPerCall(written: string, api: string): number | null | FieldProblem {
  if (api !== 'gup-test' || written === '') return null;
  const pages = Number(written);
  if (Number.isInteger(pages) && pages >= 1) return pages;
  const message = `found ${describeValue(written)}; allowed: a whole number of at least 1, or nothing for one call`;
  return { field: 'pages-per-call', message };
}

function isProblem(value: number | null | FieldProblem): value is FieldProblem {
  return typeof value === 'object' && value !== null;
}

function fixedRequest(question: Question): Omit<IoRequest, 'offset' | 'length'> | null {
  const { api, operation, path, caches } = question;
  if (!isOneOf(api, APIS) || !isOneOf(operation, OPERATIONS)) return null;
  if (!isOneOf(path, PATHS) || !isOneOf(caches, CACHE_STATES)) return null;
  return { api, op: operation, path, caches };
}

/** Reads everything about the I/O itself. */
export function readRequest(question: Question): RequestReading {
  const offset = readBlocks('offset', question.offset);
  const length = readLength(question.length);
  const pagesPerCall = readPagesPerCall(question.pagesPerCall, question.api);
  const problems = [
    ...wordProblem('api', question.api, APIS),
    ...wordProblem('op', question.operation, OPERATIONS),
    ...wordProblem('path', question.path, PATHS),
    ...wordProblem('caches', question.caches, CACHE_STATES),
    ...[offset, length, pagesPerCall].filter(isProblem),
  ];
  if (problems.length > 0 || isProblem(offset) || isProblem(length)) {
    return { request: null, problems };
  }
  const fixed = fixedRequest(question);
  if (fixed === null) return { request: null, problems };
  const asked = typeof pagesPerCall === 'number' ? { pagesPerCall } : {};
  return { request: { ...fixed, offset, length, ...asked }, problems };
}

/** Entries of page tables that an I/O touches; counting stops above the limit. */
function entriesTouched(layout: Layout, request: IoRequest): number {
  const first = firstPageOf(request);
  const end = first + pagesOf(request);
  let entries = 0;
  for (let at = findExtent(layout, first); at < layout.length; at += 1) {
    const start = Math.max(first, layout.vaPage[at] ?? 0);
    if (start >= end || entries > MOST_ENTRIES) break;
    const pages = Math.min(end, (layout.vaPage[at] ?? 0) + (layout.pages[at] ?? 0)) - start;
    entries += Math.ceil(pages / leafPages(LEAF_LEVELS[layout.leaf[at] ?? 0] ?? 'pte'));
  }
  return entries;
}

/** Each entry is a step or more: beyond some thousands there is nothing to be seen. */
export function entriesProblem(layout: Layout, request: IoRequest): FieldProblem | null {
  if (entriesTouched(layout, request) <= MOST_ENTRIES) return null;
  const message = `touches more than ${MOST_ENTRIES} page-table entries; this page explains 16MiB of 4 KiB pages, or 1GiB under large entries, the command line up to 4GiB`;
  return { field: 'length', message };
}

/** Offsets count from virtual page 0; beyond the last mapped page there is nothing to explain. */
export function offsetProblem(layout: Layout, { offset }: IoRequest): FieldProblem | null {
  const first = (layout.vaPage.at(0) ?? 0) * PAGE_BYTES;
  const end = ((layout.vaPage.at(-1) ?? 0) + (layout.pages.at(-1) ?? 0)) * PAGE_BYTES;
  if (offset < end) return null;
  const message = `${offset} lies beyond the layout; it is mapped from byte ${first} up to byte ${end - 1}`;
  return { field: 'offset', message };
}
