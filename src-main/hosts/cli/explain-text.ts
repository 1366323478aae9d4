import { EVENTS, OVERHEADS, PHASES } from '#core';
import type { CostModel, Explanation, Phase, PricedName } from '#core';
import { bytesText, countedText, countText, decimals, nanosecondsText } from './figures.ts';
import { wrapWords } from './text-table.ts';

/** Columns of a line, and of the words that stand before it. */
const WIDTH = 100;
const LABEL_WIDTH = 12;
const INDENT = ' '.repeat(LABEL_WIDTH);
/** Vectors shown before the rest is summed up. */
const VECTORS_SHOWN = 6;
const TICKS_PER_SHARE = 100;

function labelled(label: string, text: string): string {
  return wrapWords(`${label.padEnd(LABEL_WIDTH)}${text}`, WIDTH, INDENT);
}

function requestText({ request }: Explanation, layout: string): string {
  const api = { 'direct-io': 'direct I/O', 'gup-test': 'gup_test', register: 'registration' };
  const path = request.api === 'direct-io' ? `, ${request.path} path` : '';
  const { caches = 'hot' } = request;
  const cache = caches === 'hot' ? '' : `, ${caches} cache`;
  return `${api[request.api]} ${request.op} of ${bytesText(request.length)} at offset ${request.offset} on ${layout}${path}${cache}`;
}

function outcomeText({ outcome, pages }: Explanation): string {
  if (outcome.kind === 'pinned') return `pinned: ${countedText(pages, 'page')}`;
  if (outcome.kind === 'short') {
    return `short I/O: ${countText(outcome.pages)} of ${countedText(pages, 'page')}, then a page that cannot be pinned`;
  }
  return 'EFAULT: not a page could be kept, for one is not mapped or must not be pinned';
}

function runsText(explanation: Explanation): string {
  const { folioRuns, physicalRuns, calls, slowCalls, rewalkedTables, bios, irqOffPages } =
    explanation;
  const runs = `${countedText(folioRuns, 'folio run')}, ${countedText(physicalRuns, 'physical run')}`;
  const slow = slowCalls === 0 ? '' : ` (${countText(slowCalls)} with the slow path)`;
  const again =
    rewalkedTables === 0 ? '' : `, ${countedText(rewalkedTables, 'page table')} walked again`;
  const work = `${countedText(calls, 'GUP call')}${slow}${again}, ${countedText(bios, 'bio')}`;
  return `${runs}; ${work}; at most ${countedText(irqOffPages, 'page')} with interrupts off`;
}

function vectorsText({ bvecs }: Explanation): string {
  if (bvecs.length === 0) return 'none';
  const shown = bvecs
    .slice(0, VECTORS_SHOWN)
    .map(({ pfn, offset, length }) => `${pfn}${offset === 0 ? '' : `+${offset}`}:${length}`);
  const rest = bvecs.length - shown.length;
  const more = rest > 0 ? ` and ${countText(rest)} more` : '';
  return `${countText(bvecs.length)} (frame+offset:bytes)  ${shown.join(', ')}${more}`;
}

const ORDERED_NAMES: readonly string[] = [...EVENTS, ...OVERHEADS];

function eventsText(counts: Readonly<Partial<Record<PricedName, number>>>): string {
  return Object.entries(counts)
    .sort(([a], [b]) => ORDERED_NAMES.indexOf(a) - ORDERED_NAMES.indexOf(b))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
    .replaceAll(/ (\d+)(,|$)/g, '\u00A0$1$2');
}

