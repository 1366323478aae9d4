import { computed, shallowRef } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import type { PictureAxis } from './picture-axis.ts';
import type { PictureWindow } from './picture-pieces.ts';
import {
  FIRST_PAGES,
  fittedWindow,
  pannedWindow,
  positionAfterKey,
  windowShowing,
  zoomedWindow,
} from './picture-window.ts';

/** What of an axis is shown, and where the keyboard is in it. */
export type PictureView = {
  readonly window: ComputedRef<PictureWindow>;
  readonly cursor: ComputedRef<number>;
  /** The position under the pointer; null while it is elsewhere. */
  readonly hovered: ShallowRef<number | null>;
  readonly moveTo: (first: number) => void;
  readonly panBy: (positions: number) => void;
  /** @param factor  On the number of pages shown; `anchor` is a position that stays in place. */
  readonly zoom: (factor: number, anchor?: number) => void;
  /** Puts the cursor at a position and brings it into view. */
  readonly show: (position: number) => void;
  /** Does what a key says; false for a key that says nothing. */
  readonly press: (event: KeyboardEvent) => boolean;
};

export const ZOOM = 2;

export function usePictureView(axis: ComputedRef<PictureAxis>): PictureView {
  const wanted = shallowRef<PictureWindow>({ first: 0, count: FIRST_PAGES });
  const wantedCursor = shallowRef(0);
  const hovered = shallowRef<number | null>(null);
  const length = computed(() => axis.value.length);
  const window = computed(() => fittedWindow(wanted.value, length.value));
  const cursor = computed(() => Math.min(wantedCursor.value, length.value - 1));

  function zoom(factor: number, anchor = window.value.first + window.value.count / 2): void {
    wanted.value = zoomedWindow(window.value, factor, anchor, length.value);
  }

  function show(position: number): void {
    wantedCursor.value = position;
    wanted.value = windowShowing(window.value, position, length.value);
  }

  function press({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    if (ctrlKey || metaKey || altKey) return false;
    if (key === '+' || key === '-') {
      zoom(key === '+' ? 1 / ZOOM : ZOOM, cursor.value);
      return true;
    }
    const next = positionAfterKey(key, shiftKey, cursor.value, window.value, length.value);
    if (next === null) return false;
    hovered.value = null;
    show(next);
    return true;
  }

  return {
    window,
    cursor,
    hovered,
    moveTo: (first) => (wanted.value = fittedWindow({ ...window.value, first }, length.value)),
    panBy: (positions) => (wanted.value = pannedWindow(window.value, positions, length.value)),
    zoom,
    show,
    press,
  };
}
