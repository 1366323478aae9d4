export * from './library/index.ts';
export { readEnvironment } from './environment.ts';
export { makeFolder } from './make-folder.ts';

export { findExperiment, listExperiments } from './catalogue/experiments.ts';
export type { CatalogueExperiment, ExperimentText } from './catalogue/experiments.ts';
export { findCostModel, listCostModels } from './catalogue/cost-models.ts';
export { layoutFromArgument, listLayouts } from './catalogue/layouts.ts';
export type { CatalogueLayout } from './catalogue/layouts.ts';
export { isLayoutSpec, LAYOUT_SPEC_FORMS } from './catalogue/layout-spec-text.ts';
export type { Found } from './catalogue/catalogue-folder.ts';

export { layoutCsvText, parseLayoutCsv, readLayoutCsv } from './import/layout-csv.ts';
export type { LayoutCsvProblem, LayoutCsvResult } from './import/layout-csv.ts';

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
