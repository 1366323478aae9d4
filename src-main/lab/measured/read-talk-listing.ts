import { CALL_TRACE_SCHEMA, MOST_CALL_PATHS } from '#contract';
import type { CallTracePart } from '#contract';
import { countShownCalls, expandListing } from './expand-listing.ts';
import { lineBatches, LINE_CHARACTERS_LIMIT } from './line-batches.ts';
import { applyKernelKnowledge } from './listing-knowledge.ts';
import { ListingFinder } from './listing-lines.ts';
import type { ShownListing } from './listing-lines.ts';
import { functionsOf, pathsOf } from './merged-calls.ts';
import type { MergedCalls } from './merged-calls.ts';
import { ProblemList } from './problem-list.ts';
import type { TextChunks } from './read-csv-rows.ts';
import { warningsOf } from './read-function-graph.ts';
import type { CallTraceOutcome } from './read-function-graph.ts';
import { RemarkList } from './remark-list.ts';

const EMPTY =
  'no listing of function_graph was found; allowed: a text with lines such as "18) 0.110 us | name();" and marks such as "<-----32 times----->"';

function sumOfCalls(merged: MergedCalls): number {
  return [...merged.children.values()].reduce(
    (sum, child) => sum + child.calls + sumOfCalls(child),
    0,
  );
}

function remarkOnForm(listing: ShownListing, assumptions: RemarkList): void {
  const { spacedLine, spacedNames, askewLine } = listing;
  if (spacedNames > 0) {
    const text = `Spaces in names are read as underscores that were lost; the listing has ${spacedNames} such names, the first here.`;
    assumptions.add(spacedLine, text);
  }
  if (askewLine > 0) {
    const text =
      'The brace does not stand below the call that it closes: braces are matched by their order.';
    assumptions.add(askewLine, text);
  }
}

function partOf(listing: ShownListing, assumptions: RemarkList): CallTracePart {
  remarkOnForm(listing, assumptions);
  const root = expandListing(listing.items, assumptions);
  const literalCalls = countShownCalls(listing.items);
  const marked = sumOfCalls(root);
  if (marked !== literalCalls) applyKernelKnowledge(root, listing.firstLine, assumptions);
  const calls = sumOfCalls(root);
  const byMarks =
    marked === literalCalls
      ? `The listing has ${literalCalls} calls and no repetitions.`
      : `The listing shows ${literalCalls} calls; with its marks written out they are ${marked}, with all that is assumed ${calls}.`;
  assumptions.add(listing.firstLine, byMarks);
  return {
    firstLine: listing.firstLine,
    lastLine: listing.lastLine,
    cpus: [listing.cpu],
    tasks: 0,
    literalCalls,
    calls,
    cutOffCalls: 0,
    lostMarks: 0,
    lostEvents: 0,
    overruns: 0,
    interrupts: 0,
    roots: pathsOf(root),
    functions: functionsOf(root),
  };
}

function documentOf(listings: readonly ShownListing[]): CallTraceOutcome {
  const assumptions = new RemarkList();
  const parts = listings.map((listing) => partOf(listing, assumptions));
  const warnings = new Set(parts.flatMap(warningsOf));
  if (new Set(listings.map(({ cpu }) => cpu)).size > 1) {
    warnings.add(
      'The listings were recorded on different CPUs: their clocks may differ, so their times are not to be subtracted.',
    );
  }
  return {
    ok: true,
    document: {
      schema: CALL_TRACE_SCHEMA,
      kind: 'function-graph',
      format: 'listings',
      parts,
      assumptions: assumptions
        .list()
        .toSorted((one, other) => (one.line ?? Infinity) - (other.line ?? Infinity)),
      warnings: [...warnings].map((text) => ({ line: null, text })),
    },
  };
}

/**
 * Reads the listings of function_graph in a text about something, such as the notes of a talk, where
 * marks such as `<-----32 times----->` stand for calls that are left out, and names may have lost their
 * underscores. Each listing is a part of its own. Says with lines what was assumed; the literal count
 * and the one with repetitions written out stand side by side.
 *
 * @throws What the chunks throw, such as a file that cannot be read.
 * @source K. Kumar, Linux Plumbers Conference 2024, the two listings of the talk; SPEC rules TRC-2, TRC-3.
 */
export async function readTalkListing(chunks: TextChunks): Promise<CallTraceOutcome> {
  const problems = new ProblemList();
  const finder = new ListingFinder();
  let lastLine = 1;
  for await (const { firstLine, lines, isTooLong } of lineBatches(chunks)) {
    for (const [index, text] of lines.entries()) finder.take(text, firstLine + index);
    lastLine = Math.max(lastLine, firstLine + lines.length - 1);
    if (isTooLong) {
      const found = `the line is longer than ${LINE_CHARACTERS_LIMIT} characters; allowed: shorter ones`;
      problems.addLast(firstLine + lines.length, found);
    }
    if (finder.problem !== null) break;
  }
  finder.end(lastLine);
  if (finder.problem !== null) problems.add(finder.problem.line, finder.problem.message);
  if (problems.isEmpty && finder.listings.length === 0) problems.add(lastLine, EMPTY);
  const paths = finder.listings.reduce((sum, { items }) => sum + countShownCalls(items), 0);
  if (paths > MOST_CALL_PATHS) {
    problems.add(lastLine, `there are more than ${MOST_CALL_PATHS} listed calls; allowed: fewer`);
  }
  if (!problems.isEmpty) return { ok: false, problems: problems.list() };
  return documentOf(finder.listings);
}
