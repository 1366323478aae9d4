import { CORE_VERSION, PRICED, recordFromKeys, SPAN_TERMS } from '#core';
import type { CostModel } from '#core';
import { CALIBRATION_SCHEMA } from '#contract';
import type { CalibrationDocument, CalibrationResidual, Grouping } from '#contract';
import type { Found } from '../catalogue/catalogue-folder.ts';
import { accuracyOf, errorPercentOf, leaveLayoutsOut, resampleFits } from './assess-fit.ts';
import type { CalibrationRow } from './calibration-rows.ts';
import { MEASURED_CACHE_BYTES, PART_NAMES } from './count-spans.ts';
import type { PartName } from './count-spans.ts';
import { describeFit } from './describe-fit.ts';
import { scaledNs } from './fit-groups.ts';
import { modelledNs } from './fit-prices.ts';
import type { FittedGroups } from './fit-groups.ts';
import { fitStages } from './fit-stages.ts';
import type { StageFit } from './fit-stages.ts';
import { PROBE_NS } from './span-definitions.ts';
import { startingPrices } from './starting-prices.ts';

/** A file of a calibration, with what could be used of it. */
export type CalibrationFile = {
  readonly name: string;
  readonly sha256: string;
  readonly rowCount: number;
  readonly rows: readonly CalibrationRow[];
  /** Rows that were left out, by reason. */
  readonly leftOut: ReadonlyMap<string, number>;
};

export type CalibrationRequest = {
  /** Id of the new model. */
  readonly id: string;
  /** One line; null makes one up. */
  readonly title: string | null;
  /** Who measured, on which machine and kernel, and when: the beginning of the provenance; null where nobody says. */
  readonly machine: string | null;
  /** Whose prices those keep that occur in no row, and whose ratios those that cannot be told apart. */
  readonly startingModel: CostModel;
  readonly files: readonly CalibrationFile[];
  readonly grouping: Grouping;
  /** Resampled fits behind the intervals; 0 for none. */
  readonly samples: number;
};

export type Calibration = { readonly model: CostModel; readonly document: CalibrationDocument };

/** Ratio of the 90th percentile of a normal distribution to its standard deviation. */
const NORMAL_P90 = 1.2816;
/** Below this a median of tens of nanoseconds says little of the spread. Unit: nanoseconds. */
const LEAST_NS_FOR_SPREAD = 1000;

function medianOf(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}

/** The standard deviation of the logarithm of a span, from its median and 90th percentile. */
function jitterOf(rows: readonly CalibrationRow[], fallback: number): number {
  const sigmas = rows
    .filter(({ measuredNs, spread }) => spread !== null && measuredNs >= LEAST_NS_FOR_SPREAD)
    .map(({ spread }) => Math.max(0, Math.log(spread ?? 1) / NORMAL_P90));
  const median = medianOf(sigmas);
  return median === null ? fallback : Math.min(1, Number(median.toPrecision(2)));
}

function residualsOf(
  rows: readonly CalibrationRow[],
  { fitRows, fit }: FittedGroups,
  leftOutErrors: readonly (number | null)[],
): CalibrationResidual[] {
  return rows.map((row, at) => {
    const fitRow = fitRows[at];
    const modelled = fitRow === undefined ? 0 : scaledNs(fitRow, fit);
    const unscaled = fitRow === undefined ? 0 : modelledNs(fitRow, fit.multipliers);
    const { file, line, run, metric, layout, what, measuredNs } = row;
    return {
      ...{ file, line, run, metric, layout, what, measuredNs },
      modelledNs: modelled,
      errorPercent: errorPercentOf(modelled, measuredNs),
      unscaledErrorPercent: errorPercentOf(unscaled, measuredNs),
      leftOutErrorPercent: leftOutErrors[at] ?? null,
    };
  });
}

function worstOf(residuals: readonly CalibrationResidual[]): CalibrationResidual | null {
  return residuals.reduce<CalibrationResidual | null>(
    (worst, residual) =>
      worst === null || Math.abs(residual.errorPercent) > Math.abs(worst.errorPercent)
        ? residual
        : worst,
    null,
  );
}

function leftOutOf(files: readonly CalibrationFile[]): { reason: string; rows: number }[] {
  const sums = new Map<string, number>();
  for (const { leftOut } of files) {
    for (const [reason, rows] of leftOut) sums.set(reason, (sums.get(reason) ?? 0) + rows);
  }
  return [...sums].map(([reason, rows]) => ({ reason, rows }));
}

