import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkExpectations, parseCostModel, problemText } from '#contract';
import type { StoredTrial } from '#contract';
import { costModelDigest, planTrials, PRICED, simulate } from '#core';
import type { CostModel } from '#core';
import { fitOwnTimeScales, FITTED_FILE } from '../scripts/fit-lpc-2024.ts';
import { prepareExperiment } from '../src-main/lab/index.ts';
import type { PreparedExperiment } from '../src-main/lab/index.ts';

const folder = fileURLToPath(new URL('../experiments', import.meta.url));

function namesIn(path: string, ending: string): string[] {
  return readdirSync(path).filter((name) => name.endsWith(ending));
}

function readCostModel(path: string): CostModel {
  const result = parseCostModel(readFileSync(path, 'utf8'), path);
  if (!result.ok) throw new Error(result.problems.map(problemText).join('\n'));
  return result.costModel;
}

/** An experiment with fewer I/Os: its counts are the same, its means vary a little more. */
async function prepareShortened(fileName: string): Promise<PreparedExperiment> {
  const result = await prepareExperiment({
    source: { fileName, folder, text: readFileSync(`${folder}/${fileName}`, 'utf8') },
    settings: ['workload.count=500', 'workload.warmUp=0'],
    experimentsFolder: folder,
  });
  if (!result.ok) throw new Error(result.problems.map(problemText).join('\n'));
  return result.prepared;
}

function simulateAll({ experiment }: PreparedExperiment): StoredTrial[] {
  return planTrials(experiment).map((trial, position) => ({
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

describe.each(namesIn(folder, '.yaml'))('%s', (fileName) => {
  it('says where it comes from and what it expects', async () => {
    const { file } = await prepareShortened(fileName);

    expect(file.source).not.toBe('not given');
    expect(file.expect.length).toBeGreaterThan(0);
    expect(`${file.name}.yaml`).toBe(fileName);
  });

  it('finds what it expects', async () => {
    const prepared = await prepareShortened(fileName);

    const records = checkExpectations(prepared.file, simulateAll(prepared));

    expect(records.filter(({ holds }) => !holds)).toEqual([]);
  });
});

describe.each(namesIn(`${folder}/cost-models`, '.json'))('cost model %s', (fileName) => {
  it('is called like its file, prices everything and says how far off it is', () => {
    const model = readCostModel(`${folder}/cost-models/${fileName}`);

    expect(`${model.id}.json`).toBe(fileName);
    expect(Object.keys(model.prices).sort()).toEqual([...PRICED].sort());
    expect(model.provenance.length).toBeGreaterThan(100);
    expect(model.error.length).toBeGreaterThan(100);
  });
});

it('the own-time scales of lpc-2024 are what scripts/fit-lpc-2024.ts computes', () => {
  const model = readCostModel(FITTED_FILE);

  expect(fitOwnTimeScales(model)).toEqual({
    before: model.tracer.before.ownTimeScale,
    after: model.tracer.after.ownTimeScale,
  });
});
