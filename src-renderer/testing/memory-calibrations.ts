import { costModelReference, readCostModelReference } from '#contract';
import type { Catalogue, FittedCostModel, LabBridge, Reply, RequestInput } from '#contract';
import { answering } from './answering.ts';
import type { CalibrationContents, SampleCalibration } from './calibration-contents.ts';
import { notFound } from './memory-library.ts';
import type { MemoryMeasurements } from './memory-measurements.ts';

type Calibrating = Pick<LabBridge, 'listCatalogue' | 'calibrate' | 'readCalibration' | 'predict'>;
type Version = SampleCalibration & { readonly id: string; readonly version: number };

/**
 * Keeps fitted cost models in memory. What is fitted is always the same, under the name that is asked
 * for: the first time it is new.
 */
export function createMemoryCalibrations(
  contents: CalibrationContents & { readonly catalogue: Catalogue },
  measurements: MemoryMeasurements,
  changed: () => void,
): Calibrating {
  const { catalogue, calibrations = [], arrivingCalibration, prediction } = contents;
  const kept: Version[] = calibrations.map((each) => ({ ...each, id: each.model.id, version: 1 }));

  function calibrate({
    name,
    title,
    start,
    measurementIds,
  }: RequestInput<'calibrate'>): Reply<FittedCostModel> {
    if (measurementIds.some((id) => !measurements.has(id))) return notFound('measurement');
    if (arrivingCalibration === undefined) {
      const message = 'There is no row that a cost model can be fitted to.';
      return { ok: false, code: 'bad-input', message };
    }
    const { model, document } = arrivingCalibration;
    const known = kept.find(({ id }) => id === name);
    const made: Version = {
      ...{ id: name, version: 1 },
      model: { ...model, id: name, title: title ?? model.title },
      document: { ...document, id: name, startedFrom: start },
    };
    if (known === undefined) kept.unshift(made);
    changed();
    const { id, version, document: found } = known ?? made;
    const reference = { id, version };
    return { ok: true, value: { reference, isNew: known === undefined, document: found } };
  }

  function find(text: string): Version | undefined {
    const reference = readCostModelReference(text);
    return kept.find(({ id }) => id === reference?.id);
  }

  return {
    listCatalogue: answering(() => {
      const own = kept.map((each) => ({ ...each.model, id: costModelReference(each) }));
      return { ok: true, value: { ...catalogue, costModels: [...catalogue.costModels, ...own] } };
    }),
    calibrate: answering(calibrate),
    readCalibration: answering(({ id }) => ({ ok: true, value: find(id)?.document ?? null })),
    predict: answering(({ measurementId, costModel }) => {
      if (!measurements.has(measurementId) || prediction === undefined) {
        return notFound('measurement');
      }
      return { ok: true, value: { ...prediction, costModel } };
    }),
  };
}
