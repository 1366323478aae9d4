import { expect, it } from 'vitest';
import { buildLayout } from '#core';
import { EXPERIMENT_TEXT } from '../testing/experiment-text.ts';
import { FLAT_COST_MODEL } from '../testing/flat-cost-model.ts';
import { experimentFile, TEST_SOURCES } from '../testing/simulated-trials.ts';
import { costModelsOf, layoutFilesOf, resolveExperiment } from './resolve-experiment.ts';

it('expands the sweep to points, its last axis fastest', () => {
  const result = resolveExperiment(experimentFile(), TEST_SOURCES);
  if (!result.ok) throw new Error('the experiment does not resolve');

  expect(
    result.experiment.points.map(({ workload, tracer, costModel }) => [
      workload.blockBytes,
      tracer,
      costModel.id,
    ]),
  ).toEqual([
    [4096, 'off', 'flat'],
    [4096, 'function-graph', 'flat'],
    [131_072, 'off', 'flat'],
    [131_072, 'function-graph', 'flat'],
  ]);
  expect(result.experiment.layouts.map(({ name, layout }) => [name, layout.mappedPages])).toEqual([
    ['large', 1024],
    ['small', 1024],
  ]);
});

it('asks once for each layout file and cost model', () => {
  const file = experimentFile(
    EXPERIMENT_TEXT.replace('uniform: {size: 4MiB, order: 5}', 'file: a.csv')
      .replace('uniform: {size: 4MiB, order: 0}', 'file: a.csv')
      .replace('sweep:\n', 'sweep:\n  costModel: [flat, other, flat]\n'),
  );

  expect([layoutFilesOf(file), costModelsOf(file)]).toEqual([['a.csv'], ['flat', 'other']]);
});

it('takes layouts from their files', () => {
  const built = buildLayout([{ vaPage: 0, pfn: 32, pages: 32, order: 5, leaf: 'pte', flags: [] }]);
  if (!built.ok) throw new Error(built.problem.message);
  const file = experimentFile(
    EXPERIMENT_TEXT.replace('uniform: {size: 4MiB, order: 5}', 'file: a.csv'),
  );

  const result = resolveExperiment(file, { ...TEST_SOURCES, layout: () => built });

  expect(result.ok && result.experiment.layouts[0]).toEqual({
    name: 'large',
    layout: built.layout,
  });
});

it('tells every name that leads nowhere', () => {
  const file = experimentFile(
    EXPERIMENT_TEXT.replace('uniform: {size: 4MiB, order: 5}', 'file: a.csv').replace(
      'sweep:\n',
      `sweep:\n  costModel: [${FLAT_COST_MODEL.id}, nobody]\n`,
    ),
  );

  expect(resolveExperiment(file, TEST_SOURCES)).toEqual({
    ok: false,
    problems: [
      { line: null, key: 'layouts[0].file', message: 'there is no layout a.csv' },
      { line: null, key: 'sweep.costModel', message: 'there is no cost model nobody' },
    ],
  });
});
