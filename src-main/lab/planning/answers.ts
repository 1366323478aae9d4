import type {
  Catalogue,
  ExperimentCheck,
  LayoutRow,
  PredictDocument,
  SpanRow,
  StoredCostModel,
  ValidateDocument,
} from '#contract';
import type { CostModel } from '#core';
import type { Calibration } from '../calibrate/calibrate.ts';
import type { MeasurementsToFit } from '../calibrate/calibrate-measurements.ts';
import type { Found } from '../catalogue/catalogue-folder.ts';
import type { ExperimentText } from '../catalogue/experiments.ts';
import type { MeasuredFileResult } from '../measured/read-measured-file.ts';
import type { PreparationResult } from '../prepare-experiment.ts';

/** An experiment as text, and where what it names is looked up. */
export type PlanningRequest = {
  /** The folder of the built-in experiments. */
  readonly experimentsFolder: string;
  /**
   * Folders in which the layout files of the experiment may lie, the first choice first. A file
   * outside all of them is not read, whatever the text says.
   */
  readonly folders: readonly string[];
  readonly text: string;
  /** The cost models of the library, which the thread does not open. */
  readonly storedCostModels: readonly StoredCostModel[];
};

export type NamedRequest = { readonly experimentsFolder: string; readonly name: string };

/** What the thread can be asked for: a question and its answer for each task. */
export type PlanningTasks = {
  readonly checkExperiment: {
    readonly question: PlanningRequest;
    readonly answer: ExperimentCheck;
  };
  readonly prepare: { readonly question: PlanningRequest; readonly answer: PreparationResult };
  readonly readCatalogue: { readonly question: string; readonly answer: Catalogue };
  /** The published figures of the folder, each beside what the model says. */
  readonly validate: { readonly question: string; readonly answer: ValidateDocument };
  /** A built-in experiment, by its name and never by a path. */
  readonly readExperiment: {
    readonly question: NamedRequest;
    readonly answer: Found<ExperimentText>;
  };
  /** A built-in layout, by its name and never by a path. */
  readonly readLayout: {
    readonly question: NamedRequest;
    readonly answer: Found<readonly LayoutRow[]>;
  };
  /** A layout CSV, by its path. */
  readonly readLayoutFile: {
    readonly question: { readonly path: string };
    readonly answer: Found<readonly LayoutRow[]>;
  };
  /** A file that is to be imported, by its path. */
  readonly readMeasuredFile: {
    readonly question: { readonly path: string; readonly command: string | null };
    readonly answer: MeasuredFileResult;
  };
  /** A fit to measurements, which takes seconds. */
  readonly calibrate: {
    readonly question: MeasurementsToFit;
    readonly answer: Found<Calibration>;
  };
  /** A model beside the rows of a measurement table. */
  readonly predict: {
    readonly question: {
      readonly model: CostModel;
      readonly fileName: string;
      readonly rows: readonly SpanRow[];
    };
    readonly answer: PredictDocument;
  };
};

export type PlanningTask = keyof PlanningTasks;
export type PlanningQuestion<Task extends PlanningTask> = PlanningTasks[Task]['question'];
export type PlanningAnswer<Task extends PlanningTask> = PlanningTasks[Task]['answer'];
/** What the file of the thread exports. */
export type PlanningFunctions = {
  readonly [Task in PlanningTask]: (
    question: PlanningQuestion<Task>,
  ) => Promise<PlanningAnswer<Task>>;
};
