import { FRAME_FLAG } from '../folio-index.ts';
import type { PageRange } from '../page-decoder.ts';
import type { MappedStretch } from '../pagemap-scan.ts';
import type { ProcessSource } from '../process-source.ts';

/** One virtual page and what its entry in pagemap says. */
export type MadeUpEntry = {
  readonly vaPage: number;
  readonly frame?: number;
  readonly isExclusive?: boolean;
  readonly isPmdMapped?: boolean;
  readonly isSwapped?: boolean;
  readonly isGuard?: boolean;
};

/** An area and its lines in smaps. */
export type MadeUpArea = PageRange & {
  /** As in maps: `rw-p`. */
  readonly permissions: string;
  readonly name?: string;
  readonly device?: string;
  readonly vmFlags?: string;
  readonly entryKiB?: number;
  readonly pmdMappedKiB?: number;
};

/** What the files of a kernel would say. */
export type MadeUpMemory = {
  readonly areas: readonly MadeUpArea[];
  readonly entries: readonly MadeUpEntry[];
  /** The flags of frames; others have none. */
  readonly frames: ReadonlyMap<number, number>;
};

const UPPER = { present: 2 ** 31, swapped: 2 ** 30, guard: 2 ** 26, exclusive: 2 ** 24 } as const;

function hex(page: number): string {
  return `${page.toString(16)}000`;
}

/** Areas as smaps tells them, with lines of kinds that do not matter in between. */
export function smapsText(areas: readonly MadeUpArea[]): string {
  return areas
    .map((area) =>
      [
        `${hex(area.startPage)}-${hex(area.endPage)} ${area.permissions} 00000000 ${area.device ?? '00:00'} 0 ${area.name ?? ''}`,
        `Size: ${(area.endPage - area.startPage) * 4} kB`,
        `KernelPageSize: ${area.entryKiB ?? 4} kB`,
        `AnonHugePages: ${area.pmdMappedKiB ?? 0} kB`,
        'ShmemPmdMapped: 0 kB',
        'THPeligible: 0',
        `VmFlags: rd ${area.vmFlags ?? ''} sd`,
        '',
      ].join('\n'),
    )
    .join('');
}

/** The flags of all frames of a folio. */
export function folioFrames(
  head: number,
  order: number,
  flags: number,
): readonly (readonly [number, number])[] {
  if (order === 0) return [[head, flags]];
  return Array.from({ length: 2 ** order }, (_, index) =>
    index === 0
      ? [head, flags | FRAME_FLAG.compoundHead]
      : // Older kernels tell next to nothing of tails.
        [head + index, FRAME_FLAG.compoundTail],
  );
}

function wordsOf(entry: MadeUpEntry | undefined): readonly [number, number] {
  if (entry === undefined) return [0, 0];
  const frame = entry.frame ?? 0;
  let upper = Math.floor(frame / 2 ** 32);
  if (entry.frame !== undefined) upper += UPPER.present;
  if (entry.isSwapped === true) upper += UPPER.swapped;
  if (entry.isGuard === true) upper += UPPER.guard;
  if (entry.isExclusive === true) upper += UPPER.exclusive;
  return [frame % 2 ** 32, upper];
}

/** Stretches of entries side by side, of one kind. */
function stretchesOf(entries: readonly MadeUpEntry[], range: PageRange): MappedStretch[] {
  const stretches: MappedStretch[] = [];
  for (const { vaPage, isPmdMapped = false } of entries) {
    if (vaPage < range.startPage || vaPage >= range.endPage) continue;
    const last = stretches.at(-1);
    if (last?.endPage === vaPage && last.isPmdMapped === isPmdMapped) {
      stretches[stretches.length - 1] = { ...last, endPage: vaPage + 1 };
    } else stretches.push({ startPage: vaPage, endPage: vaPage + 1, isPmdMapped });
  }
  return stretches;
}

/**
 * A process that exists in a test only.
 *
 * @param memories   What it has at the first reading, the second, and so on; the last one stays.
 * @param knowsLeaf  Whether the kernel has PAGEMAP_SCAN.
 */
export function madeUpProcess(
  memories: readonly MadeUpMemory[],
  knowsLeaf = true,
): ProcessSource & { readonly readings: () => number } {
  // The first look only asks whether there is any memory.
  let reading = -2;
  const memory = (): MadeUpMemory => {
    const found = memories[Math.min(Math.max(reading, 0), memories.length - 1)];
    if (found === undefined) throw new Error('a made-up process needs memory');
    return found;
  };
  return {
    pid: 7,
    readings: () => reading + 1,
    readAreas: () => {
      reading += 1;
      return smapsText(memory().areas);
    },
    readMounts: () => '25 24 0:23 / /dev/shm rw,relatime - tmpfs tmpfs rw\n',
    readEntries: (firstPage, pages) => {
      const inRange = memory().entries.filter(({ vaPage }) => vaPage >= firstPage);
      const byPage = new Map(inRange.map((entry) => [entry.vaPage, entry]));
      const indexes = Array.from({ length: pages }, (_, index) => firstPage + index);
      return Uint32Array.from(indexes.flatMap((page) => wordsOf(byPage.get(page))));
    },
    readFrameFlags: (firstFrame, frames) =>
      Uint32Array.from(
        { length: frames },
        (_, index) => memory().frames.get(firstFrame + index) ?? 0,
      ),
    scan: knowsLeaf
      ? { ok: true, scan: (range) => stretchesOf(memory().entries, range) }
      : { ok: false, reason: 'this kernel is made up' },
  };
}
