/** How much an experiment has to do. */
type Amount = { readonly count: number; readonly replicates: number };

/** Two layouts and two strategies: four trials for each replicate. */
export function experimentText(title: string, { count, replicates }: Amount): string {
  return `schema: folio-lab/experiment@1
name: journey
title: ${title}
question: What does one direct write cost on small pages, and what on folios?
seed: 7
replicates: ${replicates}
layouts:
  - name: base-4k
    uniform: { size: 4MiB, order: 0, frames: scattered }
  - name: mthp-64k
    uniform: { size: 4MiB, order: 4, frames: scattered }
workload:
  api: direct-io
  operation: write
  blockSize: 64KiB
  access: random
  count: ${count}
strategies:
  - { id: per-page }
  - { id: folio-vec }
costModel: textbook
`;
}

/** Four trials, over at once. */
export function smallExperiment(title: string): string {
  return experimentText(title, { count: 500, replicates: 1 });
}

/** Many trials, each over soon, that together last longer than any test. */
export function longExperiment(title: string): string {
  return experimentText(title, { count: 200_000, replicates: 10_000 });
}
