import { isCalibrationKind, readCostModelReference } from '#contract';
import type { MeasurementRecord, SessionRecord } from '#contract';
import type { CostModel } from '#core';
import type { FitForm } from '../../../stores/calibrate-store.ts';

/** Measurements of one session that prices can be fitted to. */
export type MeasurementGroup = {
  readonly sessionId: string;
  readonly title: string;
  readonly measurements: readonly MeasurementRecord[];
};

/** The measurements that prices can be fitted to, by session; what is in the trash is not offered. */
export function measurementGroups(
  measurements: readonly MeasurementRecord[],
  sessions: ReadonlyMap<string, SessionRecord>,
): readonly MeasurementGroup[] {
  const usable = measurements.filter(
    ({ kind, deletedAt, sessionId }) =>
      isCalibrationKind(kind) &&
      deletedAt === null &&
      (sessions.get(sessionId)?.deletedAt ?? null) === null,
  );
  return [...Map.groupBy(usable, ({ sessionId }) => sessionId)].map(([sessionId, own]) => ({
    sessionId,
    title: sessions.get(sessionId)?.name ?? 'Measurements',
    measurements: own.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }));
}

/** Whether an id names a version of a model of the library, and not a built-in model. */
export function isOwnModel(id: string): boolean {
  return (readCostModelReference(id)?.version ?? null) !== null;
}

/** The models of the library, then the built-in ones. */
export function modelGroups(
  models: readonly CostModel[],
): readonly { readonly title: string; readonly models: readonly CostModel[] }[] {
  return [
    { title: 'In the library', models: models.filter(({ id }) => isOwnModel(id)) },
    { title: 'Built in', models: models.filter(({ id }) => !isOwnModel(id)) },
  ].filter(({ models: own }) => own.length > 0);
}

/** What is wrong with the name of a new model; null for one that can be had. An empty one is not wrong yet. */
export function nameProblem(name: string, models: readonly CostModel[]): string | null {
  const id = name.trim();
  if (id === '') return null;
  if (readCostModelReference(id)?.version !== null || id.endsWith('.json')) {
    return 'Letters, digits, dots, dashes and underscores; the version comes by itself.';
  }
  return models.some((model) => model.id === id) ? `There is a built-in model ${id}.` : null;
}

/** What a name means for the library: the first version of a model, or another one. */
export function nameHint(name: string, models: readonly CostModel[]): string | null {
  const versions = models.flatMap((model) => {
    const reference = readCostModelReference(model.id);
    return reference?.id === name.trim() ? (reference.version ?? []) : [];
  });
  if (versions.length === 0) return null;
  return `${name.trim()}@${Math.max(...versions)} is in the library; other prices become @${Math.max(...versions) + 1}.`;
}

/** Why nothing can be fitted yet; null when it can. */
export function waitReason(form: FitForm, models: readonly CostModel[]): string | null {
  if (form.measurementIds.length === 0) return 'Choose measurements to fit to.';
  if (form.name.trim() === '') return 'Give the new model a name.';
  return nameProblem(form.name, models);
}
