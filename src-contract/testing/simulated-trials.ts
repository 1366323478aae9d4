import { costModelDigest, planTrials, simulate } from '#core';
import type { ExperimentFile } from '../experiment-schema.ts';
import { parseExperimentFile } from '../experiment/parse-experiment-file.ts';
import { resolveExperiment } from '../experiment/resolve-experiment.ts';
import type { ExperimentSources } from '../experiment/resolve-experiment.ts';
import { problemText } from '../problem.ts';
import type { RunRecord, StoredTrial } from '../stored-run.ts';
import { EXPERIMENT_TEXT } from './experiment-text.ts';
import { FLAT_COST_MODEL } from './flat-cost-model.ts';

/** Reads an experiment that a test takes to be right. */
export function experimentFile(text: string = EXPERIMENT_TEXT): ExperimentFile {
  const result = parseExperimentFile(text, 'test.yaml');
  if (!result.ok) throw new Error(result.problems.map(problemText).join('\n'));
  return result.file;
}

/** Knows one cost model and no layout file. */
export const TEST_SOURCES: ExperimentSources = {
  layout: (path) => ({ ok: false, message: `there is no layout ${path}` }),
  costModel: (id) =>
    id === FLAT_COST_MODEL.id
      ? { ok: true, costModel: FLAT_COST_MODEL }
      : { ok: false, message: `there is no cost model ${id}` },
};

/** Runs an experiment and gives its trials as the library would keep them. */
export function simulatedTrials(file: ExperimentFile): StoredTrial[] {
  const result = resolveExperiment(file, TEST_SOURCES);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return planTrials(result.experiment).map((trial, position) => ({
    parameters: {
      id: trial.id,
      position,
      layoutName: trial.layout.name,
      layoutDigest: trial.layoutDigest,
      workload: trial.workload,
      strategy: trial.strategy,
      costModelId: trial.costModel.id,
      costModelDigest: costModelDigest(trial.costModel),
      tracer: trial.tracer,
      seed: trial.seed,
      replicate: trial.replicate,
    },
    result: simulate(trial),
  }));
}

/** A run around simulated trials. */
export const TEST_RUN: RunRecord = {
  id: '0b6f6d43-7b1f-4c6e-9a55-0d4cbb6d1f10',
  sessionId: 'b7b7f5be-0f3a-4f0e-8f6f-7a1f9f0a2c11',
  experimentName: 'small',
  title: 'A small experiment',
  status: 'finished',
  failure: null,
  seed: 42,
  experimentText: EXPERIMENT_TEXT,
  environment: {
    applicationVersion: '0.1.0',
    commit: null,
    coreVersion: '1',
    recordVersion: 1,
    host: 'here',
    processor: 'a processor',
    operatingSystem: 'an operating system',
    runtime: 'a runtime',
  },
  startedAt: '2026-01-01T00:00:00.000Z',
  endedAt: '2026-01-01T00:00:01.000Z',
  plannedTrials: 48,
  finishedTrials: 48,
  parentRunId: null,
  notes: '',
  tags: [],
  isStarred: false,
  archivedAt: null,
  deletedAt: null,
  expectations: [{ text: 'a claim', holds: true, found: '1 is equal to 1' }],
};
