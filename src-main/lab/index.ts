export * from './library/index.ts';
export { readEnvironment } from './environment.ts';
export { makeFolder } from './make-folder.ts';

export { findExperiment, listExperiments } from './catalogue/experiments.ts';
export type { CatalogueExperiment, ExperimentText } from './catalogue/experiments.ts';
export { findCostModel, listCostModels } from './catalogue/cost-models.ts';
export { listExampleFiles } from './catalogue/measured-examples.ts';
export { layoutFromArgument, listLayouts } from './catalogue/layouts.ts';
export type { CatalogueLayout } from './catalogue/layouts.ts';
export { isLayoutSpec, LAYOUT_SPEC_FORMS } from './catalogue/layout-spec-text.ts';
export type { Found } from './catalogue/catalogue-folder.ts';

export { layoutCsvText, parseLayoutCsv, readLayoutCsv } from './import/layout-csv.ts';
export { layoutFromRows, layoutRows } from './import/layout-rows.ts';
export type { LayoutCsvProblem, LayoutCsvResult } from './import/layout-csv.ts';

export { CaptureError } from './capture/capture-error.ts';
export type { CaptureErrorCode } from './capture/capture-error.ts';
export { captureLayout } from './capture/capture-layout.ts';
export type { CapturedLayout, CaptureRequest } from './capture/capture-layout.ts';
export { openProcessSource } from './capture/process-source.ts';
export type { OpenProcessSource, ProcessSource } from './capture/process-source.ts';

export { readFio } from './measured/read-fio.ts';
export { readSpanTable } from './measured/read-span-table.ts';
export type { SpanTableResult } from './measured/read-span-table.ts';
export { readMeasuredFile } from './measured/read-measured-file.ts';
export type {
  ImportableFile,
  MeasuredFile,
  MeasuredFileResult,
} from './measured/read-measured-file.ts';
export { IMPORTED_FILES } from './measured/recognise-file.ts';
export { storeFiles } from './measured/store-files.ts';
export type { ImportTarget, StorableFile, StoredFile } from './measured/store-files.ts';

export { prepareExperiment } from './prepare-experiment.ts';
export type {
  ExperimentRequest,
  PreparationResult,
  PreparedExperiment,
} from './prepare-experiment.ts';
export { runExperiment } from './run-experiment.ts';
export type { ExperimentRun } from './run-experiment.ts';
export { defaultConcurrency, estimateRun } from './queue/estimate-run.ts';
export type { RunEstimate } from './queue/estimate-run.ts';
export { executeRun } from './queue/execute-run.ts';
export type { RunExecution, RunStore } from './queue/execute-run.ts';
export type { RunProgress } from './queue/run-progress.ts';

export { exportCsv } from './export/export-csv.ts';
export { ExportError } from './export/export-error.ts';
export { exportText } from './export/export-text.ts';
export { exportRunDocument, runDocumentPieces } from './export/export-run-document.ts';

export { checkRepeat } from './compare/check-repeat.ts';
export { compareRuns, DEFAULT_METRICS } from './compare/compare-runs.ts';
export type { ComparisonOptions, ComparisonResult } from './compare/compare-runs.ts';
export type {
  Comparison,
  ComparisonCell,
  ComparisonRow,
  ComparisonSubject,
  Difference,
  SubjectDifference,
} from './compare/comparison.ts';
export { comparisonCsv } from './compare/comparison-csv.ts';
export { COMPARISON_SCHEMA, comparisonDocument } from './compare/comparison-document.ts';
export type { ComparisonDocument, ComparisonFigure } from './compare/comparison-document.ts';
export { comparisonMarkdown } from './compare/comparison-markdown.ts';

export { openDrafts } from './drafts.ts';
export type { DraftStore } from './drafts.ts';
export type { NamedRequest, PlanningRequest, PlanningTasks } from './planning/answers.ts';
export { folderWithFiles } from './planning/confine-files.ts';
export { openPlanner } from './planning/planner.ts';
export type { Planner } from './planning/planner.ts';
export { openSessionFile, saveSessionFile, SessionFileError } from './session-file/index.ts';
export type {
  MergeReport,
  OpenedSessionFile,
  SessionFileErrorCode,
  SessionToSave,
} from './session-file/index.ts';

export {
  modelledFigure,
  readValidationSources,
  validateExperiments,
  validateRows,
} from './validate/validate.ts';
export type { ValidationSources } from './validate/validate.ts';

export { calibrate } from './calibrate/calibrate.ts';
export type { Calibration, CalibrationFile, CalibrationRequest } from './calibrate/calibrate.ts';
export { calibrateMeasurements, DEFAULT_SAMPLES } from './calibrate/calibrate-measurements.ts';
export type { MeasurementsToFit } from './calibrate/calibrate-measurements.ts';
export { predictRows } from './calibrate/predict.ts';
export { predictConditions } from './calibrate/predict-conditions.ts';
export type { MeasuredTable } from './calibrate/predict-conditions.ts';
export { readCalibrationFile, readMeasurementToFit } from './calibrate/read-calibration-files.ts';
export type { MeasurementToFit } from './calibrate/read-calibration-files.ts';
