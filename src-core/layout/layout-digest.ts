import { createDigest } from '../digest.ts';
import type { Layout } from './layout.ts';

/** The two bytes of each entry, the lower one first on every machine. */
function littleEndianBytes(column: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(2 * column.length);
  for (let index = 0; index < column.length; index += 1) {
    bytes[2 * index] = column[index] & 0xff;
    bytes[2 * index + 1] = column[index] >>> 8;
  }
  return bytes;
}

/**
 * Digests the content of a layout: equal columns have equal digests on every machine, however the
 * layout came about. The same memory cut into other extents is another layout.
 *
 * @returns 64 lower-case hexadecimal digits (SHA-256).
 * @source SPEC rule LAY-11.
 */
export function layoutDigest(layout: Layout): string {
  return createDigest()
    .updateText('layout')
    .updateNumbers(Float64Array.of(layout.length))
    .updateNumbers(layout.vaPage)
    .updateNumbers(layout.pfn)
    .updateNumbers(layout.pages)
    .updateBytes(layout.order)
    .updateBytes(layout.leaf)
    .updateBytes(littleEndianBytes(layout.flags))
    .hex();
}
