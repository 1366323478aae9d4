import type { CalibrationDocument, PredictDocument } from '#contract';
import type { CostModel } from '#core';

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
