export * from './stored-run.ts';
export { describeValue, problemText } from './problem.ts';
export type { Problem } from './problem.ts';
export { nearestName, suggestNames } from './nearest-name.ts';
export {
  readSize,
  readTime,
  SIZE_FORMS,
  sizeText,
  TIME_FORMS,
  timeText,
} from './experiment/sizes.ts';
export { EXPERIMENT_SCHEMA, experimentSchema } from './experiment-schema.ts';
export type { ExperimentFile } from './experiment-schema.ts';
export type { ExpectOfFile, Relation, Selection } from './experiment/expect-schema.ts';
export type { LayoutOfFile } from './experiment/layout-schema.ts';
export type { StrategyOfFile } from './experiment/strategy-schema.ts';
export type { SweepOfFile } from './experiment/sweep-schema.ts';
export type { WorkloadOfFile } from './experiment/workload-schema.ts';
export { workloadFromFile } from './experiment/workload-schema.ts';
export { specFromLayout } from './experiment/layout-schema.ts';
export { MOST_TRIALS } from './experiment/cross-checks.ts';
export { parseExperimentFile } from './experiment/parse-experiment-file.ts';
export type { ExperimentFileResult } from './experiment/parse-experiment-file.ts';
export { experimentFileText } from './experiment/experiment-file-text.ts';
export { applySettings } from './experiment/settings.ts';
export type { SettingsResult } from './experiment/settings.ts';
export { costModelsOf, layoutFilesOf, resolveExperiment } from './experiment/resolve-experiment.ts';
export type {
  ExperimentSources,
  ResolutionProblem,
  ResolutionResult,
} from './experiment/resolve-experiment.ts';
export { checkExpectations } from './experiment/check-expectations.ts';
export { METRIC_FORMS, readMetric, unitOfMetric, valueOfMetric } from './experiment/metric.ts';
export type { Metric, MetricReading } from './experiment/metric.ts';
export { identityOf } from './experiment/selection.ts';
export type { TrialIdentity } from './experiment/selection.ts';
export { figureText } from './experiment/figure-text.ts';
export { FIGURES } from './figures.ts';
export type { FigureName, FigureUnit } from './figures.ts';
export { LATENCY_STATISTICS, latencySummaries, latencySummary } from './latency.ts';
export type { LatencyStatistic, LatencySummary } from './latency.ts';
export { neutraliseText, restoreText } from './csv/csv-text.ts';
export type { CellValue } from './csv/csv-text.ts';
export type { Column } from './csv/column.ts';
export { resultTables } from './csv-tables.ts';
export type { ResultTable } from './csv-tables.ts';
export { RUN_SCHEMA, runDocument, runDocumentSchema, runDocumentTrial } from './run-document.ts';
export type { RunDocument, RunDocumentTrial } from './run-document.ts';
export {
  COST_MODEL_SCHEMA,
  costModelFileSchema,
  costModelText,
  parseCostModel,
} from './cost-model-file.ts';
export type { CostModelFileResult } from './cost-model-file.ts';
export * from './explain-document.ts';
export { RACE_SCHEMA, raceDocument } from './race-document.ts';
export type { RaceDocument } from './race-document.ts';
export * from './contend-document.ts';
export * from './exchanged-files.ts';
export * from './ipc.ts';
export { parsePublishedFile, PUBLISHED_SCHEMA, PUBLISHED_UNITS } from './published-file.ts';
export type {
  PublishedContention,
  PublishedFigure,
  PublishedFile,
  PublishedFileResult,
  PublishedMachine,
  PublishedMeasure,
  PublishedUnit,
  PublishedWorkload,
} from './published-file.ts';
export * from './validate-document.ts';
export * from './validate-text.ts';
export { notApplicableWarning } from './not-applicable.ts';
export {
  SPAN_MODES,
  SPAN_TABLE_SCHEMA,
  SPAN_TABLES,
  spanTableDocumentSchema,
} from './measured/span-table.ts';
export type { SpanRow, SpanTableDocument } from './measured/span-table.ts';
export type { Remark } from './measured/remark.ts';
export * from './measured/gup-test.ts';
export * from './measured/call-trace.ts';
export type { MeasuredProblem } from './measured/measured-problem.ts';
export { FIO_DIRECTIONS, FIO_SCHEMA, fioDocumentSchema, fioHistogram } from './measured/fio.ts';
export type { FioDocument, FioHistogram, FioLatency, FioSeries } from './measured/fio.ts';
export { parseFio } from './measured/parse-fio.ts';
export type { FioResult } from './measured/parse-fio.ts';
export { PLAIN_TABLE_SCHEMA, PLAIN_TABLES } from './measured/plain-table.ts';
export type { PlainTableDocument } from './measured/plain-table.ts';
export { CAPTURED_LAYOUT_SCHEMA } from './measured/captured-layout.ts';
export type { CapturedLayoutDocument } from './measured/captured-layout.ts';
export {
  isMeasurementKind,
  MEASUREMENT_KINDS,
  parseMeasurementDocument,
} from './measured/measurement.ts';
export { measurementRemarks, measurementSummary } from './measured/measurement-summary.ts';
export type { MeasurementRemarks } from './measured/measurement-summary.ts';
export type {
  MeasurementDocument,
  MeasurementDocumentResult,
  MeasurementKind,
  MeasurementRecord,
} from './measured/measurement.ts';
export {
  costModelReference,
  modelFromStored,
  readCostModelReference,
} from './stored-cost-model.ts';
export type { CostModelReference, StoredCostModel } from './stored-cost-model.ts';
export * from './measured/gup-test-summary.ts';
export { modelName } from './measured/function-names.ts';
export * from './measured/modelled-calls.ts';
export * from './measured/compare-trace.ts';
export * from './measured/traced-io.ts';
export {
  CALIBRATION_SCHEMA,
  calibrationDocumentSchema,
  partsFarOff,
} from './calibration-document.ts';
export type {
  CalibrationAccuracy,
  CalibrationDocument,
  CalibrationGroup,
  CalibrationResidual,
} from './calibration-document.ts';
export {
  CALIBRATION_KINDS,
  GROUPINGS,
  isCalibrationKind,
  MEASURED_EXAMPLE_IDS,
  MEASURED_EXAMPLES,
} from './calibration-request.ts';
export type {
  CalibrationKind,
  Grouping,
  MeasuredExample,
  MeasuredExampleId,
} from './calibration-request.ts';
export { PREDICT_SCHEMA } from './predict-document.ts';
export type { PredictDocument, PredictedRow } from './predict-document.ts';
export { DIGEST_SHOWN, isFittedTo } from './fitted-files.ts';
