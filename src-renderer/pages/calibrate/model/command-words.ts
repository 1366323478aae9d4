import type { CalibrationDocument, MeasurementRecord } from '#contract';
import type { CostModel } from '#core';
import type { FitForm } from '../../../stores/calibrate-store.ts';

/** Up to this share, prices were tied no more than usual. */
const USUAL_TOLERANCE = 0.1;

function option(name: string, value: string, usual = ''): readonly string[] {
  return value === usual ? [] : [`--${name}`, value];
}

/** The arguments of the command line that fits what is filled in. */
export function wordsOfForm({
  measurementIds,
  name,
  title,
  machine,
  start,
  grouping,
}: FitForm): readonly string[] {
  return [
    ...['calibrate', ...measurementIds, '--name', name.trim()],
    ...option('title', title.trim()),
    ...option('machine', machine.trim()),
    ...option('start', start, 'textbook'),
    ...option('grouping', grouping, 'tie'),
  ];
}

/**
 * The arguments of the command line that fits the same model again.
 *
 * @param measurements  Of the library; a file that is none of them stands as it was called.
 */
export function wordsOfCalibration(
  { id, startedFrom, files, tolerance }: CalibrationDocument,
  model: CostModel,
  measurements: readonly MeasurementRecord[],
): readonly string[] {
  const madeUpTitle = `Fitted to ${files.map(({ name }) => name).join(', ')}`;
  const words = files.map(({ name, sha256 }) => {
    const known = measurements.find((each) => each.sha256 === sha256 && each.deletedAt === null);
    return known?.id ?? name;
  });
  return [
    ...['calibrate', ...words, '--name', id],
    ...option('title', model.title, madeUpTitle),
    ...option('start', startedFrom, 'textbook'),
    ...option('grouping', tolerance > USUAL_TOLERANCE ? 'tie-more' : 'tie', 'tie'),
  ];
}

/** The arguments of the command line that puts a model beside the rows of a table. */
export function wordsOfPrediction(costModel: string, measurementId: string): readonly string[] {
  return ['predict', '--cost-model', costModel, '--rows', measurementId];
}
