/** A figure at a time. Unit of `at`: milliseconds. */
export type Sample = { readonly at: number; readonly value: number };

/** Room above the largest figure, so that a steady rate does not look like a border. */
const HEADROOM = 1.25;

/** The most samples that are kept: a minute at four a second. */
export const MOST_SAMPLES = 240;

/** Adds a sample to those before it; the oldest go. */
export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  return [...samples.slice(-(MOST_SAMPLES - 1)), sample];
}

/**
 * Samples as the line of a small chart that begins at zero.
 *
 * @returns Points of an SVG polyline; empty for fewer than two samples.
 */
export function sparklinePoints(samples: readonly Sample[], width: number, height: number): string {
  const first = samples[0]?.at ?? 0;
  const span = (samples.at(-1)?.at ?? 0) - first;
  const most = samples.reduce((largest, { value }) => Math.max(largest, value), 0);
  if (span <= 0 || most <= 0) return '';
  return samples
    .map(({ at, value }) => {
      const x = ((at - first) / span) * width;
      const y = height - (value / (most * HEADROOM)) * height;
      return `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`;
    })
    .join(' ');
}
