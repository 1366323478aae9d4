import type { Command } from 'commander';
import {
  compareRuns,
  comparisonCsv,
  comparisonDocument,
  comparisonMarkdown,
  DEFAULT_METRICS,
} from '../../../lab/index.ts';
import type { Comparison } from '../../../lab/index.ts';
import { collect } from '../assignments.ts';
import { BadInput } from '../bad-input.ts';
import { comparisonText } from '../comparison-text.ts';
import { commandLine } from '../invocation.ts';
import { LIBRARY_OPTION, readFromLibrary, requireRun } from '../library-access.ts';
import type { LibraryOptions } from '../library-access.ts';
import { print, printJson } from '../output.ts';

type CompareOptions = LibraryOptions & {
  readonly baseline?: string;
  readonly metric?: readonly string[];
  readonly markdown?: true;
  readonly csv?: true;
  readonly json?: true;
};

function checkForms({ markdown, csv, json }: CompareOptions): void {
  if ([markdown, csv, json].filter((form) => form === true).length > 1) {
    throw new BadInput('compare: found several of --markdown, --csv and --json; one is allowed');
  }
}

async function printComparison(comparison: Comparison, options: CompareOptions): Promise<void> {
  if (options.json === true) await printJson(comparisonDocument(comparison));
  else if (options.csv === true) await print(comparisonCsv(comparison));
  else if (options.markdown === true) await print(comparisonMarkdown(comparison));
  else await print(comparisonText(comparison));
}

function compare(ids: readonly string[], options: CompareOptions): Promise<void> {
  checkForms(options);
  return readFromLibrary(options, async (library) => {
    const runs = ids.map((id) => requireRun(library, id).id);
    const baseline =
      options.baseline === undefined || runs.length === 1
        ? options.baseline
        : requireRun(library, options.baseline).id;
    const result = await compareRuns(library, runs, {
      ...(baseline === undefined ? {} : { baseline }),
      metrics: options.metric ?? DEFAULT_METRICS,
    });
    if (!result.ok) throw new BadInput(result.message);
    await printComparison(result.comparison, options);
  });
}

/** `compare`: runs beside each other, or the strategies of one. */
export function addCompareCommand(program: Command): void {
  program
    .command('compare')
    .summary('compare runs with each other, or the strategies of one run')
    .description(
      'Compares runs with each other, or the strategies of one run: medians over replicates, and how far each is from the baseline.',
    )
    .argument('<run...>', 'runs by their ids or the beginnings of them')
    .option(...LIBRARY_OPTION)
    .option(
      '--baseline <run>',
      'what the others are compared with: a run, or a strategy of the only run; by default the first',
    )
    .option(
      '--metric <name>',
      'a figure to compare, such as total.p99 or events.kmalloc; repeatable',
      collect,
    )
    .option('--markdown', 'print tables for a cover letter')
    .option('--csv', 'print a line for each figure')
    .option('--json', 'print one JSON document (folio-lab/compare@1)')
    .addHelpText('after', () => `\nExample: ${commandLine('compare 1a2b3c4d 5e6f7a8b --markdown')}`)
    .action((ids: readonly string[], options: CompareOptions) => compare(ids, options));
}
