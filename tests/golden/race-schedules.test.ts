import { expect, it } from 'vitest';
import { exploreRace } from '#core';
import type { RaceReport, RaceSetup } from '#core';
import { EVERY_RACE } from '../../src-core/testing/race-setups.ts';

const titleOf = ({ model, reference, rules, fixes }: RaceSetup): string =>
  [
    model,
    `--reference ${reference}`,
    `--rules ${rules}`,
    ...fixes.map((fix) => `--fix ${fix}`),
  ].join(' ');

/** What was found, without the setup it was found for. */
function findingsText({ states, transitions, depth, violations, impossible }: RaceReport): string {
  return [
    `${states} states, ${transitions} transitions, depth ${depth}`,
    ...violations.flatMap((violation) => [
      `${violation.kind} (states: ${violation.states}): ${violation.meaning}`,
      ...violation.schedule.map(({ actor, step, state }) => `  ${actor}: ${step} -> ${state}`),
    ]),
    ...impossible.map(({ kind, meaning }) => `never ${kind}: ${meaning}`),
  ].join('\n');
}

it('the shortest schedules of every race are those that were reviewed (npm run golden:update)', async () => {
  const byFindings = Map.groupBy(EVERY_RACE, (setup) => findingsText(exploreRace(setup)));
  const text = [...byFindings]
    .map(([findings, setups]) => `${setups.map(titleOf).join('\n')}\n${findings}\n`)
    .join('\n');
  await expect(text).toMatchFileSnapshot('race-schedules.txt');
});
