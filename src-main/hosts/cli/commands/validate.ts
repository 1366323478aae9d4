import type { Command } from 'commander';
import { describeValue, validateMarkdown } from '#contract';
import { validateExperiments } from '../../../lab/index.ts';
import { BadInput } from '../bad-input.ts';
import { commandLine } from '../invocation.ts';
import { print, printJson } from '../output.ts';
import { EXPERIMENTS_FOLDER } from '../places.ts';
import { validationText } from '../validation-text.ts';

type ValidateOptions = {
  readonly source?: string;
  readonly markdown?: true;
  readonly json?: true;
};

const SOURCES = ['s1', 's2', 's3', 's4', 's5', 'l', 'x'] as const;

const SOURCE_MEANINGS: Readonly<Record<(typeof SOURCES)[number], string>> = {
  s1: 'Kumar, LPC 2024: transitioning get_user_pages to folios',
  s2: 'Martins, December 2020: device memory grabbed once for a leaf entry',
  s3: 'Wilcox and Gunthorpe, December 2021: what a pin should return',
  s4: 'Piggin, January 2008: lockless get_user_pages',
  s5: 'Kara and others, LPC 2018: get_user_pages and DMA',
  l: 'mailing lists, 2021 to 2025',
  x: 'measured on Linux 6.18',
};

function readSource(found: string | undefined): string | null {
  if (found === undefined) return null;
  const source = SOURCES.find((each) => each === found);
  if (source !== undefined) return source;
  throw new BadInput(`--source: found ${describeValue(found)}; allowed: ${SOURCES.join(', ')}`);
}

async function validate(options: ValidateOptions): Promise<void> {
  const source = readSource(options.source);
  if (options.json === true && options.markdown === true) {
    throw new BadInput('--json and --markdown: found both; allowed: one of them');
  }
  const document = await validateExperiments(EXPERIMENTS_FOLDER, source);
  if (options.json === true) await printJson(document);
  else if (options.markdown === true) await print(validateMarkdown(document));
  else await print(validationText(document));
}

function sourcesText(): string {
  const lines = SOURCES.map((source) => `  ${source.padEnd(4)}${SOURCE_MEANINGS[source]}`);
  return ['\nSources:', ...lines].join('\n');
}

/** `validate`: the model against published and measured figures, without a library. */
export function addValidateCommand(program: Command): void {
  program
    .command('validate')
    .summary('compare the model with published and measured figures')
    .description(
      'Puts every published figure beside what the model says, with the error, and whether something was fitted on it. Ends with status 0 whatever the errors.',
    )
    .option('--source <source>', `only the figures of one source: ${SOURCES.join(', ')}`)
    .option('--markdown', 'print a Markdown table')
    .option('--json', 'print one JSON document (folio-lab/validate@1)')
    .addHelpText(
      'after',
      () => `${sourcesText()}\n\nExample: ${commandLine('validate --source s2')}`,
    )
    .action((options: ValidateOptions) => validate(options));
}
