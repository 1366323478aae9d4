import type { Explanation } from '#core';
import { formatBytes, formatCount, formatNs } from '../../../format.ts';
import { counted } from '../../../sentences.ts';

/** One figure of an I/O, to be compared between two strategies; less is better for all of them. */
export type Headline = {
  readonly name: string;
  readonly hint: string;
  readonly value: number;
  readonly text: string;
};

function headline(
  name: string,
  hint: string,
  value: number,
  format: (value: number) => string = formatCount,
): Headline {
  return { name, hint, value, text: format(value) };
}

function gupHint({ slowCalls, rewalkedTables }: Explanation): string {
  const slow =
    slowCalls === 0 ? '' : `; ${counted(slowCalls, 'of them needs', 'of them need')} the slow path`;
  const again =
    rewalkedTables === 0
      ? ''
      : `; ${counted(rewalkedTables, 'page table is', 'page tables are')} walked again`;
  return `Calls that pin pages${slow}${again}`;
}

/** The figures that an I/O is judged by. */
export function headlinesOf(explanation: Explanation): readonly Headline[] {
  const { events, totalNs, calls, bvecs, irqOffPages, temporary, bio, tracer } = explanation;
  const memory = temporary.stackBytes + temporary.heapBytes + temporary.pagesAllocated * 4096;
  const traced = tracer.mode === 'off' ? '' : ', tracer included';
  return [
    headline('Time', `Modelled CPU time of the whole I/O${traced}`, totalNs, formatNs),
    headline('Locked operations', 'Atomic read-modify-writes', events.lock_op),
    headline('Folio look‑ups', 'Times a folio is found from its page', events.meta),
    headline('GUP calls', gupHint(explanation), calls),
    headline('Bio vectors', 'Vectors that the device gets', bvecs.length),
    headline('Traced calls', 'What function_graph would record', tracer.calls),
    headline('Result memory', 'Stack, heap and pages for the result', memory, formatBytes),
    headline('Vector memory', "The bio's own vectors", bio.bytes, formatBytes),
    headline('Interrupts off', 'Pages taken at a stretch', irqOffPages),
  ];
}

/** How it ended, in a few words. */
export function outcomeText({ outcome, pages }: Explanation): string {
  switch (outcome.kind) {
    case 'pinned':
      return `${counted(pages, 'page')} pinned`;
    case 'short':
      return `Short: ${formatCount(outcome.pages)} of ${counted(pages, 'page')}`;
    case 'efault':
      return 'EFAULT: not a page could be kept';
  }
}
