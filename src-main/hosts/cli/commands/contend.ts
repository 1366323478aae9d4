import type { Command } from 'commander';
import { contendDocument, CONTENTIONS, describeValue, suggestNames } from '#contract';
import { collect, readAssignments } from '../assignments.ts';
import { BadInput } from '../bad-input.ts';
import { parametersText } from '../contend-parameters.ts';
import { CONTENTION_REPORTS } from '../contend-scenarios.ts';
import { CONTENTION_MEANINGS, contendText } from '../contend-text.ts';
import { commandLine } from '../invocation.ts';
import { print, printJson } from '../output.ts';

type ContendOptions = {
  readonly set?: readonly string[];
  readonly json?: true;
};

async function contend(found: string, { json, set }: ContendOptions): Promise<void> {
  const what = CONTENTIONS.find((each) => each === found);
  if (what === undefined) {
    throw new BadInput(`what: found ${describeValue(found)}; ${suggestNames(found, CONTENTIONS)}`);
  }
  const asked = readAssignments('--set', set);
  const document = contendDocument(CONTENTION_REPORTS[what](asked));
  if (json === true) await printJson(document);
  else await print(contendText(document));
}

function helpText(): string {
  const lines = CONTENTIONS.map((what) => `  ${what.padEnd(16)}${CONTENTION_MEANINGS[what]}`);
  return [
    '\nContentions:',
    ...lines,
    '\nParameters, each where it matters; times and prices are nanoseconds or have a unit:',
    parametersText(),
    `\nExample: ${commandLine('contend pinners --set threads=4')}`,
  ].join('\n');
}

/** `contend`: threads that pin, beside each other or beside munmap, without a library. */
export function addContendCommand(program: Command): void {
  program
    .command('contend')
    .summary('put threads that pin beside each other, or beside munmap')
    .description(
      'Simulates threads on processors of their own that meet on locks, cache lines and interrupts: what each gets done, how long it takes, and where the time goes.',
    )
    .argument('<what>', CONTENTIONS.join(', '))
    .option('--set <key=value>', 'another value of a parameter; repeatable', collect)
    .option('--json', 'print one JSON document (folio-lab/contend@1)')
    .addHelpText('after', helpText)
    .action((what: string, options: ContendOptions) => contend(what, options));
}
