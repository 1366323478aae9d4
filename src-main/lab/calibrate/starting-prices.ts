import type { CostModel } from '#core';
import { SPAN_TERMS } from '#core';
import { PART_NAMES } from './count-spans.ts';
import type { PartName } from './count-spans.ts';

/**
 * Where a fit starts for parts that the starting model prices at nothing, because nobody has measured them. The
 * ratio to others matters only where the rows cannot tell them apart. Unit: nanoseconds.
 */
const WITHOUT_PRICE: Partial<Readonly<Record<PartName, number>>> = {
  pte_unmap: 0.3,
  merge_ok: 0.3,
  bio_start: 100,
  bio_end: 100,
  cold_start: 100,
  cold_bio: 50,
  cold_end: 50,
  cold_first_line: 10,
  cold_line: 1,
  cold_jump: 30,
  cold_head: 80,
  cold_release_line: 1.5,
  sys_enter: 100,
  sys_exit: 30,
  worker: 200,
  worker_entry: 400,
  fault_folio: 400,
  fault_large: 500,
  fault_page: 50,
  fault_split: 10_000,
  register_call: 300,
  register_vector: 1,
  register_pair: 0.6,
  mapped_call: 500,
  forked_call: 2000,
  forked_again: 200,
  populate_call: 200,
  user_fault: 150,
  user_store: 10,
  direct_call: 1000,
  direct_page: 250,
  unmap_alone: 6000,
  protect_alone: 4000,
  fault_alone: 1000,
  interrupt: 10_000,
  line_transfer: 20,
};

function isTerm(name: PartName): boolean {
  return SPAN_TERMS.some((term) => term === name);
}

/** The price each part starts from, in the order of `PART_NAMES`; all above 0. Unit: nanoseconds. */
export function startingPrices(model: CostModel): Float64Array {
  const prices: Partial<Readonly<Record<PartName, number>>> = model.prices;
  return Float64Array.from(PART_NAMES, (name) => {
    const price = isTerm(name) ? 0 : (prices[name] ?? 0);
    return price > 0 ? price : (WITHOUT_PRICE[name] ?? 1);
  });
}
