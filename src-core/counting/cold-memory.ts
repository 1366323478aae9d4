import { findExtent, FLAG } from '../layout/layout.ts';
import { startsFolio } from '../layout/folio.ts';
import { PMD_ORDER } from '../units.ts';
import { ledgerIndex } from './events.ts';
import type { Phase, PricedName } from './events.ts';
import { firstPageOf } from './request.ts';
import type { IoRequest } from './request.ts';
import type { CountingState } from './state.ts';

const COLD_START = ledgerIndex('walk', 'cold_start');
const COLD_BIO = ledgerIndex('submit', 'cold_bio');
const COLD_END = ledgerIndex('complete', 'cold_end');
const FIRST_LINE = ledgerIndex('walk', 'cold_first_line');
const LINE = ledgerIndex('walk', 'cold_line');
const JUMP = ledgerIndex('walk', 'cold_jump');
const HEAD = ledgerIndex('walk', 'cold_head');
const RELEASED_LINE = ledgerIndex('release', 'cold_release_line');

/** Lines after which the processor fetches ahead. */
const FIRST_LINES = 16;

const LOOKING_PHASES: readonly Phase[] = ['walk', 'grab', 'add'];
const LOOK_UPS = LOOKING_PHASES.flatMap((phase) => [
  ledgerIndex(phase, 'meta'),
  ledgerIndex(phase, 'contig_cmp'),
]);
const RELEASING: readonly PricedName[] = ['unpin_call', 'put'];
const RELEASES = RELEASING.map((name) => ledgerIndex('release', name));

/** Where the struct pages of a range lie. */
type Scatter = {
  /** Stretches of consecutive frames. */
  readonly stretches: number;
  /** Folios whose first struct page is not among them, and is not shared by so many that it stays in the cache. */
  readonly distantHeads: number;
};

function scatterOf({ layout }: CountingState, firstPage: number, pages: number): Scatter {
  const end = firstPage + pages;
  let position = firstPage;
  let stretches = 0;
  let distantHeads = 0;
  let frameEnd = -1;
  for (let at = findExtent(layout, firstPage); at < layout.length && position < end; at += 1) {
    const skipped = position - layout.vaPage[at];
    if (skipped < 0) break;
    const length = Math.min(layout.pages[at] - skipped, end - position);
    position += length;
    if ((layout.flags[at] & FLAG.zero) !== 0) continue;
    const pfn = layout.pfn[at] + skipped;
    if (pfn !== frameEnd) {
      stretches += 1;
      const order = layout.order[at];
      if (order < PMD_ORDER && !startsFolio(pfn, order)) distantHeads += 1;
    }
    frameEnd = pfn + length;
  }
  return { stretches, distantHeads };
}

function sumOf(state: CountingState, entries: readonly number[]): number {
  let sum = 0;
  for (const entry of entries) sum += state.ledger[entry];
  return sum;
}

/**
 * What an I/O pays for memory that is not in the cache: each struct page that is looked at is a line; the first
 * ones are waited for, later ones of a stretch are fetched ahead.
 *
 * @source SPEC rules COLD-1 to COLD-3.
 */
export function countColdMemory(state: CountingState, request: IoRequest): void {
  const { ledger, figures } = state;
  const caches = request.caches ?? 'hot';
  if (caches === 'hot') return;
  ledger[COLD_START] += 1;
  if (figures.bios > 0) {
    ledger[COLD_BIO] += 1;
    ledger[COLD_END] += 1;
  }
  if (caches === 'evicted') return;
  const pages = figures.pagesTaken;
  const lines = Math.min(pages, sumOf(state, LOOK_UPS));
  const firstLines = Math.min(lines, FIRST_LINES);
  const { stretches, distantHeads } = scatterOf(state, firstPageOf(request), pages);
  ledger[FIRST_LINE] += firstLines;
  ledger[LINE] += lines - firstLines;
  ledger[JUMP] += Math.min(stretches, lines);
  ledger[HEAD] += Math.min(distantHeads, lines);
  ledger[RELEASED_LINE] += Math.min(pages, sumOf(state, RELEASES));
}
