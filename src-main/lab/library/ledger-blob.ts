import { createHash } from 'node:crypto';
import { PHASES, PRICED } from '#core';
import { LibraryError } from './library-error.ts';

/** The names that give the numbers of a ledger their meaning. */
export type LedgerAxes = { readonly phases: readonly string[]; readonly events: readonly string[] };

const BYTES_PER_CELL = 8;

/** The axes of the ledgers that this version of the core writes. */
export const CURRENT_AXES: LedgerAxes = { phases: PHASES, events: PRICED };

/** A digest of the names and their order: equal axes have the same id in every library. */
export function axesId({ phases, events }: LedgerAxes): string {
  return createHash('sha256')
    .update(JSON.stringify([phases, events]))
    .digest('hex');
}

/**
 * Writes a ledger as little-endian doubles.
 *
 * @throws {LibraryError} `bad-record` for a ledger of another size than the axes ask for.
 */
export function blobFromLedger(ledger: Float64Array, axes: LedgerAxes): Buffer {
  if (ledger.length !== axes.phases.length * axes.events.length) {
    throw new LibraryError(
      'bad-record',
      `A ledger has ${ledger.length} counts, and ${axes.phases.length} phases of ${axes.events.length} events need others.`,
    );
  }
  const blob = Buffer.alloc(ledger.length * BYTES_PER_CELL);
  for (const [at, count] of ledger.entries()) blob.writeDoubleLE(count, at * BYTES_PER_CELL);
  return blob;
}

/** Where each cell of a ledger with one pair of axes belongs in a ledger with another; -1: nowhere. */
export function mapAxes(from: LedgerAxes, to: LedgerAxes): Int32Array {
  const phases = from.phases.map((name) => to.phases.indexOf(name));
  const events = from.events.map((name) => to.events.indexOf(name));
  return Int32Array.from(
    phases.flatMap((phase) =>
      events.map((event) => (phase < 0 || event < 0 ? -1 : phase * to.events.length + event)),
    ),
  );
}

/**
 * Reads a ledger into the axes of today. What did not exist when it was written did not happen.
 *
 * @param map  Where each number goes, from {@link mapAxes}.
 * @param size  Counts in the ledger that results.
 * @throws {LibraryError} `damaged` for a size that the axes do not give; `newer-version` when it
 *   counts something that this version has no name for.
 */
export function ledgerFromBlob(blob: Buffer, map: Int32Array, size: number): Float64Array {
  if (blob.length !== map.length * BYTES_PER_CELL) {
    throw new LibraryError('damaged', `A ledger of ${blob.length} bytes does not fit its names.`);
  }
  const ledger = new Float64Array(size);
  for (const [at, target] of map.entries()) {
    const count = blob.readDoubleLE(at * BYTES_PER_CELL);
    if (target >= 0) {
      ledger[target] = count;
    } else if (count !== 0) {
      throw new LibraryError(
        'newer-version',
        'A ledger counts an event that this Folio Lab does not know; open the library with the newer Folio Lab that wrote it.',
      );
    }
  }
  return ledger;
}
