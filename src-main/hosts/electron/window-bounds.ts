/** A rectangle on the desktop. Unit: device-independent pixels. */
export type Bounds = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Everything of the window can be used from here on. */
export const SMALLEST = { width: 960, height: 600 } as const;
const INITIAL = { width: 1440, height: 900 } as const;

/** How much of a display a rectangle covers. Unit: square pixels. */
function overlap(a: Bounds, b: Bounds): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

/** Moves and shrinks a rectangle until it lies in an area. */
function fitInto(bounds: Bounds, area: Bounds): Bounds {
  const width = Math.min(Math.max(bounds.width, SMALLEST.width), area.width);
  const height = Math.min(Math.max(bounds.height, SMALLEST.height), area.height);
  return {
    width,
    height,
    x: clamp(bounds.x, area.x, area.x + area.width - width),
    y: clamp(bounds.y, area.y, area.y + area.height - height),
  };
}

function centredIn(area: Bounds): Bounds {
  const width = Math.min(INITIAL.width, area.width);
  const height = Math.min(INITIAL.height, area.height);
  return {
    width,
    height,
    x: area.x + Math.floor((area.width - width) / 2),
    y: area.y + Math.floor((area.height - height) / 2),
  };
}

/**
 * Where the window opens: where it was, as far as a display is there.
 *
 * @param remembered  Where it was; null when nobody knows.
 * @param areas       The usable areas of the displays, the main one first; at least one.
 */
export function visibleBounds(remembered: Bounds | null, areas: readonly Bounds[]): Bounds {
  const [main = { x: 0, y: 0, ...INITIAL }] = areas;
  if (remembered === null) return centredIn(main);
  const nearest = areas.reduce(
    (best, area) => (overlap(remembered, area) > overlap(remembered, best) ? area : best),
    main,
  );
  return overlap(remembered, nearest) === 0 ? centredIn(main) : fitInto(remembered, nearest);
}
