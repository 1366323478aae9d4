import { RACE_MEANINGS } from '#core';
import type { RaceReport, RaceSetup, RaceStep, RaceViolation } from '#core';
import { countedText } from './figures.ts';
import { textTable, wrapWords } from './text-table.ts';

const WIDTH = 100;
const INDENT = '  ';
/** Columns of a table stand this far apart. */
const GAP = 2;

function setupLines({ model, reference, rules, fixes }: RaceSetup): string[] {
  const proposals = fixes.length === 0 ? 'none' : fixes.join(', ');
  return [
    wrapWords(`${model}: ${RACE_MEANINGS.model[model]}`, WIDTH, INDENT),
    wrapWords(`reference ${reference}: ${RACE_MEANINGS.reference[reference]}`, WIDTH, INDENT),
    wrapWords(`rules ${rules}: ${RACE_MEANINGS.rules[rules]}`, WIDTH, INDENT),
    `proposals of 2018: ${proposals}`,
  ];
}

/** A step as the cells of its line, and the lines that its state needs beside them. */
type Row = { readonly number: string; readonly cells: readonly string[]; readonly state: string };

/** Breaks a state over as many rows as it takes, but never inside one of its phrases. */
function rowsOfStep(row: Row, stateWidth: number): Row[] {
  const phrases = row.state.replaceAll(/(?<!,) /g, '\u00A0');
  const lines = wrapWords(phrases, stateWidth, '').replaceAll('\u00A0', ' ').split('\n');
  const [state = '', ...rest] = lines;
  const blank = row.cells.map(() => '');
  return [{ ...row, state }, ...rest.map((line) => ({ number: '', cells: blank, state: line }))];
}

/** A schedule with a column for each actor that takes part, and the state each step leads to. */
function scheduleTable(schedule: readonly RaceStep[], actors: readonly string[]): string {
  const present = actors.filter((actor) => schedule.some((each) => each.actor === actor));
  const widths = present.map((actor) =>
    Math.max(
      actor.length,
      ...schedule.map((each) => (each.actor === actor ? each.step.length : 0)),
    ),
  );
  const numberWidth = String(schedule.length).length;
  const taken = widths.reduce((sum, width) => sum + width + GAP, INDENT.length + numberWidth + GAP);
  const rows = schedule.flatMap(({ actor, step, state }, index) =>
    rowsOfStep(
      {
        number: String(index + 1),
        cells: present.map((each) => (each === actor ? step : '')),
        state,
      },
      WIDTH - taken,
    ),
  );
  const table = textTable(rows, [
    { title: '', align: 'right', text: ({ number }) => number },
    ...present.map((actor, index) => ({
      title: actor,
      align: 'left' as const,
      text: ({ cells }: Row) => cells[index] ?? '',
    })),
    { title: 'then the page is', align: 'left', text: ({ state }) => state },
  ]);
  return table.replaceAll(/^/gm, INDENT).replaceAll(/ +$/gm, '');
}

function violationLines(violation: RaceViolation, { actors }: RaceReport): string[] {
  const { kind, meaning, states, schedule } = violation;
  const ends = `${countedText(states, 'state')}, the nearest after ${countedText(schedule.length, 'step')}:`;
  return [
    '',
    wrapWords(`✗ ${kind}: ${meaning}`, WIDTH, INDENT),
    `${INDENT}${ends}`,
    scheduleTable(schedule, actors),
  ];
}

/** What can happen in a race, for people: the shortest schedules as tables by actor. */
export function raceText(report: RaceReport): string {
  const { setup, states, transitions, depth, start, violations, impossible } = report;
  const size = `${countedText(states, 'state')} visited, ${countedText(transitions, 'transition')}, at most ${countedText(depth, 'step')} from the start (${start})`;
  const proof = impossible.map(({ kind, meaning }) =>
    wrapWords(`✓ no schedule comes to ${kind}: ${meaning}`, WIDTH, INDENT),
  );
  return [
    ...setupLines(setup),
    wrapWords(size, WIDTH, INDENT),
    ...violations.flatMap((violation) => violationLines(violation, report)),
    ...(proof.length === 0 ? [] : ['', ...proof]),
  ].join('\n');
}
