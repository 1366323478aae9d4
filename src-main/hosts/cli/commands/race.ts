import type { Command } from 'commander';
import {
  exploreRace,
  RACE_FIXES,
  RACE_MEANINGS,
  RACE_MODELS,
  RACE_REFERENCES,
  RACE_RULES,
} from '#core';
import type { RaceSetup } from '#core';
import { describeValue, raceDocument, suggestNames } from '#contract';
import { collect } from '../assignments.ts';
import { BadInput } from '../bad-input.ts';
import { commandLine } from '../invocation.ts';
import { note, print, printJson } from '../output.ts';
import { raceText } from '../race-text.ts';

type RaceOptions = {
  readonly reference: string;
  readonly rules: string;
  readonly fix?: readonly string[];
  readonly json?: true;
};

function readName<Name extends string>(what: string, found: string, names: readonly Name[]): Name {
  const name = names.find((candidate) => candidate === found);
  if (name !== undefined) return name;
  throw new BadInput(`${what}: found ${describeValue(found)}; ${suggestNames(found, names)}`);
}

function readSetup(model: string, { reference, rules, fix = [] }: RaceOptions): RaceSetup {
  const asked = fix.map((each) => readName('--fix', each, RACE_FIXES));
  return {
    model: readName('model', model, RACE_MODELS),
    reference: readName('--reference', reference, RACE_REFERENCES),
    rules: readName('--rules', rules, RACE_RULES),
    fixes: RACE_FIXES.filter((each) => asked.includes(each)),
  };
}

/** A proposal that changes nothing is no mistake, but nobody should take it for a proof. */
function noteIdleFixes({ model, reference, fixes }: RaceSetup): void {
  if (fixes.length === 0) return;
  if (model === 'fork-cow') {
    note('--fix changes nothing here: the proposals of 2018 concern pages of files');
  } else if (reference === 'get') {
    note('--fix changes nothing here: the proposals of 2018 need pins (--reference pin)');
  }
}

async function race(model: string, options: RaceOptions): Promise<void> {
  const setup = readSetup(model, options);
  const report = exploreRace(setup);
  if (options.json === true) await printJson(raceDocument(report));
  else await print(raceText(report));
  noteIdleFixes(setup);
}

function meaningsText(): string {
  const line = (name: string, meaning: string): string => `  ${name.padEnd(18)}${meaning}`;
  return [
    '\nModels:',
    ...RACE_MODELS.map((model) => line(model, RACE_MEANINGS.model[model])),
    '\nReferences, rules and proposals:',
    ...RACE_REFERENCES.map((reference) => line(reference, RACE_MEANINGS.reference[reference])),
    ...RACE_RULES.map((rules) => line(rules, RACE_MEANINGS.rules[rules])),
    ...RACE_FIXES.map((fix) => line(fix, RACE_MEANINGS.fix[fix])),
  ].join('\n');
}

/** `race`: every interleaving of a small model of the kernel, without a library. */
export function addRaceCommand(program: Command): void {
  program
    .command('race')
    .summary('explore every interleaving of a pin with reclaim, writeback or fork')
    .description(
      'Follows every interleaving of a small model of the kernel: the shortest schedule to a crash or to lost data, and what no schedule comes to.',
    )
    .argument('<model>', RACE_MODELS.join(', '))
    .option('--reference <kind>', `how the page is held: ${RACE_REFERENCES.join(' or ')}`, 'get')
    .option('--rules <rules>', `what the kernel makes of pins: ${RACE_RULES.join(' or ')}`, 'v7.1')
    .option('--fix <proposal>', 'a proposal of 2018; repeatable', collect)
    .option('--json', 'print one JSON document (folio-lab/race@1)')
    .addHelpText(
      'after',
      () =>
        `${meaningsText()}\n\nExample: ${commandLine('race gup-dma --reference pin --fix hold-off-unmap')}`,
    )
    .action((model: string, options: RaceOptions) => race(model, options));
}
