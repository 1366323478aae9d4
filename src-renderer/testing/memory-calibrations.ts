import { costModelReference, readCostModelReference } from '#contract';
import type {
  CalibrationDocument,
  Catalogue,
  FittedCostModel,
  LabBridge,
  PredictDocument,
  Reply,
  RequestInput,
} from '#contract';
import type { CostModel } from '#core';
import { answering } from './answering.ts';
import { notFound } from './memory-library.ts';
import type { MemoryMeasurements } from './memory-measurements.ts';

/** A cost model as a laboratory in memory fits it. */
export type SampleCalibration = {
  /** Its id without a version. */
  readonly model: CostModel;
  readonly document: CalibrationDocument;
};

/** What a laboratory in memory knows of fits. */
export type CalibrationContents = {
  /** Models the library has to begin with, each as version 1. */
  readonly calibrations?: readonly SampleCalibration[];
  /** What every fit finds; where it is left out, none finds anything. */
  readonly arrivingCalibration?: SampleCalibration;
  /** What every model says of every table. */
  readonly prediction?: PredictDocument;
};

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
