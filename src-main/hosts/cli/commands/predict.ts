import type { Command } from 'commander';
import { isFittedTo } from '#contract';
import {
  findCostModel,
  predictConditions,
  predictRows,
  readMeasuredFile,
} from '../../../lab/index.ts';
import { BadInput } from '../bad-input.ts';
import { commandLine } from '../invocation.ts';
import { LIBRARY_OPTION, readStoredCostModels } from '../library-access.ts';
import type { LibraryOptions } from '../library-access.ts';
import { libraryMeasurement } from '../library-measurement.ts';
import type { LibraryMeasurement } from '../library-measurement.ts';
import { note, print, printJson } from '../output.ts';
import { EXPERIMENTS_FOLDER } from '../places.ts';
import { predictionText } from '../prediction-text.ts';

type PredictOptions = LibraryOptions & {
  readonly costModel: string;
  readonly rows: string;
  readonly conditions?: true;
  readonly json?: true;
};

/** A measurement of the library by its id, else a file. */
async function readTable(options: PredictOptions): Promise<LibraryMeasurement> {
  const { rows: word } = options;
  const measurement = await libraryMeasurement(word, options);
  if (measurement !== null) return measurement;
  const read = await readMeasuredFile(word, null);
  if (!read.ok) throw new BadInput(read.problems.join('\n'));
  if (read.file.kind === 'measurement') return read.file;
  throw new BadInput(`--rows: ${word} is no measurement table`);
}

async function predict(options: PredictOptions): Promise<void> {
  const stored = await readStoredCostModels(options);
  const model = await findCostModel(EXPERIMENTS_FOLDER, options.costModel, stored);
  if (!model.ok) throw new BadInput(`--cost-model: ${model.message}`);
  const { fileName, sha256, document: table } = await readTable(options);
  if (table.kind !== 'span-table') {
    throw new BadInput(`--rows: ${options.rows} is no measurement table`);
  }
  const { rows } = table;
  if (isFittedTo(model.value, sha256)) {
    note(`${model.value.id} was fitted to ${fileName}: these are no predictions`);
  }
  const document =
    options.conditions === true
      ? predictConditions(model.value, { fileName, sha256, rows })
      : predictRows(model.value, fileName, rows);
  if (options.json === true) await printJson(document);
  else await print(predictionText(document));
}

/** `predict`: a cost model beside rows of a measurement table. */
export function addPredictCommand(program: Command): void {
  program
    .command('predict')
    .summary('compare a cost model with rows of a measurement table')
    .description(
      'Puts what a cost model says beside each row of a measurement table. Of a row only its layout, mode, lengths, metric, device and operation are read. The probe that each span holds is added to the prediction.',
    )
    .requiredOption('--cost-model <id or file>', 'the model')
    .requiredOption('--rows <file>', 'the measurement table (CSV), or the id of one in the library')
    .option(...LIBRARY_OPTION)
    .option(
      '--conditions',
      'also tell rows of threads beside each other, faults and forks, from test and variant; say which rows the model was fitted to',
    )
    .option('--json', 'print one JSON document (folio-lab/predict@1)')
    .addHelpText(
      'after',
      () => `\nExample: ${commandLine('predict --cost-model epyc-6.18 --rows pin-register.csv')}`,
    )
    .action((options: PredictOptions) => predict(options));
}
