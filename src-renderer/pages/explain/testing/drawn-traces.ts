import type { CallTracePart, CallTracePath } from '#contract';

/** A traced function by the path that leads to it, each call of which took as many nanoseconds. */
export function tracedPath(
  name: string,
  calls: number,
  ns = 100,
  children: readonly CallTracePath[] = [],
): CallTracePath {
  const totalNs = calls * ns;
  const within = children.reduce((sum, child) => sum + child.totalNs, 0);
  return {
    name,
    module: null,
    calls,
    totalNs,
    selfNs: Math.max(0, totalNs - within),
    minNs: ns,
    maxNs: ns,
    cutOffCalls: 0,
    children,
  };
}

function callsIn(paths: readonly CallTracePath[]): number {
  return paths.reduce((sum, { calls, children }) => sum + calls + callsIn(children), 0);
}

/** A recording of these calls without gaps. */
export function tracedPart(
  roots: readonly CallTracePath[],
  fields: Partial<CallTracePart> = {},
): CallTracePart {
  return {
    firstLine: 1,
    lastLine: 20,
    cpus: [0],
    tasks: 0,
    literalCalls: callsIn(roots),
    calls: callsIn(roots),
    cutOffCalls: 0,
    lostMarks: 0,
    lostEvents: 0,
    overruns: 0,
    interrupts: 0,
    roots,
    functions: [],
    ...fields,
  };
}

/** Two bios of 32 pages, added page by page; a function that the model does not know within. */
export const TWO_BIOS: CallTracePart = tracedPart([
  tracedPath('blkdev_direct_IO', 1, 40_000, [
    tracedPath('bio_iov_iter_get_pages', 2, 18_000, [
      tracedPath('internal_get_user_pages_fast', 2, 12_000, [
        tracedPath('try_grab_folio_fast', 64, 150),
      ]),
      tracedPath('__bio_add_page', 2, 100),
      tracedPath('bvec_try_merge_page', 62, 100),
      tracedPath('my_probe', 2, 50),
    ]),
  ]),
]);
