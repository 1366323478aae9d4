// A process whose memory is known: builds the regions it is asked for, tells where they are in one line
// of JSON, and waits, without doing anything else, until its input is closed.
import { mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import koffi from 'koffi';

const PAGE = 4096;
const HUGE = 2_097_152;
const PROT = { none: 0, read: 1, readWrite: 3 } as const;
const MAP = { shared: 0x01, private: 0x02, fixed: 0x10, anonymous: 0x20, hugetlb: 0x4_0000 };
const MADV = { hugepage: 14, noHugepage: 15, guardInstall: 102 };

const libc = koffi.load(null);
const mmap = libc.func('intptr_t mmap(uintptr_t, size_t, int, int, int, int64_t)');
const munmap = libc.func('int munmap(uintptr_t, size_t)');
const madvise = libc.func('int madvise(uintptr_t, size_t, int)');
const mprotect = libc.func('int mprotect(uintptr_t, size_t, int)');
const fork = libc.func('int fork()');
const runAtFork = libc.func('int __register_atfork(void *, void *, void *, void *)');

/** Ends with the call that failed: a region that is not as asked for would prove nothing. */
function check(result: unknown, call: string): number {
  if (typeof result === 'number' && result >= 0) return result;
  throw new Error(`${call} failed with errno ${koffi.errno()}`);
}

/** Slots of 8 MiB, aligned to 2 MiB, with nothing around them. */
let nextSlot = 0;

function map(bytes: number, flags = MAP.private | MAP.anonymous, file = -1): number {
  if (nextSlot === 0) {
    const reserved: unknown = mmap(0, 128 * HUGE, PROT.none, MAP.private | MAP.anonymous, -1, 0);
    nextSlot = Math.ceil(check(reserved, 'mmap') / HUGE) * HUGE;
  }
  const start = nextSlot;
  nextSlot += 4 * HUGE;
  return check(mmap(start, bytes, PROT.readWrite, flags | MAP.fixed, file, 0), 'mmap');
}

function bytesAt(start: number, bytes: number): Uint8Array {
  return new Uint8Array(koffi.view(BigInt(start), bytes));
}

function write(start: number, bytes: number): void {
  const memory = bytesAt(start, bytes);
  for (let at = 0; at < bytes; at += PAGE) memory[at] = 1;
}

function read(start: number, bytes: number): number {
  const memory = bytesAt(start, bytes);
  let sum = 0;
  for (let at = 0; at < bytes; at += PAGE) sum += memory[at] ?? 0;
  return sum;
}

function small(pages: number): number {
  const start = map(pages * PAGE);
  check(madvise(start, pages * PAGE, MADV.noHugepage), 'madvise');
  return start;
}

function large(bytes: number): number {
  const start = map(bytes);
  check(madvise(start, bytes, MADV.hugepage), 'madvise');
  return start;
}

/** A file of some pages in a folder, which is gone when the process goes on. */
function fileOfPages(folder: string, pages: number): number {
  const own = mkdtempSync(join(folder, 'folio-lab-memory-'));
  const path = join(own, 'pages');
  writeFileSync(path, Buffer.alloc(pages * PAGE, 1));
  const file = openSync(path, 'r+');
  rmSync(own, { recursive: true });
  return file;
}

/** Where a region begins, and its length. Unit: bytes. */
type Region = readonly [start: number, bytes: number];

const folder = process.argv[2] ?? '';

const BUILDERS: Readonly<Record<string, () => Region>> = {
  base: () => {
    const start = small(64);
    write(start, 64 * PAGE);
    return [start, 64 * PAGE];
  },
  // Two huge pages.
  thp: () => {
    const start = large(2 * HUGE);
    write(start, 2 * HUGE);
    return [start, 2 * HUGE];
  },
  // A huge page whose PMD entry was split: the halves had different permissions for a moment.
  'thp-pte': () => {
    const start = large(HUGE);
    write(start, HUGE);
    check(mprotect(start, HUGE / 2, PROT.read), 'mprotect');
    check(mprotect(start, HUGE / 2, PROT.readWrite), 'mprotect');
    return [start, HUGE];
  },
  // 1 MiB: a PMD entry does not fit, so a smaller size is taken where one is allowed.
  mthp: () => {
    const start = large(HUGE / 2);
    write(start, HUGE / 2);
    return [start, HUGE / 2];
  },
  'huge-zero': () => {
    const start = large(HUGE);
    read(start, HUGE);
    return [start, HUGE];
  },
  // One page of 2 MiB in memory and one that is not.
  hugetlb: () => {
    const start = map(2 * HUGE, MAP.private | MAP.anonymous | MAP.hugetlb);
    write(start, HUGE);
    return [start, 2 * HUGE];
  },
  // Pages 4 and 5 written, the others read.
  'private-file': () => {
    const start = map(8 * PAGE, MAP.private, fileOfPages(folder, 8));
    read(start, 8 * PAGE);
    write(start + 4 * PAGE, 2 * PAGE);
    return [start, 8 * PAGE];
  },
  'shared-file': () => {
    const start = map(8 * PAGE, MAP.shared, fileOfPages(folder, 8));
    write(start, 8 * PAGE);
    return [start, 8 * PAGE];
  },
  'tmpfs-file': () => {
    const start = map(8 * PAGE, MAP.shared, fileOfPages('/dev/shm', 8));
    write(start, 6 * PAGE);
    return [start, 8 * PAGE];
  },
  'shared-anonymous': () => {
    const start = map(8 * PAGE, MAP.shared | MAP.anonymous);
    write(start, 6 * PAGE);
    return [start, 8 * PAGE];
  },
  // Pages 5 to 7 unmapped.
  hole: () => {
    const start = small(16);
    write(start, 16 * PAGE);
    check(munmap(start + 5 * PAGE, 3 * PAGE), 'munmap');
    return [start, 16 * PAGE];
  },
  // Pages 2 and 3 guarded.
  guard: () => {
    const start = small(8);
    write(start, 8 * PAGE);
    check(madvise(start + 2 * PAGE, 2 * PAGE, MADV.guardInstall), 'madvise');
    return [start, 8 * PAGE];
  },
  // Pages 0 to 3 read, 4 to 5 written, 6 to 7 untouched.
  zero: () => {
    const start = small(8);
    read(start, 4 * PAGE);
    write(start + 4 * PAGE, 2 * PAGE);
    return [start, 8 * PAGE];
  },
  'read-only': () => {
    const start = small(4);
    write(start, 4 * PAGE);
    check(mprotect(start, 4 * PAGE, PROT.read), 'mprotect');
    return [start, 4 * PAGE];
  },
  'not-readable': () => {
    const start = small(4);
    write(start, 4 * PAGE);
    check(mprotect(start, 4 * PAGE, PROT.none), 'mprotect');
    return [start, 4 * PAGE];
  },
  // A child process has all 8 pages too; the first two were written since.
  forked: () => {
    const start = small(8);
    write(start, 8 * PAGE);
    // V8 keeps its heap from being inherited, so not a line of JavaScript could run in the child: it
    // is to wait before fork returns there.
    check(runAtFork(null, null, koffi.address(libc.symbol('pause')), null), '__register_atfork');
    check(fork(), 'fork');
    write(start, 2 * PAGE);
    return [start, 8 * PAGE];
  },
};

const regions: Record<string, { readonly startPage: number; readonly endPage: number }> = {};
for (const name of process.argv.slice(3)) {
  const [start, bytes] = BUILDERS[name]?.() ?? [0, 0];
  regions[name] = { startPage: start / PAGE, endPage: (start + bytes) / PAGE };
}
writeFileSync(1, `${JSON.stringify(regions)}\n`);
readSync(0, Buffer.alloc(1));
