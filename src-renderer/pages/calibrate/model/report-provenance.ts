import type { CalibrationDocument, PredictDocument } from '#contract';
import { NO_PROVENANCE } from '../../../charts/provenance.ts';
import type { Provenance } from '../../../charts/provenance.ts';

/** Where the figures of a fit come from. */
export function provenanceOfFit(modelId: string, document: CalibrationDocument): Provenance {
  return {
    ...NO_PROVENANCE,
    costModels: [modelId],
    coreVersions: [document.coreVersion],
    shared: document.files.map(({ name }) => `fitted to ${name}`),
  };
}

/** Where the figures of a prediction come from. */
export function provenanceOfPrediction(document: PredictDocument): Provenance {
  return {
    ...NO_PROVENANCE,
    costModels: [document.costModel],
    coreVersions: [document.coreVersion],
    shared: [`rows of ${document.file}`],
  };
}
