import { contentionProblem, pinnersTogether, simulateContention, unmapBesidePinner } from '#core';
import type { ContentionMachine, ContentionSetup, CostModel, Pinner, SpanTerm } from '#core';
import type { SpanRow } from '#contract';
import type { Found } from '../catalogue/catalogue-folder.ts';
import { OPERATIONS_OF_PAGE, OTHER_ALONE } from './beside-terms.ts';
import type { ConditionCounter, PinnerCounts } from './count-conditions.ts';
import { priceParts } from './price-parts.ts';

/** Long enough for dozens of pins of 16 MiB. */
const WATCH = { measuredNs: 20_000_000, seed: 1 };
/**
 * Where in a call that unmaps the others are interrupted: after the pages are gone, before they are freed. Chosen with
 * the rows of munmap beside a pinner in view, which therefore count as fitted.
 */
const SHARE_BEFORE_INTERRUPT = 0.7;

const OTHER_METRICS: readonly string[] = ['other_operation', 'other_pin_register'];

/** What a thread's operation takes while the other one works. */
type Told = { readonly pinNs: number; readonly otherNs: number };

function simulate(setup: ContentionSetup): Found<Told> {
  const problem = contentionProblem(setup);
  if (problem !== null) return { ok: false, message: `with these prices ${problem}` };
  const { groups } = simulateContention(setup);
  const p50 = (group: string): number | null =>
    groups.find(({ name }) => name === group)?.latency.percentileNs(0.5) ?? null;
  const pinNs = p50('pin') ?? 0;
  return { ok: true, value: { pinNs, otherNs: p50('unmap') ?? pinNs } };
}

/**
 * Tells what threads beside each other take, with nothing but a model's prices: the pinner's walk, which keeps
 * interrupts waiting, is what the counts of its memory cost; what passes between the processors was fitted.
 *
 * @source SPEC rules CONT-5 to CONT-7, CONT-12, CONT-13.
 */
export class ContendedRows {
  private readonly model: CostModel;
  private readonly counter: ConditionCounter;
  private readonly told = new Map<string, Found<Told>>();

  constructor(model: CostModel, counter: ConditionCounter) {
    this.model = model;
    this.counter = counter;
  }

  /**
   * Tells one row, from its variant, metric, layout and length alone.
   *
   * @returns Nanoseconds; or why there is no telling.
   */
  tell(row: SpanRow): Found<number> {
    const { variant, metric } = row;
    if (variant === 'mprotect' && metric === 'other_operation') {
      const message =
        'half of the calls give rights back and interrupt nobody; the median lies between the halves and is of neither';
      return { ok: false, message };
    }
    const pinner = this.counter.countPinner(row);
    if (!pinner.ok) return pinner;
    const told = this.tellVariant(row, pinner.value);
    if (!told.ok) return told;
    const { otherNs, pinNs } = told.value;
    return { ok: true, value: OTHER_METRICS.includes(metric) ? otherNs : pinNs };
  }

  private tellVariant(row: SpanRow, counts: PinnerCounts): Found<Told> {
    const { variant } = row;
    const aloneNs = priceParts(counts.call, this.model);
    switch (variant) {
      // Buffers of their own have nothing in common, and a fault interrupts nobody.
      case 'pinner_own_buffer':
        return { ok: true, value: { pinNs: aloneNs, otherNs: aloneNs } };
      case 'page_faults':
        return { ok: true, value: { pinNs: aloneNs, otherNs: this.termNs('fault_alone') } };
      case 'pinner_same_buffer':
        return this.simulated(row, () => this.sharedSetup(counts));
      case 'mmap_munmap':
      case 'mprotect':
        return this.simulated(row, () => this.unmapSetup(variant, counts));
      default:
        return { ok: false, message: `variant ${variant ?? 'none'} of beside is not modelled` };
    }
  }

  private simulated(row: SpanRow, setupOf: () => ContentionSetup): Found<Told> {
    const key = [row.variant, row.layout, row.bytes].join(' ');
    const found = this.told.get(key) ?? simulate(setupOf());
    this.told.set(key, found);
    return found;
  }

  private unmapSetup(variant: 'mmap_munmap' | 'mprotect', counts: PinnerCounts): ContentionSetup {
    const machine = this.machine();
    const aloneNs = this.termNs(OTHER_ALONE[variant] ?? 'unmap_alone');
    // The lock is part of what the call takes alone.
    const ownNs = Math.max(0, aloneNs - 2 * machine.lockOperation.local);
    const beforeNs = SHARE_BEFORE_INTERRUPT * ownNs;
    const unmapper = {
      ...{ beforeNs, afterNs: ownNs - beforeNs },
      // Every other mprotect gives the rights back, which nobody has to hear of.
      betweenNs: variant === 'mprotect' ? aloneNs : 0,
    };
    return unmapBesidePinner(machine, unmapper, this.pinner(counts, 0), WATCH);
  }

  private sharedSetup(counts: PinnerCounts): ContentionSetup {
    const machine = this.machine();
    const operationsNs = OPERATIONS_OF_PAGE * machine.lockOperation.local;
    const shared = { folioOrder: counts.entryOrder };
    return pinnersTogether(machine, this.pinner(counts, operationsNs), 2, shared, WATCH);
  }

  /** @param sharedNs  What a page's operations on lines that others use take; the simulation adds them. */
  private pinner({ call, walk, release, entries }: PinnerCounts, sharedNs: number): Pinner {
    const walkNs = priceParts(walk, this.model);
    return {
      pages: entries,
      callNs: 0,
      pageNs: Math.max(0, walkNs / entries - sharedNs),
      restNs: Math.max(0, priceParts(call, this.model) - walkNs),
      // Giving the buffer back is a system call too.
      betweenNs: priceParts(release, this.model) + this.termNs('register_call'),
      betweenSpread: 'exponential',
    };
  }

  private machine(): ContentionMachine {
    const local = this.model.prices['lock_op.reference'];
    const otherCore = local + this.termNs('line_transfer');
    return {
      coresPerSocket: 2,
      lockOperation: { local, otherCore, otherSocket: otherCore },
      wakeNs: 0,
      // How an interrupt divides cannot be seen from outside: all of it is the answer.
      interrupt: { deliverNs: 0, handleNs: this.termNs('interrupt') },
    };
  }

  private termNs(term: SpanTerm): number {
    return this.model.spanTerms?.[term] ?? 0;
  }
}
