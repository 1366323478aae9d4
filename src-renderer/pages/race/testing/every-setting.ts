import { RACE_FIXES, RACE_MODELS, RACE_REFERENCES, RACE_RULES } from '#core';
import type { RaceFix, RaceSetup } from '#core';
import { outcomesOf, raceStory } from '../story/track.ts';
import type { Outcome, RaceStory } from '../story/track.ts';
import type { Setting } from '../place.ts';

const SUBSETS = RACE_FIXES.reduce<readonly (readonly RaceFix[])[]>(
  (subsets, fix) => subsets.flatMap((subset) => [subset, [...subset, fix]]),
  [[]],
);

/** Every setting of the form. */
export const EVERY_SETTING: readonly Setting[] = RACE_REFERENCES.flatMap((reference) =>
  RACE_RULES.flatMap((rules) => SUBSETS.map((fixes) => ({ reference, rules, fixes }))),
);

/** Every setting of every model. */
export const EVERY_SETUP: readonly RaceSetup[] = RACE_MODELS.flatMap((model) =>
  EVERY_SETTING.map((setting) => ({ model, ...setting })),
);

/** Everything that can be walked through. */
export const EVERY_STORY: readonly { readonly outcome: Outcome; readonly story: RaceStory }[] =
  EVERY_SETUP.flatMap((setup) =>
    outcomesOf(setup.model).map((outcome) => ({ outcome, story: raceStory(setup, outcome) })),
  );
