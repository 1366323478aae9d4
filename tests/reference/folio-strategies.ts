import { runBioLoop } from './bio-loop.ts';
import type { Io } from './bio-loop.ts';
import { startBio } from './bios.ts';
import type { Bio } from './bios.ts';
import { takeBatched, takeVisitingEach } from './entries.ts';
import type { Entry, EntryForm } from './entries.ts';
import type { Ledger } from './ledger.ts';
import { addNew } from './page-strategies.ts';
import type { Page } from './types.ts';
import { pinFastOrSlow } from './walk.ts';

const rangeBytes = 24;
const pointerBytes = 8;
const batchHeaderBytes = 8;

/** One allocation per extract call, every page visited. */
export function runFolioVecEach(ledger: Ledger, io: Io): Bio[] {
  return runBioLoop(io, (bio, pages) => {
    ledger.useHeap(rangeBytes * pages.length);
    return extractEach(ledger, bio, pages);
  });
}

/** One allocation per walk of all that is left, references taken run by run. */
export function runFolioVecBatched(ledger: Ledger, io: Io): Bio[] {
  const bios: Bio[] = [];
  let done = 0;
  while (done < io.pages.length) {
    const pages = io.pages.slice(done);
    ledger.useHeap(rangeBytes * pages.length);
    const taker = takeBatched(ledger);
    const { taken } = pinFastOrSlow(ledger, pages, 'pin', taker);
    taker.grabAll();
    addToBios(ledger, io, bios, taker.entries);
    if (taken.length === 0) {
      break;
    }
    done += taken.length;
  }
  return bios;
}

/** A batch of fixed size on the stack, drained into bios after each call. */
export function runFolioBatch(ledger: Ledger, io: Io, capacity: number, form: EntryForm): Bio[] {
  const entryBytes = form === 'range' ? rangeBytes : pointerBytes;
  ledger.useStack(batchHeaderBytes + entryBytes * capacity);
  const bios: Bio[] = [];
  let done = 0;
  while (done < io.pages.length) {
    const taker = takeVisitingEach(ledger, capacity, form);
    const { taken } = pinFastOrSlow(ledger, io.pages.slice(done), 'pin', taker);
    addToBios(ledger, io, bios, taker.entries);
    if (taken.length === 0) {
      break;
    }
    done += taken.length;
  }
  return bios;
}

/** The stack for an extract call of few pages, one allocation for more. */
export function runThresholdInPages(ledger: Ledger, io: Io, threshold: number): Bio[] {
  return runBioLoop(io, (bio, pages) => {
    if (pages.length <= threshold) {
      ledger.useStack(rangeBytes * threshold);
    } else {
      ledger.useHeap(rangeBytes * pages.length);
    }
    return extractEach(ledger, bio, pages);
  });
}

/** The stack for few runs; one run more moves them to an allocation and walks on from there. */
export function runThresholdInRuns(ledger: Ledger, io: Io, threshold: number): Bio[] {
  return runBioLoop(io, (bio, pages) => {
    ledger.useStack(rangeBytes * threshold);
    const onStack = takeVisitingEach(ledger, threshold, 'range');
    const first = pinFastOrSlow(ledger, pages, 'pin', onStack);
    let done = first.taken.length;
    let entries = onStack.entries;
    if (first.stop === 'full') {
      ledger.useHeap(rangeBytes * (pages.length - done + threshold));
      ledger.count('copy', threshold);
      const onHeap = takeVisitingEach(ledger, Infinity, 'range');
      done += pinFastOrSlow(ledger, pages.slice(done), 'pin', onHeap).taken.length;
      entries = [...entries, ...onHeap.entries];
    }
    for (const entry of entries) {
      addNew(ledger, bio, entry.pages);
    }
    return done;
  });
}

function extractEach(ledger: Ledger, bio: Bio, pages: readonly Page[]): number {
  const taker = takeVisitingEach(ledger, Infinity, 'range');
  const { taken } = pinFastOrSlow(ledger, pages, 'pin', taker);
  for (const entry of taker.entries) {
    addNew(ledger, bio, entry.pages);
  }
  return taken.length;
}

/** Adds each entry as one vector, starting a bio whenever the last one is full. */
function addToBios(ledger: Ledger, io: Io, bios: Bio[], entries: readonly Entry[]): void {
  for (const entry of entries) {
    let bio = bios.at(-1);
    if (bio === undefined || bio.bvecs.length === bio.maxVecs) {
      bio = startBio(io.path, io.pages.length, io.pages.length - countPages(bios));
      bios.push(bio);
    }
    addNew(ledger, bio, entry.pages);
  }
}

function countPages(bios: readonly Bio[]): number {
  let pages = 0;
  for (const bio of bios) {
    for (const bvec of bio.bvecs) {
      pages += bvec.pages.length;
    }
  }
  return pages;
}
