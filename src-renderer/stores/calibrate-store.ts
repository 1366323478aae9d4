import { shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type {
  CalibrationDocument,
  FittedCostModel,
  Grouping,
  PredictDocument,
  Reply,
} from '#contract';
import { useLab } from '../lab-access.ts';
import { sentenceFromFailure } from '../sentences.ts';

/** The query of an address: which model is looked at and how. */
export type CalibrateAddress = Readonly<Record<string, string | string[]>>;

/** What is to be fitted, as it is filled in. */
export type FitForm = {
  readonly measurementIds: readonly string[];
  readonly name: string;
  readonly title: string;
  /** Who measured, on which machine and kernel, and when. */
  readonly machine: string;
  /** Id of the model that gives prices to what is in no row. */
  readonly start: string;
  readonly grouping: Grouping;
};

const EMPTY_FORM: FitForm = {
  measurementIds: [],
  name: '',
  title: '',
  machine: '',
  start: 'textbook',
  grouping: 'tie',
};

function wordsOrNull(text: string): string | null {
  const words = text.trim();
  return words === '' ? null : words;
}

/** Names a prediction: neither a version of a model nor a measurement ever changes. */
export function predictionKey(costModel: string, measurementId: string): string {
  return `${costModel} ${measurementId}`;
}

/** What the Calibrate page keeps while other pages are open: a fit goes on without it. */
export const useCalibrateStore = defineStore('calibrate', () => {
  const lab = useLab();
  /** What was shown last; null before the first time. */
  const address = shallowRef<CalibrateAddress | null>(null);
  const form = shallowRef(EMPTY_FORM);
  const isFitting = shallowRef(false);
  /** Why the last fit came to nothing, as a sentence; null when it did not. */
  const failure = shallowRef<string | null>(null);
  /** By the id of the model; null for a model that was not fitted here. */
  const calibrations = shallowRef<ReadonlyMap<string, CalibrationDocument | null>>(new Map());

  /** What a model says of a measurement table, by both their ids. */
  const predictions = shallowRef<ReadonlyMap<string, PredictDocument>>(new Map());

  function fill(change: Partial<FitForm>): void {
    form.value = { ...form.value, ...change };
    failure.value = null;
  }

  function keep(id: string, document: CalibrationDocument | null): void {
    calibrations.value = new Map(calibrations.value).set(id, document);
  }

  /** Reads what a model was fitted to, unless it is here. What a version was fitted to never changes. */
  async function load(id: string): Promise<Reply<CalibrationDocument | null>> {
    const known = calibrations.value.get(id);
    if (known !== undefined) return { ok: true, value: known };
    const reply = await lab.readCalibration({ id });
    if (reply.ok) keep(id, reply.value);
    return reply;
  }

  /** Reads what a model says of a measurement table, unless it is here. */
  async function predict(costModel: string, measurementId: string): Promise<Reply<unknown>> {
    const key = predictionKey(costModel, measurementId);
    if (predictions.value.has(key)) return { ok: true, value: null };
    const reply = await lab.predict({ costModel, measurementId });
    if (reply.ok) predictions.value = new Map(predictions.value).set(key, reply.value);
    return reply;
  }

  /** Fits what is filled in. One fit at a time. @returns Null where there is none, and why is in `failure`. */
  async function calibrate(): Promise<FittedCostModel | null> {
    const { measurementIds, name, title, machine, start, grouping } = form.value;
    isFitting.value = true;
    failure.value = null;
    const reply = await lab.calibrate({
      measurementIds: [...measurementIds],
      name: name.trim(),
      title: wordsOrNull(title),
      machine: wordsOrNull(machine),
      ...{ start, grouping },
    });
    isFitting.value = false;
    if (!reply.ok) {
      failure.value = sentenceFromFailure(reply);
      return null;
    }
    const { reference, isNew, document } = reply.value;
    // What the library has already is the calibration of then.
    if (isNew) keep(`${reference.id}@${reference.version}`, document);
    return reply.value;
  }

  return {
    address,
    form,
    isFitting,
    failure,
    calibrations,
    predictions,
    fill,
    load,
    predict,
    calibrate,
  };
});
