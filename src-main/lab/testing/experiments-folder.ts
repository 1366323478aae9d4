import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { costModelText } from '#contract';
import { layoutCsvText } from '../import/layout-csv.ts';
import { smallCostModel, smallLayout } from './small-plan.ts';
import { createTemporaryFolder } from './temporary-folder.ts';
import type { TemporaryFolder } from './temporary-folder.ts';

/** An experiment over two layouts, one from a file, and two strategies. */
export const SMALL_EXPERIMENT = `schema: folio-lab/experiment@1
name: small
title: A small experiment
question: Is a folio cheaper than its pages?
seed: 7
replicates: 2
layouts:
  - name: captured
    file: layouts/captured.csv
  - name: folios
    uniform: { size: 2MiB, order: 4 }
workload: { operation: write, blockSize: 64KiB, count: 100, warmUp: 10 }
strategies:
  - { id: per-page, name: before }
  - { id: folio-vec, name: after }
costModel: for-tests
expect:
  - text: folios take fewer locked operations
    metric: events.lock_op
    of: { layout: folios, strategy: after }
    relation: less
    than: { strategy: before }
  - text: nothing costs anything
    metric: total.mean
    relation: equal
    value: 0
`;

/** Makes a folder of experiments with one layout and one cost model. */
export function createExperimentsFolder(): TemporaryFolder {
  const folder = createTemporaryFolder();
  const { path } = folder;
  mkdirSync(join(path, 'layouts'));
  mkdirSync(join(path, 'cost-models'));
  writeFileSync(join(path, 'small.yaml'), SMALL_EXPERIMENT);
  writeFileSync(join(path, 'layouts', 'captured.csv'), layoutCsvText(smallLayout({})));
  writeFileSync(join(path, 'cost-models', 'for-tests.json'), costModelText(smallCostModel));
  return folder;
}
