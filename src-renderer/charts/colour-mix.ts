type Channels = readonly [number, number, number];

function channelsOf(colour: string): Channels {
  const digits = /^#([0-9a-f]{6})$/i.exec(colour)?.[1];
  if (digits === undefined) return [128, 128, 128];
  const channel = (at: number): number => Number.parseInt(digits.slice(at, at + 2), 16);
  return [channel(0), channel(2), channel(4)];
}

/**
 * A colour between two others.
 *
 * @param from   As `#rrggbb`; anything else counts as grey.
 * @param to     As `from`.
 * @param share  0 gives `from`, 1 gives `to`.
 */
export function mixColours(from: string, to: string, share: number): string {
  const end = channelsOf(to);
  const mixed = channelsOf(from).map((channel, index) =>
    Math.round(channel + ((end[index] ?? channel) - channel) * share),
  );
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
