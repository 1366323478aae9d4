import { buildLayout } from '#core';
import type { Extent, Layout } from '#core';
import { LAYOUT_CSV_BYTES_LIMIT, layoutCsvText } from '../import/layout-csv.ts';
import { CaptureError, withoutMemoryError } from './capture-error.ts';
import { changedRanges } from './changed-ranges.ts';
import { hiddenFramesSentence } from './missing-privileges.ts';
import type { PageRange } from './page-decoder.ts';
import { placeAbsentPages, relativeExtents } from './place-extents.ts';
import type { ProcessSource } from './process-source.ts';
import { areaText, readPass } from './read-pass.ts';
import type { CaptureScope, MemoryPass } from './read-pass.ts';

/** What is captured, and how it is written. */
export type CaptureRequest = CaptureScope & {
  /** Keep the page and frame numbers of the machine. */
  readonly isAbsolute: boolean;
};

/** The memory of a process as a layout. */
export type CapturedLayout = {
  readonly layout: Layout;
  /** The layout as a CSV file. */
  readonly csv: string;
  /** How many areas of the process were read. */
  readonly areas: number;
  /** How often the process was read; the last two readings agree. */
  readonly passes: number;
  /** Sentences on what is left out or could not be told for certain. */
  readonly doubts: readonly string[];
};

/** A busy process may never stand still; a quiet one does at once. */
const MOST_PASSES = 10;
const SHOWN_RANGES = 4;

function hexFromPage(page: number): string {
  return (BigInt(page) << 12n).toString(16);
}

function rangeText({ startPage, endPage }: PageRange, { areas }: MemoryPass): string {
  const area = areas.find((each) => each.startPage <= startPage && startPage < each.endPage);
  const name = area === undefined ? '' : ` (${areaText(area)})`;
  return `${hexFromPage(startPage)}-${hexFromPage(endPage)}${name}`;
}

function movedSentence(pid: number, moved: readonly PageRange[], pass: MemoryPass): string {
  const shown = moved.slice(0, SHOWN_RANGES).map((range) => rangeText(range, pass));
  if (moved.length > SHOWN_RANGES) shown.push(`${moved.length - SHOWN_RANGES} other ranges`);
  const pages = moved.reduce((sum, { startPage, endPage }) => sum + endPage - startPage, 0);
  const count = pages === 1 ? '1 page' : `${pages} pages`;
  return `process ${pid} was read ${MOST_PASSES} times and no two readings in a row agree: between the last two, ${count} changed in ${shown.join(', ')}; stop the process while it is read (kill -STOP ${pid}), or ask for a part of it with --range`;
}

/** Reads until two passes in a row agree. */
function readSettled(
  source: ProcessSource,
  scope: CaptureScope,
): { readonly pass: MemoryPass; readonly passes: number } {
  let before = readPass(source, scope);
  let moved: readonly PageRange[] = [];
  for (let passes = 2; passes <= MOST_PASSES; passes += 1) {
    const pass = readPass(source, scope);
    moved = [...changedRanges(before.extents, pass.extents), ...pass.leftOut.torn];
    if (moved.length === 0 && before.leftOut.torn.length === 0) return { pass, passes };
    before = pass;
  }
  throw new CaptureError('moved', movedSentence(source.pid, moved, before));
}

function checkSomethingFound(source: ProcessSource, pass: MemoryPass, scope: CaptureScope): void {
  if (pass.leftOut.hiddenFrames > 0) {
    throw new CaptureError('not-permitted', hiddenFramesSentence(source.pid));
  }
  if (pass.extents.length > 0) return;
  const { range, onlyPresent, onlyWritable } = scope;
  const place =
    range === null ? '' : ` in ${hexFromPage(range.startPage)}-${hexFromPage(range.endPage)}`;
  const kind = `${onlyPresent ? 'present ' : ''}${onlyWritable ? 'writable' : 'readable'}`;
  throw new CaptureError(
    'no-memory',
    `process ${source.pid} has no ${kind} page${place}; /proc/${source.pid}/maps lists what it has`,
  );
}

function layoutFromExtents(pid: number, extents: readonly Extent[]): Layout {
  const built = buildLayout(extents);
  if (built.ok) return built.layout;
  throw new CaptureError(
    'contradiction',
    `what the kernel told of process ${pid} is no layout: row ${built.problem.row + 1}: ${built.problem.message}`,
  );
}

/**
 * Captures the memory of a live process: every page that it may read, with the folio and the page-table
 * level it is mapped by. Reads synchronously; a process of some GiB takes seconds.
 *
 * @returns The layout, which a layout CSV holds unchanged, and what is to be said about it.
 * @throws {CaptureError} when the process ends, moves, has nothing in the range, or hides its frames.
 * @source SPEC rules LAY-1 to LAY-6; Linux 6.18 Documentation/admin-guide/mm/pagemap.rst.
 */
export function captureLayout(source: ProcessSource, request: CaptureRequest): CapturedLayout {
  if (source.readAreas() === '') throw withoutMemoryError(source.pid);
  const { pass, passes } = readSettled(source, request);
  checkSomethingFound(source, pass, request);
  const placed = placeAbsentPages(pass.extents);
  const extents = request.isAbsolute ? placed : relativeExtents(placed);
  const layout = layoutFromExtents(source.pid, extents);
  const csv = layoutCsvText(layout);
  if (csv.length > LAYOUT_CSV_BYTES_LIMIT) {
    throw new CaptureError(
      'too-large',
      `the layout of process ${source.pid} has ${layout.length} rows and ${csv.length} bytes; a layout file has at most ${LAYOUT_CSV_BYTES_LIMIT} bytes, so ask for a part of the process with --range`,
    );
  }
  return { layout, csv, areas: pass.areas.length, passes, doubts: doubtsOf(source, pass) };
}

function doubtsOf(source: ProcessSource, pass: MemoryPass): string[] {
  const doubts = [...pass.doubts];
  if (!source.scan.ok && doubts.length > 0) {
    doubts.unshift(
      `which parts PMD entries map is taken from totals, because ${source.scan.reason}`,
    );
  }
  const { withoutFolio } = pass.leftOut;
  if (withoutFolio > 0) {
    const count = withoutFolio === 1 ? '1 page is' : `${withoutFolio} pages are`;
    doubts.push(
      `${count} left out: device memory, or of the kernel's own ([vvar]); /proc/kpageflags tells no folio for such`,
    );
  }
  return doubts;
}
