/** A small experiment that uses every part of the format once. */
export const EXPERIMENT_TEXT = `schema: folio-lab/experiment@1
name: small
title: A small experiment
question: Does every part of the format work?
source: this test
seed: 42
replicates: 3
layouts:
  - name: large
    uniform: {size: 4MiB, order: 5}
  - name: small
    uniform: {size: 4MiB, order: 0}
workload:
  operation: write
  blockSize: 128KiB
  count: 200
  warmUp: 0
strategies:
  - {id: per-page, name: pages}
  - {id: folio-batch, name: batch, parameters: {entries: 15}}
costModel: flat
sweep:
  workload.blockSize: [4KiB, 128k]
  tracer: [off, function-graph]
expect:
  - text: folios take fewer locked operations
    metric: events.lock_op
    of: {strategy: batch, layout: large, blockSize: 128KiB}
    relation: less
    than: {strategy: pages}
    factor: 0.5
`;
