/// <reference lib="dom" />
// Functions that are sent into the page: they can use nothing from outside themselves.

/** Begins to note, in the page, the time from one timer of 10 ms to the next. */
export function startDelayWatch(): void {
  const gaps: number[] = [];
  let last = performance.now();
  const tick = (): void => {
    const now = performance.now();
    gaps.push(now - last);
    last = now;
    if (!isStopped) setTimeout(tick, 10);
  };
  let isStopped = false;
  setTimeout(tick, 10);
  Reflect.set(globalThis, 'delayWatch', () => {
    isStopped = true;
    return gaps;
  });
}

/** @returns The 99th percentile of the gaps since `startDelayWatch`. Unit: milliseconds. */
export function stopDelayWatch(): number {
  const stop: unknown = Reflect.get(globalThis, 'delayWatch');
  const gaps: unknown = typeof stop === 'function' ? Reflect.apply(stop, undefined, []) : [];
  const sorted = Array.isArray(gaps) ? gaps.map(Number).sort((a, b) => a - b) : [];
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? NaN;
}

/**
 * Scrolls the list a table is in to its end and back, a screen in every frame.
 *
 * @returns The longest time from one frame to the next. Unit: milliseconds.
 */
export async function longestFrameWhileScrolling(table: Element): Promise<number> {
  const list = table.parentElement;
  if (list === null) return NaN;
  const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  let longest = 0;
  let last = await nextFrame();
  for (const direction of [1, -1]) {
    for (;;) {
      const before = list.scrollTop;
      list.scrollBy(0, direction * list.clientHeight * 0.5);
      const now = await nextFrame();
      longest = Math.max(longest, now - last);
      last = now;
      if (list.scrollTop === before) break;
    }
  }
  return longest;
}
