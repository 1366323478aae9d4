/** What a test changes of the small experiment. */
export type ExperimentChanges = {
  /** I/Os of each trial. */
  readonly count?: number;
  readonly replicates?: number;
  /** Locked operations that are expected of every I/O; 4 pages of their own take 16. */
  readonly expectedLocks?: number;
};

/** An experiment file that runs in an instant: 2 layouts × 2 strategies. */
export function smallExperimentText(changes: ExperimentChanges = {}): string {
  const { count = 200, replicates = 2, expectedLocks = 16 } = changes;
  return `schema: folio-lab/experiment@1
name: small
title: Small but whole
question: Does the command line work?
seed: 3
replicates: ${replicates}
layouts:
  - name: base
    uniform: { size: 1MiB }
  - name: folios
    uniform: { size: 1MiB, order: 2 }
workload:
  operation: write
  blockSize: 16KiB
  count: ${count}
  warmUp: 10
strategies:
  - { id: today }
  - { id: folio-vec }
expect:
  - text: four pages take their locked operations one by one
    metric: events.lock_op
    of: { layout: base, strategy: today }
    relation: equal
    value: ${expectedLocks}
`;
}
