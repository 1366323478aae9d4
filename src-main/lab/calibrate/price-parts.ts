import { PRICED, SPAN_TERMS } from '#core';
import type { CostModel } from '#core';

/** What parts cost, in the order of `PART_NAMES`; terms that a model has not are nothing. Unit: nanoseconds. */
export function priceParts(parts: Float64Array, model: CostModel): number {
  let sum = 0;
  PRICED.forEach((name, at) => {
    sum += (parts[at] ?? 0) * model.prices[name];
  });
  SPAN_TERMS.forEach((name, at) => {
    sum += (parts[PRICED.length + at] ?? 0) * (model.spanTerms?.[name] ?? 0);
  });
  return sum;
}
