import type { CalibrationDocument, MeasurementRecord } from '#contract';
import type { CostModel } from '#core';
import type { FitForm } from '../../../stores/calibrate-store.ts';

/** Up to this share, prices were tied no more than usual. */
const USUAL_TOLERANCE = 0.1;

function option(name: string, value: string, usual = ''): readonly string[] {
  return value === usual ? [] : [`--${name}`, value];
}

/** The arguments of the command line that fits what is filled in, to the files as they were called. */
export function wordsOfForm(
  { measurementIds, name, title, machine, start, grouping }: FitForm,
  measurements: readonly MeasurementRecord[],
): readonly string[] {
  const files = measurementIds.flatMap(
    (id) => measurements.find((measurement) => measurement.id === id)?.fileName ?? [],
  );
  return [
    ...['calibrate', ...files, '--name', name.trim()],
    ...option('title', title.trim()),
    ...option('machine', machine.trim()),
    ...option('start', start, 'textbook'),
    ...option('grouping', grouping, 'tie'),
  ];
}

/** The arguments of the command line that fits the same model again. */
export function wordsOfCalibration(
  { id, startedFrom, files, tolerance }: CalibrationDocument,
  model: CostModel | null,
): readonly string[] {
  const names = files.map(({ name }) => name);
  const madeUpTitle = `Fitted to ${names.join(', ')}`;
  return [
    ...['calibrate', ...names, '--name', id],
    ...option('title', model?.title ?? madeUpTitle, madeUpTitle),
    ...option('start', startedFrom, 'textbook'),
    ...option('grouping', tolerance > USUAL_TOLERANCE ? 'tie-more' : 'tie', 'tie'),
  ];
}

/** The arguments of the command line that puts a model beside the rows of a table. */
export function wordsOfPrediction(costModel: string, fileName: string): readonly string[] {
  return ['predict', '--cost-model', costModel, '--rows', fileName];
}
