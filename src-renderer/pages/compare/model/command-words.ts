import { DEFAULT_METRIC_NAMES } from './metrics.ts';

/** The arguments of the command line that compare the same runs by the same figures. */
export function compareCommandWords(
  runIds: readonly string[],
  baselineId: string | undefined,
  metrics: readonly string[],
): readonly string[] {
  const isDefault =
    metrics.length === DEFAULT_METRIC_NAMES.length &&
    metrics.every((name) => DEFAULT_METRIC_NAMES.includes(name));
  return [
    'compare',
    ...runIds,
    ...(baselineId === undefined ? [] : ['--baseline', baselineId]),
    ...(isDefault ? [] : metrics.flatMap((name) => ['--metric', name])),
  ];
}
