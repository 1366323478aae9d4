import type { FolioReferences } from '../counting/recorder.ts';
import { firstPageOf, pagesOf } from '../counting/request.ts';
import type { IoRequest } from '../counting/request.ts';
import { folioHead } from '../layout/folio.ts';
import { FLAG, findExtent } from '../layout/layout.ts';
import type { Layout } from '../layout/layout.ts';
import { PAGE_BYTES } from '../units.ts';
import type { BioVector } from './bio-vector.ts';

/** A known hole of the prototype, and what it breaks on one I/O. */
export type BrokenHole = {
  readonly hole:
    | 'fork-check'
    | 'special-pages'
    | 'unpinned-entry'
    | 'lost-rest'
    | 'lost-leaf-entry'
    | 'lost-position'
    | 'untrimmed';
  /** One sentence. */
  readonly breaks: string;
};

/** What an I/O came to with the holes open. */
type Outcome = {
  readonly layout: Layout;
  readonly request: IoRequest;
  readonly bvecs: readonly BioVector[];
  readonly references: ReadonlyMap<number, FolioReferences>;
  /** The walk met a page that it left alone. */
  readonly hasStopped: boolean;
};

function specialPage({ layout, request }: Outcome): number | null {
  const end = firstPageOf(request) + pagesOf(request);
  for (let at = findExtent(layout, firstPageOf(request)); at < layout.length; at += 1) {
    if (layout.vaPage[at] >= end) break;
    if ((layout.flags[at] & FLAG.special) !== 0) {
      return Math.max(layout.vaPage[at], firstPageOf(request));
    }
  }
  return null;
}

/** Folios whose references do not come out even; `sign` 1: more were dropped than taken. */
function unevenFolios(outcome: Outcome, sign: 1 | -1): number[] {
  return [...outcome.references]
    .filter(([, { added, removed }]) => sign * (removed - added) > 0)
    .map(([head]) => head);
}

/** Vectors that begin in a frame of the right folio which is not the page's own. */
function misplacedVectors({ layout, request, bvecs }: Outcome): number {
  let page = firstPageOf(request);
  let misplaced = 0;
  for (const { pfn, length } of bvecs) {
    const at = findExtent(layout, page);
    const expected = layout.pfn[at] + page - layout.vaPage[at];
    const order = layout.order[at];
    const isInFolio = folioHead(pfn, order) === folioHead(expected, order);
    if (pfn !== expected && isInFolio) misplaced += 1;
    page += Math.ceil(length / PAGE_BYTES);
  }
  return misplaced;
}

/**
 * Says what the holes of the 2024 prototype break on one I/O.
 *
 * @source SPEC rules HOLE-1 to HOLE-6; SamsungDS/linux 7d18d8266bf5 mm/gup.c.
 */
export function brokenHoles(outcome: Outcome): readonly BrokenHole[] {
  const { request, bvecs } = outcome;
  const asked = pagesOf(request) * PAGE_BYTES;
  const carried = bvecs.reduce((sum, { length }) => sum + length, 0);
  const broken: BrokenHole[] = [
    {
      hole: 'fork-check',
      breaks:
        'A fork during the walk goes unnoticed: the sequence counter is read before and never after, so a page may be pinned that parent and child now share.',
    },
  ];
  const special = specialPage(outcome);
  if (special !== null) {
    broken.push({
      hole: 'special-pages',
      breaks: `Virtual page ${special} has a special entry, and is pinned as though a folio stood behind it.`,
    });
  }
  const overdropped = unevenFolios(outcome, 1);
  if (overdropped.length > 0) {
    broken.push({
      hole: 'unpinned-entry',
      breaks: `The folio at frame ${overdropped.join(', ')} is unpinned although it was never pinned: its entry was stored before the grab that failed.`,
    });
  }
  const leaked = unevenFolios(outcome, -1);
  if (leaked.length > 0) {
    broken.push({
      hole: 'lost-leaf-entry',
      breaks: `The folio at frame ${leaked.join(', ')} stays pinned for ever and is in no vector: a leaf entry after the first is stored at twice its index.`,
    });
  }
  const misplaced = carried < asked ? 0 : misplacedVectors(outcome);
  if (misplaced > 0) {
    broken.push({
      hole: 'lost-position',
      breaks: `${misplaced} of ${bvecs.length} vectors begin where their folio does instead of at their page: the slow path reports no offset, and the device is given other memory.`,
    });
  }
  if (carried < asked && (outcome.hasStopped || leaked.length === 0)) {
    broken.push({
      hole: 'lost-rest',
      breaks: `The caller is told of ${asked / PAGE_BYTES} pages, and the vectors hold ${carried / PAGE_BYTES}: what came after the walk stopped is dropped without a word.`,
    });
  }
  if (request.offset % PAGE_BYTES !== 0 || request.length % PAGE_BYTES !== 0) {
    broken.push({
      hole: 'untrimmed',
      breaks: `The vectors hold ${carried} bytes from the start of the first page where ${request.length} from byte ${request.offset % PAGE_BYTES} on were asked for.`,
    });
  }
  return broken;
}
