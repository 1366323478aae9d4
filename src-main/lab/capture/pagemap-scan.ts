import type { PageRange } from './page-decoder.ts';

/** Pages that have an entry, and whether it is a PMD entry. */
export type MappedStretch = PageRange & { readonly isPmdMapped: boolean };
/** Lists the stretches of a range that have entries, ascending. */
export type ScanPages = (range: PageRange) => MappedStretch[];
export type PagemapScan =
  | { readonly ok: true; readonly scan: ScanPages }
  /** `reason` follows "because". */
  | { readonly ok: false; readonly reason: string };

/** _IOWR('f', 16, struct pm_scan_arg). Source: Linux 6.18 include/uapi/linux/fs.h PAGEMAP_SCAN. */
const PAGEMAP_SCAN = 0xc060_6610;
/** The bytes of struct pm_scan_arg, twelve words of 64 bits. */
const ARGUMENT_BYTES = 96n;
const PAGE_IS_PRESENT = 1n << 3n;
const PAGE_IS_SWAPPED = 1n << 4n;
const PAGE_IS_HUGE = 1n << 6n;
/** Where the kernel writes in struct pm_scan_arg how far it came. */
const WALK_END = 4;
/** A struct page_region: start, end, categories. */
const REGION_WORDS = 3;
const REGIONS = 4096;
const PAGE_SHIFT = 12n;
const ENOTTY = 25;

type RequestScan = (argument: BigUint64Array) => { readonly found: number; readonly errno: number };
type AddressOf = (memory: BigUint64Array) => bigint;

/** What koffi says when its library for this machine is missing; the first line is enough. */
function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1).join('');
}

/** Asks for one buffer of regions after the other until the range is walked. */
function scanRange(request: RequestScan, addressOf: AddressOf, range: PageRange): MappedStretch[] {
  const regions = new BigUint64Array(REGIONS * REGION_WORDS);
  const end = BigInt(range.endPage) << PAGE_SHIFT;
  const stretches: MappedStretch[] = [];
  let start = BigInt(range.startPage) << PAGE_SHIFT;
  while (start < end) {
    const asked = PAGE_IS_PRESENT | PAGE_IS_SWAPPED;
    const argument = BigUint64Array.from([
      ...[ARGUMENT_BYTES, 0n, start, end, 0n, addressOf(regions), BigInt(REGIONS), 0n],
      ...[0n, 0n, asked, asked | PAGE_IS_HUGE],
    ]);
    const { found, errno } = request(argument);
    if (found < 0) throw new Error(`PAGEMAP_SCAN failed with errno ${errno}`);
    for (let at = 0; at < found * REGION_WORDS; at += REGION_WORDS) {
      stretches.push({
        startPage: Number((regions[at] ?? 0n) >> PAGE_SHIFT),
        endPage: Number((regions[at + 1] ?? 0n) >> PAGE_SHIFT),
        isPmdMapped: ((regions[at + 2] ?? 0n) & PAGE_IS_HUGE) !== 0n,
      });
    }
    const walked = argument[WALK_END] ?? 0n;
    // A walk that gets nowhere would be asked for again without end.
    start = walked > start ? walked : end;
  }
  return stretches;
}

/**
 * Finds out whether the kernel tells which pages are mapped by PMD entries.
 *
 * @param pagemap  The open file /proc/PID/pagemap.
 * @returns The scan, or why there is none: a kernel before Linux 6.7, or no koffi for this machine.
 * @source Linux 6.18 Documentation/admin-guide/mm/pagemap.rst, fs/proc/task_mmu.c do_pagemap_scan().
 */
export async function openPagemapScan(pagemap: number): Promise<PagemapScan> {
  try {
    const { default: koffi } = await import('koffi');
    const ioctl = koffi.load(null).func('int ioctl(int file, unsigned long request, ...)');
    const request: RequestScan = (argument) => {
      const found: unknown = ioctl(pagemap, PAGEMAP_SCAN, 'void *', argument);
      return { found: Number(found), errno: koffi.errno() };
    };
    const scan: ScanPages = (range) => scanRange(request, (memory) => koffi.address(memory), range);
    const probe = new BigUint64Array(Number(ARGUMENT_BYTES) / 8);
    probe[0] = ARGUMENT_BYTES;
    const { found, errno } = request(probe);
    if (found === 0) return { ok: true, scan };
    const reason =
      errno === ENOTTY
        ? 'this kernel has no PAGEMAP_SCAN (Linux 6.7 and newer have it)'
        : `PAGEMAP_SCAN was refused with errno ${errno}`;
    return { ok: false, reason };
  } catch (error) {
    return { ok: false, reason: `koffi cannot be loaded (${firstLine(error)})` };
  }
}
