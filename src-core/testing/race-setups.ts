import {
  RACE_FIXES,
  RACE_MODELS,
  RACE_REFERENCES,
  RACE_RULES,
} from '../interleaving/race-setup.ts';
import type { RaceSetup } from '../interleaving/race-setup.ts';

/** Every choice of some of these, in their order; the first is the empty one. */
export function everySubset<Value>(values: readonly Value[]): readonly (readonly Value[])[] {
  return values.reduce<readonly (readonly Value[])[]>(
    (subsets, value) => subsets.flatMap((subset) => [subset, [...subset, value]]),
    [[]],
  );
}

/** Every race that can be asked for. */
export const EVERY_RACE: readonly RaceSetup[] = RACE_MODELS.flatMap((model) =>
  RACE_REFERENCES.flatMap((reference) =>
    RACE_RULES.flatMap((rules) =>
      everySubset(RACE_FIXES).map((fixes) => ({ model, reference, rules, fixes })),
    ),
  ),
);
