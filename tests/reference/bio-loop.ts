import { startBio } from './bios.ts';
import type { Bio } from './bios.ts';
import type { Call } from './calls.ts';
import type { Range } from './memory.ts';

/**
 * The loop that fills bios: each turn asks for at most as many pages as the bio has free vectors,
 * although the pages may need fewer. `extract` pins some of the pages it is given, and `add` puts
 * them into the bio; none means that the next page cannot be had.
 */
export function runBioLoop(
  path: 'async' | 'sync',
  whole: Range,
  extract: (range: Range) => Call,
  add: (bio: Bio, call: Call) => void,
): Bio[] {
  const bios: Bio[] = [];
  let start = whole.start;
  while (start < whole.end) {
    const bio = startBio(path, whole.end - whole.start, whole.end - start);
    let failed = false;
    while (start < whole.end && bio.bvecs.length < bio.maxVecs && !failed) {
      const asked = Math.min(bio.maxVecs - bio.bvecs.length, whole.end - start);
      const call = extract({ ...whole, start, end: start + asked });
      add(bio, call);
      start += call.taken.length;
      failed = call.taken.length === 0;
    }
    if (bio.bvecs.length > 0) {
      bios.push(bio);
    }
    if (failed) {
      break;
    }
  }
  return bios;
}

/** Extracts all that is left each time, and starts a bio whenever the last one is full. */
export function runWholeRange(
  path: 'async' | 'sync',
  whole: Range,
  extract: (range: Range) => Call,
  addRun: (bio: Bio, run: Call['runs'][number]) => void,
): Bio[] {
  const bios: Bio[] = [];
  let start = whole.start;
  let added = 0;
  while (start < whole.end) {
    const call = extract({ ...whole, start });
    for (const run of call.runs) {
      let bio = bios.at(-1);
      if (bio === undefined || bio.bvecs.length === bio.maxVecs) {
        const pages = whole.end - whole.start;
        bio = startBio(path, pages, pages - added);
        bios.push(bio);
      }
      addRun(bio, run);
      added += run.length;
    }
    if (call.taken.length === 0) {
      break;
    }
    start += call.taken.length;
  }
  return bios;
}
