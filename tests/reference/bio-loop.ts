import { startBio } from './bios.ts';
import type { Bio } from './bios.ts';
import type { Page } from './types.ts';

/** Everything fixed about the I/O while it runs. */
export type Io = {
  readonly pages: readonly Page[];
  readonly path: 'async' | 'sync';
};

/**
 * The loop that fills bios: each turn asks for at most as many pages as the bio has free vectors,
 * although the pages may need fewer. `extract` pins some of the pages it is given, adds them to
 * the bio, and answers how many they were; none means that the next page is unmapped.
 */
export function runBioLoop(io: Io, extract: (bio: Bio, pages: readonly Page[]) => number): Bio[] {
  const bios: Bio[] = [];
  let done = 0;
  while (done < io.pages.length) {
    const bio = startBio(io.path, io.pages.length, io.pages.length - done);
    let failed = false;
    while (done < io.pages.length && bio.bvecs.length < bio.maxVecs && !failed) {
      const asked = Math.min(bio.maxVecs - bio.bvecs.length, io.pages.length - done);
      const taken = extract(bio, io.pages.slice(done, done + asked));
      done += taken;
      failed = taken === 0;
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
