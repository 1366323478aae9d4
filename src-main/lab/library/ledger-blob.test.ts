import { describe, expect, it } from 'vitest';
import { axesId, blobFromLedger, ledgerFromBlob, mapAxes } from './ledger-blob.ts';

const written = { phases: ['walk', 'grab'], events: ['pte_read', 'meta'] };
const blob = blobFromLedger(Float64Array.from([1, 2, 3, 4]), written);

function readAs(axes: typeof written): number[] {
  return [...ledgerFromBlob(blob, mapAxes(written, axes), axes.phases.length * axes.events.length)];
}

describe('a ledger', () => {
  it('keeps its meaning when events and phases are added or change places', () => {
    const later = { phases: ['plan', 'grab', 'walk'], events: ['meta', 'fault', 'pte_read'] };
    expect(readAs(written)).toEqual([1, 2, 3, 4]);
    // Rows: plan, grab, walk. Columns: meta, fault, pte_read.
    expect(readAs(later)).toEqual([0, 0, 0, 4, 0, 3, 2, 0, 1]);
  });

  it('is refused when it counts an event that has no name any more', () => {
    expect(() => readAs({ phases: ['walk', 'grab'], events: ['meta'] })).toThrow(
      'counts an event that this Folio Lab does not know',
    );
  });

  it('is read without an event that never happened', () => {
    const empty = blobFromLedger(Float64Array.from([0, 2, 0, 4]), written);
    const axes = { phases: ['walk', 'grab'], events: ['meta'] };
    expect([...ledgerFromBlob(empty, mapAxes(written, axes), 2)]).toEqual([2, 4]);
  });

  it('fits its axes', () => {
    expect(() => blobFromLedger(new Float64Array(3), written)).toThrow('A ledger has 3 counts');
    expect(() => ledgerFromBlob(blob.subarray(8), mapAxes(written, written), 4)).toThrow(
      'A ledger of 24 bytes does not fit its names.',
    );
  });

  it('has axes that are told apart by their names and the order of them', () => {
    const swapped = { phases: written.phases, events: ['meta', 'pte_read'] };
    expect(axesId(swapped)).not.toBe(axesId(written));
    expect(axesId({ ...written })).toBe(axesId(written));
  });
});
