import { buildLayoutFromSpec, explainIo, PAGE_BYTES, resolveStrategy } from '#core';
import type { CostModel, Explanation, StrategyRequest } from '#core';
import type { CallTracePart, CallTracePath } from './call-trace.ts';
import { compareTraces } from './compare-trace.ts';
import type { TraceComparison } from './compare-trace.ts';
import { modelName } from './function-names.ts';
import { modelledCalls } from './modelled-calls.ts';

/** The I/O that a trace most likely shows, for the model to be asked about. */
export type TracedIo = {
  readonly strategy: StrategyRequest;
  /** Of one bio. */
  readonly pages: number;
  /** Pages of a folio are 2 to this power. */
  readonly folioOrder: number;
  /** What was taken for granted, a sentence. */
  readonly assumption: string;
};

/** The most pages of one bio. Source: Linux 6.11 include/linux/bio.h BIO_MAX_VECS. */
const MOST_PAGES = 256;
/** What the prototype of the talk pins at once in its trace: 128 KiB. */
const TALK_ORDER = 5;
const BIO_ROOT = 'bio_iov_iter_get_pages';
const FOLIO_GUP = new Set(['pin_user_folios_fast', 'get_user_folios_fast']);

function callsWithin(name: string, paths: readonly CallTracePath[]): number {
  return paths.reduce(
    (sum, path) =>
      sum + (modelName(path.name) === name ? path.calls : 0) + callsWithin(name, path.children),
    0,
  );
}

function outermost(name: string, paths: readonly CallTracePath[]): readonly CallTracePath[] {
  return paths.flatMap((path) =>
    modelName(path.name) === name ? [path] : outermost(name, path.children),
  );
}

function isPrototype(paths: readonly CallTracePath[]): boolean {
  return paths.some(({ name, children }) => FOLIO_GUP.has(name) || isPrototype(children));
}

/** The largest order of which folios have no more pages than this. */
function orderOf(pages: number): number {
  let order = 0;
  while (order < 9 && 2 ** (order + 1) <= pages) order += 1;
  return order;
}

function ioText(pages: number, order: number): string {
  return `a direct write of ${pages * 4} KiB on folios of ${4 * 2 ** order} KiB mapped by page-table entries`;
}

/**
 * Guesses from the counts of a trace which I/O it shows: how many pages a bio has, whether they lie in
 * large folios, and whether the kernel added them page by page or folio by folio.
 *
 * @returns Null where the trace took no reference, so that nothing is known of its pages.
 */
export function guessTracedIo(part: CallTracePart): TracedIo | null {
  const roots = outermost(BIO_ROOT, part.roots);
  const within = roots.length === 0 ? part.roots : roots;
  const bios = roots.reduce((sum, { calls }) => sum + calls, 0);
  const calls = bios === 0 ? callsWithin('gup_fast_fallback', part.roots) : bios;
  const perCall = (name: string): number => callsWithin(name, within) / Math.max(1, calls);
  const grabs = Math.round(perCall('try_grab_folio'));
  if (grabs === 0) return null;
  if (isPrototype(within)) {
    const pages = Math.min(MOST_PAGES, grabs * 2 ** TALK_ORDER);
    return {
      strategy: { id: 'folio-threshold', parameters: { threshold: 32, unit: 'pages' } },
      pages,
      folioOrder: TALK_ORDER,
      assumption: `The model is asked about ${ioText(pages, TALK_ORDER)}, by the talk's prototype.`,
    };
  }
  const pages = Math.min(MOST_PAGES, grabs);
  const vectors = perCall('__bio_add_page');
  const isPageByPage = vectors + perCall('bvec_try_merge_page') > pages / 2;
  const folioOrder = orderOf(pages / Math.max(1, vectors));
  const kernel = isPageByPage ? 'v6.11' : 'v6.12';
  return {
    strategy: { id: isPageByPage ? 'per-page' : 'folio-add', parameters: { kernel } },
    pages,
    folioOrder,
    assumption: `The model is asked about ${ioText(pages, folioOrder)}, as Linux ${kernel.slice(1)} does it.`,
  };
}

/** What the model says of a guessed I/O, with the tracer on. */
export function explainTracedIo(io: TracedIo, costModel: CostModel): Explanation | null {
  const folioPages = 2 ** io.folioOrder;
  const built = buildLayoutFromSpec(
    {
      kind: 'uniform',
      bytes: Math.ceil(io.pages / folioPages) * folioPages * PAGE_BYTES,
      order: io.folioOrder,
      frames: 'scattered',
      leaf: 'pte',
      misalignmentPages: 0,
      flags: [],
    },
    1,
  );
  const resolved = resolveStrategy(io.strategy, 'direct-io');
  if (!built.ok || !resolved.ok) return null;
  return explainIo({
    layout: built.layout,
    request: {
      api: 'direct-io',
      op: 'write',
      offset: 0,
      length: io.pages * PAGE_BYTES,
      path: 'async',
    },
    strategy: resolved.strategy,
    costModel,
    tracer: 'function-graph',
  });
}

/**
 * Sets a trace beside what the model says of the I/O that it most likely shows.
 *
 * @returns Null where nothing is known of the I/O; otherwise with the guess as the first warning.
 */
export function compareWithGuess(
  part: CallTracePart,
  costModel: CostModel,
): TraceComparison | null {
  const io = guessTracedIo(part);
  const explanation = io === null ? null : explainTracedIo(io, costModel);
  if (io === null || explanation === null) return null;
  const comparison = compareTraces(part, modelledCalls(explanation, costModel));
  const [inflates = '', ...others] = comparison.warnings;
  return { ...comparison, warnings: [inflates, io.assumption, ...others] };
}
