import type { ExperimentCheck, ExperimentFile } from '#contract';
import { formatCount, formatDuration, formatSi } from '../../../format.ts';
import { counted } from '../../../sentences.ts';

/** How the trials of an experiment come about: `5 layouts × 6 strategies × 7 points`. */
export function factorWords(file: ExperimentFile): string {
  const points = Object.values(file.sweep).reduce((product, values) => product * values.length, 1);
  return [
    counted(file.layouts.length, 'layout'),
    counted(file.strategies.length, 'strategy', 'strategies'),
    ...(points > 1 ? [counted(points, 'point')] : []),
    ...(file.replicates > 1 ? [counted(file.replicates, 'replicate')] : []),
  ].join(' × ');
}

/** What a run will take: `210 trials · 8.61 M I/Os · about 3 s`. */
export function planWords({ trials, ios, estimatedSeconds }: ExperimentCheck): string {
  const time =
    estimatedSeconds < 1
      ? 'less than a second'
      : `about ${formatDuration(Math.round(estimatedSeconds) * 1000)}`;
  const count = ios >= 100_000 ? formatSi(ios) : formatCount(ios);
  return `${counted(trials, 'trial')} · ${count} I/Os · ${time}`;
}