/** What a stage says of its rows. */
type Assessment = {
  readonly residuals: readonly CalibrationResidual[];
  readonly groups: CalibrationDocument['groups'];
  readonly scales: CalibrationDocument['scales'];
};

function assess({ rows, fitted, prices }: StageFit, samples: number): Assessment {
  const { fitRows, fit } = fitted;
  const leftOutErrors = leaveLayoutsOut(rows, fitRows);
  const intervals = resampleFits(fitRows, fit, samples);
  const scaleRows = (run: string): number => rows.filter((row) => row.run === run).length;
  return {
    residuals: residualsOf(rows, fitted, leftOutErrors),
    groups: fitted.groups.map(({ parts }, at) => {
      const multiplier = fit.multipliers[at] ?? 0;
      const [low, high] = intervals[at] ?? [multiplier, multiplier];
      const priced = parts.map((name) => ({ name, ns: prices.get(name) ?? 0 }));
      return { prices: priced, multiplier, interval: [low, high] };
    }),
    scales: [...fit.scales].map(([run, factor]) => ({ run, factor, rows: scaleRows(run) })),
  };
}

function documentOf(
  request: CalibrationRequest,
  stages: readonly StageFit[],
  prices: ReadonlyMap<PartName, number>,
): CalibrationDocument {
  const { id, startingModel, files, samples } = request;
  const assessed = stages.map((stage) => assess(stage, samples));
  const residuals = assessed.flatMap((stage) => stage.residuals);
  return {
    schema: CALIBRATION_SCHEMA,
    coreVersion: CORE_VERSION,
    id,
    startedFrom: startingModel.id,
    files: files.map(({ name, sha256, rowCount, rows: used }) => ({
      ...{ name, sha256, rows: rowCount },
      usedRows: used.length,
    })),
    leftOut: leftOutOf(files),
    probeNs: files.some((file) => file.rows.some(({ fixedNs }) => fixedNs > 0)) ? PROBE_NS : 0,
    tolerance: Math.max(...stages.map(({ tolerance }) => tolerance)),
    groups: assessed.flatMap(({ groups }) => groups),
    unneeded: stages.flatMap(({ fitted }) => fitted.unneeded),
    unseen: PRICED.filter((name) => !prices.has(name)),
    scales: assessed.flatMap(({ scales }) => scales),
    accuracy: accuracyOf(
      stages.flatMap(({ rows }) => rows),
      residuals,
    ),
    worst: worstOf(residuals),
    residuals,
  };
}

/**
 * Fits a cost model to measurements, over the core's own counts of what each row measured.
 *
 * @returns The model and everything that was found on the way; or why the rows cannot determine it.
 */
export function calibrate(request: CalibrationRequest): Found<Calibration> {
  const { id, title, machine, startingModel, files, grouping } = request;
  const rows = files.flatMap((file) => file.rows);
  if (rows.length === 0) {
    const [first] = leftOutOf(files);
    const why = first === undefined ? '' : `; left out: ${first.reason}`;
    return { ok: false, message: `there is no row that a cost model can be fitted to${why}` };
  }
  const starting = startingPrices(startingModel);
  const stages = fitStages(rows, starting, grouping);
  if (!stages.ok) return stages;
  const prices = new Map(stages.value.flatMap((stage) => [...stage.prices]));
  const document = documentOf(request, stages.value, prices);
  const model: CostModel = {
    id,
    title: title ?? `Fitted to ${files.map(({ name }) => name).join(', ')}`,
    ...describeFit(document, machine, stages.value.length > 1),
    prices: recordFromKeys(PRICED, (name) => prices.get(name) ?? startingModel.prices[name]),
    cacheBytes: rows.some(({ counts }) => hasColdMemory(counts)) ? MEASURED_CACHE_BYTES : null,
    jitter: { sigma: jitterOf(stages.value[0]?.rows ?? [], startingModel.jitter.sigma) },
    tracer: startingModel.tracer,
    spanTerms: recordFromKeys(SPAN_TERMS, (name) => prices.get(name) ?? 0),
  };
  return { ok: true, value: { model, document } };
}

const COLD_LINES = PART_NAMES.indexOf('cold_first_line');

/** Whether a row says what cold memory costs. */
function hasColdMemory(counts: Float64Array): boolean {
  return (counts[COLD_LINES] ?? 0) > 0;
}
