import { computed } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/vue-virtual';
import { windowParts, withActiveRow } from './row-window.ts';
import type { WindowPart } from './row-window.ts';

/** Height of every row, and of the heading. As `--row-height` has it; unit: CSS pixels. */
const ROW_HEIGHT_PX = 32;
/** Rows drawn above and below those on screen, so that scrolling does not show gaps. */
const SPARE_ROWS = 8;

export type RowWindow = {
  readonly parts: ComputedRef<readonly WindowPart[]>;
  readonly scrollTo: (index: number) => void;
  /** Rows that are wholly on screen, at least 1. */
  readonly rowsOnScreen: () => number;
};

/**
 * Draws only the rows on screen, and the one the keyboard is at.
 *
 * @param hasReference  Whether a row stays under the heading.
 */
export function useRowWindow(
  scroller: Readonly<Ref<HTMLElement | null>>,
  rowCount: () => number,
  activeIndex: () => number,
  hasReference: () => boolean,
): RowWindow {
  const virtualizer = useVirtualizer(
    computed(() => {
      const active = activeIndex();
      const staying = (hasReference() ? 2 : 1) * ROW_HEIGHT_PX;
      return {
        count: rowCount(),
        getScrollElement: () => scroller.value,
        estimateSize: () => ROW_HEIGHT_PX,
        // What stays in place stands before the rows, and covers as much of what is under it.
        scrollMargin: staying,
        scrollPaddingStart: staying,
        overscan: SPARE_ROWS,
        rangeExtractor: (range: Parameters<typeof defaultRangeExtractor>[0]) =>
          withActiveRow(defaultRangeExtractor(range), active),
      };
    }),
  );
  const parts = computed(() => {
    const count = rowCount();
    const indexes = virtualizer.value.getVirtualItems().map(({ index }) => index);
    return windowParts(
      indexes.filter((index) => index < count),
      count,
      ROW_HEIGHT_PX,
    );
  });
  return {
    parts,
    scrollTo: (index) => virtualizer.value.scrollToIndex(index),
    rowsOnScreen: () => {
      const height = scroller.value?.clientHeight ?? 0;
      return Math.max(1, Math.floor(height / ROW_HEIGHT_PX) - (hasReference() ? 2 : 1));
    },
  };
}