function phaseLines(explanation: Explanation): string[] {
  const { phases, totalNs, ledger } = explanation;
  const indent = ' '.repeat(29);
  const line = (phase: string, ns: number, text: string): string => {
    const share = totalNs === 0 ? 0 : (ns / totalNs) * TICKS_PER_SHARE;
    const start = `${phase.padEnd(LABEL_WIDTH)}${nanosecondsText(ns).padStart(8)}${`${share.toFixed(0)} %`.padStart(7)}  `;
    return wrapWords(`${start}${text}`, WIDTH, indent).replaceAll('\u00A0', ' ').trimEnd();
  };
  const entered = PHASES.filter((phase: Phase) => Object.keys(ledger[phase]).length > 0);
  return [
    `${'phase'.padEnd(LABEL_WIDTH)}${'ns'.padStart(8)}${''.padStart(9)}events`,
    ...entered.map((phase) => line(phase, phases[phase], eventsText(ledger[phase]))),
    line('total', totalNs, ''),
  ];
}

function locksText({ events }: Explanation): string {
  const kinds = ['reference', 'mark', 'release', 'dirty', 'other'] as const;
  const parts = kinds
    .filter((kind) => events[`lock_op.${kind}`] > 0)
    .map((kind) => `${kind} ${countText(events[`lock_op.${kind}`])}`);
  return [
    countText(events.lock_op),
    ...(parts.length === 0 ? [] : [`= ${parts.join(' + ')}`]),
  ].join(' ');
}

/** Where reading and writing pins have counters of their own, what each holds. */
function pinsText({ pins, strategy }: Explanation): string {
  if (strategy.policies.readOnlyPins !== 'separate') return '';
  return `; pins held: ${countText(pins.readOnly)} read-only, ${countText(pins.readWrite)} read-write`;
}

function referencesText(explanation: Explanation): string {
  const { references } = explanation;
  let added = 0;
  let removed = 0;
  for (const folio of references.values()) {
    added += folio.added;
    removed += folio.removed;
  }
  return `${countText(added)} added, ${countText(removed)} removed, on ${countedText(references.size, 'folio')}${pinsText(explanation)}`;
}

function resultMemoryText({ temporary, events }: Explanation): string {
  const parts: string[] = [];
  if (temporary.stackBytes > 0) parts.push(`${bytesText(temporary.stackBytes)} of stack`);
  if (events.kmalloc > 0) {
    const asked = bytesText(temporary.heapRequested);
    parts.push(
      `${countedText(events.kmalloc, 'kmalloc')} of ${asked} (${bytesText(temporary.heapBytes)} of slab)`,
    );
  }
  if (temporary.pagesAllocated > 0)
    parts.push(`${countedText(temporary.pagesAllocated, 'page')} from the caller`);
  return parts.length === 0 ? 'nothing of its own' : parts.join(', ');
}

function memoryText(explanation: Explanation): string {
  const { bio } = explanation;
  const result = `result: ${resultMemoryText(explanation)}`;
  if (bio.source === 'none') return `${result}; no bio`;
  return `${result}; bio vectors: ${countText(bio.vecs)}, ${bytesText(bio.bytes)} (${bio.source})`;
}

function tracerText({ tracer }: Explanation): string {
  return tracer.mode === 'off'
    ? `off; function_graph would record ${countedText(tracer.calls, 'call')}`
    : `function_graph on: ${countedText(tracer.calls, 'call')} recorded, what that costs is in the times`;
}

/**
 * One I/O on one screen.
 *
 * @param layout  The layout as the user named it.
 */
export function explanationText(
  explanation: Explanation,
  costModel: CostModel,
  layout: string,
): string {
  return [
    requestText(explanation, layout),
    labelled('strategy', explanation.strategy.name),
    labelled('outcome', outcomeText(explanation)),
    labelled('runs', runsText(explanation)),
    labelled('bio vectors', vectorsText(explanation)),
    labelled('locked ops', locksText(explanation)),
    labelled('references', referencesText(explanation)),
    labelled('memory', memoryText(explanation)),
    ...explanation.broken.map(({ breaks }) => labelled('broken', breaks)),
    '',
    ...phaseLines(explanation),
    '',
    labelled(
      'per page',
      `${decimals(explanation.totalNs / Math.max(1, explanation.outcome.pages))} ns`,
    ),
    labelled('tracer', tracerText(explanation)),
    labelled('times are', `estimates by cost model ${costModel.id}. ${costModel.error}`),
  ].join('\n');
}
