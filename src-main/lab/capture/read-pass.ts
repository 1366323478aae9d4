import type { Extent } from '#core';
import { CaptureError, endedError } from './capture-error.ts';
import { ExtentBuilder } from './extent-builder.ts';
import { FolioIndex } from './folio-index.ts';
import { PageDecoder } from './page-decoder.ts';
import type { LeftOut, PageRange } from './page-decoder.ts';
import { areaMemory, parseAreas, parseTmpfsDevices } from './parse-areas.ts';
import type { MemoryArea } from './parse-areas.ts';
import { pmdFromTotals } from './pmd-from-totals.ts';
import { trimExtents } from './place-extents.ts';
import type { ProcessSource } from './process-source.ts';

/** What part of a process is asked for. */
export type CaptureScope = {
  /** Virtual pages; null for all of them. */
  readonly range: PageRange | null;
  /** Only areas that may be written. */
  readonly onlyWritable: boolean;
  /** Only pages that are in memory. */
  readonly onlyPresent: boolean;
};

/** One reading of a process. */
export type MemoryPass = {
  /** With the virtual pages and frames of the machine; a page that is not in memory has frame 0. */
  readonly extents: readonly Extent[];
  /** The areas that were read. */
  readonly areas: readonly MemoryArea[];
  readonly leftOut: LeftOut;
  /** Sentences on what could not be told for certain. */
  readonly doubts: readonly string[];
};

/** One read of pagemap: 1 MiB. Unit: pages. */
const CHUNK_PAGES = 131_072;
const PMD_PAGES = 512;
const KIB_OF_PAGE = 4;
/** Beyond the largest address of user memory there is on any machine. Unit: pages. */
const USER_PAGES = 2 ** 44;
const ALL_PAGES: PageRange = { startPage: 0, endPage: USER_PAGES };

/** Whether the kernel would look at an area when it pins. */
function isPinnable(area: MemoryArea, { onlyWritable }: CaptureScope): boolean {
  return area.isReadable && (area.isWritable || !onlyWritable) && area.startPage < USER_PAGES;
}

/** The pages of an area that must be read to know those of a range: whole page-table entries. */
function pagesToRead(area: MemoryArea, range: PageRange, knowsEntries: boolean): PageRange {
  // A total holds for the whole area.
  if (!knowsEntries && area.pmdMappedKiB > 0) return area;
  const size = Math.max(PMD_PAGES, area.entryKiB / KIB_OF_PAGE);
  return {
    startPage: Math.max(area.startPage, Math.floor(range.startPage / size) * size),
    endPage: Math.min(area.endPage, Math.ceil(range.endPage / size) * size),
  };
}

/** Every area that is not hugetlb has entries of the machine's page size. */
function checkPageSize(areas: readonly MemoryArea[]): void {
  const other = areas.find(({ isHugetlb, entryKiB }) => !isHugetlb && entryKiB !== KIB_OF_PAGE);
  if (other === undefined) return;
  throw new CaptureError(
    'other-page-size',
    `the base pages of this machine have ${other.entryKiB} KiB; a layout has base pages of 4 KiB`,
  );
}

function takePages(source: ProcessSource, decoder: PageDecoder, pages: PageRange): void {
  const { scan } = source;
  const stretches = scan.ok ? scan.scan(pages) : [{ ...pages, isPmdMapped: false }];
  let taken = pages.startPage;
  for (const stretch of stretches) {
    decoder.takeUntouched({ startPage: taken, endPage: stretch.startPage });
    for (let page = stretch.startPage; page < stretch.endPage; page += CHUNK_PAGES) {
      const count = Math.min(CHUNK_PAGES, stretch.endPage - page);
      decoder.takeEntries(page, source.readEntries(page, count), stretch.isPmdMapped);
    }
    taken = stretch.endPage;
  }
  decoder.takeUntouched({ startPage: taken, endPage: pages.endPage });
}

/** How users see an area in a message. */
export function areaText({ name }: MemoryArea): string {
  return name === '' ? 'memory without a name' : name;
}

function doubtSentence(area: MemoryArea, candidates: number, mapped: number): string {
  return `smaps says that PMD entries map ${mapped * 2} MiB of ${areaText(area)}, and not which of ${candidates} stretches of 2 MiB; taken to be the first`;
}

/**
 * Reads a process once.
 *
 * @throws {CaptureError} `process-ended` or `other-page-size`.
 */
export function readPass(source: ProcessSource, scope: CaptureScope): MemoryPass {
  const range = scope.range ?? ALL_PAGES;
  const text = source.readAreas();
  if (text === '') throw endedError(source.pid);
  const all = parseAreas(text);
  checkPageSize(all);
  const tmpfsDevices = parseTmpfsDevices(source.readMounts());
  const folios = new FolioIndex(source.readFrameFlags);
  const leftOut: LeftOut = { hiddenFrames: 0, withoutFolio: 0, torn: [] };
  const builder = new ExtentBuilder();
  const areas: MemoryArea[] = [];
  const doubts: string[] = [];
  for (const area of all) {
    const isInRange = area.startPage < range.endPage && area.endPage > range.startPage;
    if (!isInRange || !isPinnable(area, scope)) continue;
    areas.push(area);
    const pages = pagesToRead(area, range, source.scan.ok);
    if (area.isSpecial) {
      leftOut.withoutFolio += pages.endPage - pages.startPage;
      continue;
    }
    const decoder = new PageDecoder(area, areaMemory(area, tmpfsDevices), folios, leftOut);
    takePages(source, decoder, pages);
    let extents: readonly Extent[] = decoder.extents();
    if (!source.scan.ok && area.pmdMappedKiB > 0) {
      const guess = pmdFromTotals(extents, area.pmdMappedKiB);
      extents = guess.extents;
      if (guess.mapped < guess.candidates) {
        doubts.push(doubtSentence(area, guess.candidates, guess.mapped));
      }
    }
    for (const extent of trimExtents(extents, range)) {
      if (!scope.onlyPresent || !extent.flags.includes('absent')) builder.append(extent);
    }
  }
  return { extents: builder.extents(), areas, leftOut, doubts };
}
