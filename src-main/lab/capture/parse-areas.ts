/** One area of a process's virtual memory, as the kernel keeps it (a VMA). */
export type MemoryArea = {
  /** First virtual page. */
  readonly startPage: number;
  /** The virtual page after the last. */
  readonly endPage: number;
  readonly isReadable: boolean;
  readonly isWritable: boolean;
  /** Mapped shared: what is written goes to the file or to the others. */
  readonly isShared: boolean;
  /** The device of the mapped file as maps has it, `00:00` where there is none. */
  readonly device: string;
  /** The file, or a name in brackets; empty for memory without a name. */
  readonly name: string;
  /** The size of a page-table entry as the kernel's books have it. Unit: KiB; 4 but for hugetlb. */
  readonly entryKiB: number;
  /** What PMD entries map, hugetlb apart. Unit: KiB. */
  readonly pmdMappedKiB: number;
  readonly isHugetlb: boolean;
  /** No memory of its own that could be pinned (VM_IO, VM_PFNMAP): device registers, [vvar]. */
  readonly isSpecial: boolean;
};

const HEADER = /^([0-9a-f]+)-([0-9a-f]+) ([r-])([w-])[x-]([ps]) [0-9a-f]+ (\S+) \d+ *(.*)$/;
const DETAIL = /^(\w+): +(.*)$/;
const PMD_TOTALS = ['AnonHugePages', 'ShmemPmdMapped', 'FilePmdMapped'];
const PAGE_SHIFT = 12n;

/** The page an address lies in. Addresses are hexadecimal and may not fit a double; pages do. */
function pageFromAddress(address: string): number {
  return Number(BigInt(`0x${address}`) >> PAGE_SHIFT);
}

function areaFromHeader(line: string): MemoryArea | null {
  const [matched, start = '', end = '', read, write, sharing, device = '', name = ''] =
    HEADER.exec(line) ?? [];
  if (matched === undefined) return null;
  return {
    startPage: pageFromAddress(start),
    endPage: pageFromAddress(end),
    isReadable: read === 'r',
    isWritable: write === 'w',
    isShared: sharing === 's',
    device,
    name,
    entryKiB: 4,
    pmdMappedKiB: 0,
    isHugetlb: false,
    isSpecial: false,
  };
}

function withDetail(area: MemoryArea, key: string, text: string): MemoryArea {
  if (key === 'KernelPageSize') return { ...area, entryKiB: Number.parseInt(text, 10) };
  if (PMD_TOTALS.includes(key)) {
    return { ...area, pmdMappedKiB: area.pmdMappedKiB + Number.parseInt(text, 10) };
  }
  if (key !== 'VmFlags') return area;
  const flags = text.trim().split(' ');
  const isSpecial = flags.includes('io') || flags.includes('pf');
  return { ...area, isHugetlb: flags.includes('ht'), isSpecial };
}

/**
 * Reads the text of /proc/PID/smaps, or of maps, which has less to tell. Lines of kinds that are not
 * known are passed over: newer kernels add some.
 *
 * @returns The areas in the order of the text, which is ascending.
 * @source Linux 6.18 fs/proc/task_mmu.c show_map_vma(), show_smap().
 */
export function parseAreas(text: string): MemoryArea[] {
  const areas: MemoryArea[] = [];
  for (const line of text.split('\n')) {
    const area = areaFromHeader(line);
    if (area !== null) {
      areas.push(area);
      continue;
    }
    const [, key, value] = DETAIL.exec(line) ?? [];
    const last = areas.at(-1);
    if (last !== undefined && key !== undefined && value !== undefined) {
      areas[areas.length - 1] = withDetail(last, key, value);
    }
  }
  return areas;
}

function twoDigitsHex(decimal: string): string {
  return Number.parseInt(decimal, 10).toString(16).padStart(2, '0');
}

/**
 * The devices of all tmpfs mounts, written as in maps.
 *
 * @param mounts  The text of /proc/PID/mountinfo.
 * @source Linux 6.18 fs/proc_namespace.c show_mountinfo().
 */
export function parseTmpfsDevices(mounts: string): ReadonlySet<string> {
  const devices = new Set<string>();
  for (const line of mounts.split('\n')) {
    const [, major, minor] = /^\d+ \d+ (\d+):(\d+) .* - (?:dev)?tmpfs /.exec(line) ?? [];
    if (major !== undefined && minor !== undefined) {
      devices.add(`${twoDigitsHex(major)}:${twoDigitsHex(minor)}`);
    }
  }
  return devices;
}

/** What the pages of an area are that are not in memory. */
export type AreaMemory = 'anon' | 'file' | 'shmem' | 'hugetlb';

/** Shared memory without a mount that a process can see. */
const SHMEM_NAMES = ['/dev/zero (deleted)', '/memfd:', '/SYSV', '[anon_shmem:'];

/**
 * The type of an area's pages as far as the area itself tells; that of a page in memory is told by
 * its frame.
 *
 * @param tmpfsDevices  As `parseTmpfsDevices` gives them.
 */
export function areaMemory(area: MemoryArea, tmpfsDevices: ReadonlySet<string>): AreaMemory {
  if (area.isHugetlb) return 'hugetlb';
  if (SHMEM_NAMES.some((name) => area.name.startsWith(name))) return 'shmem';
  if (tmpfsDevices.has(area.device)) return 'shmem';
  return area.name.startsWith('/') || area.name.startsWith('anon_inode:') ? 'file' : 'anon';
}
