import type { Layout } from '#core';

function sharedBytes(bytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(bytes);
}

function shareNumbers(column: Float64Array): Float64Array {
  const shared = new Float64Array(sharedBytes(column.byteLength));
  shared.set(column);
  return shared;
}

function shareBytes(column: Uint8Array): Uint8Array {
  const shared = new Uint8Array(sharedBytes(column.byteLength));
  shared.set(column);
  return shared;
}

function shareWords(column: Uint16Array): Uint16Array {
  const shared = new Uint16Array(sharedBytes(column.byteLength));
  shared.set(column);
  return shared;
}

/**
 * Copies a layout into memory that all threads see, so that a message to a worker carries a reference
 * to it: of 1 GiB of 4 KiB extents, 10 microseconds instead of 4 milliseconds and 7 MB for each trial.
 *
 * @returns An equal layout. Nobody may write to it.
 */
export function shareLayout(layout: Layout): Layout {
  return {
    length: layout.length,
    vaPage: shareNumbers(layout.vaPage),
    pfn: shareNumbers(layout.pfn),
    pages: shareNumbers(layout.pages),
    order: shareBytes(layout.order),
    leaf: shareBytes(layout.leaf),
    flags: shareWords(layout.flags),
    mappedPages: layout.mappedPages,
  };
}
