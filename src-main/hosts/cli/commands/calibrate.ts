import { Option } from 'commander';
import type { Command } from 'commander';
import {
  costModelReference,
  costModelText,
  describeValue,
  GROUPINGS,
  partsFarOff,
} from '#contract';
import type { CalibrationDocument, Grouping, StoredCostModel } from '#contract';
import {
  calibrateMeasurements,
  DEFAULT_SAMPLES,
  exportText,
  findCostModel,
  readMeasurementToFit,
} from '../../../lab/index.ts';
import type { Calibration, MeasurementToFit } from '../../../lab/index.ts';
import { BadInput, takeFound } from '../bad-input.ts';
import { calibrationText } from '../calibration-text.ts';
import { commandLine } from '../invocation.ts';
import { LIBRARY_OPTION, readStoredCostModels, writeToLibrary } from '../library-access.ts';
import type { LibraryOptions } from '../library-access.ts';
import { libraryMeasurement } from '../library-measurement.ts';
import { note, print, printJson } from '../output.ts';
import { checkOutputFile } from '../output-folder.ts';
import { EXPERIMENTS_FOLDER } from '../places.ts';

type CalibrateOptions = LibraryOptions & {
  readonly name: string;
  readonly title?: string;
  readonly machine?: string;
  readonly start: string;
  readonly grouping: Grouping;
  readonly samples: string;
  readonly out?: string;
  readonly store: boolean;
  readonly json?: true;
};

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const MOST_SAMPLES = 10_000;

function readSamples(found: string): number {
  const samples = Number(found);
  if (/^\d+$/.test(found) && samples <= MOST_SAMPLES) return samples;
  throw new BadInput(
    `--samples: found ${describeValue(found)}; allowed: a whole number from 0 to ${MOST_SAMPLES}`,
  );
}

/** Measurements of the library by their ids, and files. */
async function readMeasurements(
  words: readonly string[],
  options: LibraryOptions,
): Promise<readonly MeasurementToFit[]> {
  const measurements: MeasurementToFit[] = [];
  for (const word of words) {
    const ofLibrary = await libraryMeasurement(word, options);
    measurements.push(ofLibrary ?? takeFound(await readMeasurementToFit(word), ''));
  }
  return measurements;
}

/** A name that a model of the library can have; one that is only written to a file may be any. */
async function checkName({ name, store: isStored }: CalibrateOptions): Promise<void> {
  if (!ID.test(name)) {
    const allowed = 'letters, digits, dots, dashes and underscores, up to 100 of them';
    throw new BadInput(`--name: found ${describeValue(name)}; allowed: ${allowed}`);
  }
  if (!isStored) return;
  const builtIn = await findCostModel(EXPERIMENTS_FOLDER, name);
  if (builtIn.ok)
    throw new BadInput(`--name: ${name} is a built-in cost model; allowed: another name`);
}

async function fit(paths: readonly string[], options: CalibrateOptions): Promise<Calibration> {
  const { name: id, title, machine, start, grouping } = options;
  const samples = readSamples(options.samples);
  await checkName(options);
  if (options.out !== undefined) checkOutputFile('--out', options.out);
  const stored = await readStoredCostModels(options);
  const startingModel = await findCostModel(EXPERIMENTS_FOLDER, start, stored);
  if (!startingModel.ok) throw new BadInput(`--start: ${startingModel.message}`);
  const result = calibrateMeasurements({
    id,
    title: title ?? null,
    machine: machine ?? null,
    startingModel: startingModel.value,
    measurements: await readMeasurements(paths, options),
    grouping,
    samples,
  });
  if (!result.ok) throw new BadInput(result.message);
  return result.value;
}

function store(
  options: CalibrateOptions,
  { model, document }: Calibration,
): Promise<StoredCostModel> {
  return writeToLibrary(options, (library) => {
    const added = library.addCostModel(model, document);
    const reference = costModelReference(added.stored);
    note(added.isNew ? `stored as ${reference}` : `the library has these prices: ${reference}`);
    return added.stored;
  });
}

/** A model that is far off is stored all the same: what it is good for, its user decides. */
function noteFarOff(document: CalibrationDocument): void {
  const parts = partsFarOff(document).map(
    ({ part, mapePercent }) => `${part} ${mapePercent.toFixed(1)} %`,
  );
  if (parts.length > 0) note(`the mean error is above 20 % for ${parts.join(', ')}`);
}

async function runCalibrate(paths: readonly string[], options: CalibrateOptions): Promise<void> {
  const calibration = await fit(paths, options);
  const { model, document } = calibration;
  if (options.out !== undefined) await exportText(costModelText(model), options.out);
  const stored = options.store ? await store(options, calibration) : null;
  noteFarOff(document);
  if (options.json === true) {
    const { id, version } = stored ?? { id: model.id, version: null };
    await printJson({ ...document, stored: stored === null ? null : { id, version }, model });
    return;
  }
  await print(calibrationText(document));
}

/** `calibrate`: fits a cost model to measurements and keeps it in the library. */
export function addCalibrateCommand(program: Command): void {
  program
    .command('calibrate')
    .summary('fit a cost model to measurements')
    .description(
      'Fits the prices of events to measurement tables and output of gup_test, by non-negative least squares on relative errors, with one scale factor for each run. Prices that the rows cannot tell apart are tied; a fit that the rows do not determine is refused. The model is kept in the library as NAME@VERSION.',
    )
    .argument(
      '<file...>',
      'measurement tables (CSV) or output of gup_test, or ids of such measurements in the library',
    )
    .requiredOption('--name <id>', 'name of the new model')
    .option('--title <text>', 'one line that names it')
    .option('--machine <text>', 'who measured, on which machine and kernel, and when')
    .option('--start <id or file>', 'the model that gives prices to what is in no row', 'textbook')
    .addOption(
      new Option('--grouping <how>', 'what happens to prices that cannot be told apart')
        .choices(GROUPINGS)
        .default('tie'),
    )
    .option('--samples <n>', 'resampled fits behind the intervals', String(DEFAULT_SAMPLES))
    .option('--out <file>', 'write the model as JSON, too')
    .option('--no-store', 'do not keep it in the library')
    .option(...LIBRARY_OPTION)
    .option('--json', 'print one JSON document (folio-lab/calibration@1)')
    .addHelpText(
      'after',
      () =>
        `\nExample: ${commandLine('calibrate pin-register.csv direct-io.csv --name my-server')}`,
    )
    .action((paths: readonly string[], options: CalibrateOptions) => runCalibrate(paths, options));
}
