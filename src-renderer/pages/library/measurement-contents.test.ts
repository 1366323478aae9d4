import { expect, it } from 'vitest';
import type { MeasurementRecord } from '#contract';
import type { LibraryView } from '../../stores/library-view-store.ts';
import { sampleId, sampleSession } from '../../testing/lab-contents.ts';
import { sampleMeasurement } from '../../testing/measured-samples.ts';
import { MEASUREMENT_COLUMNS } from './measurement-columns.ts';
import { measurementRows } from './measurement-contents.ts';

const WHEN = '2026-03-01T00:00:00.000Z';
const open = sampleSession({ id: sampleId('session', 1), name: 'Open' });
const archived = sampleSession({ id: sampleId('session', 2), archivedAt: WHEN });
const thrownAway = sampleSession({ id: sampleId('session', 3), deletedAt: WHEN });
const byId = new Map([open, archived, thrownAway].map((session) => [session.id, session]));

let made = 0;
function measurement(name: string, fields: Partial<MeasurementRecord> = {}): MeasurementRecord {
  made += 1;
  return sampleMeasurement(made, { name, sessionId: open.id, ...fields }).record;
}
const measurements = [
  measurement('kept'),
  measurement('trashed', { deletedAt: WHEN }),
  measurement('of an archived session', { sessionId: archived.id }),
  measurement('of a trashed session', { sessionId: thrownAway.id }),
];

it.each<readonly [LibraryView, readonly string[]]>([
  [{ kind: 'all' }, ['kept']],
  [{ kind: 'session', id: open.id }, ['kept']],
  [{ kind: 'session', id: archived.id }, ['of an archived session']],
  [{ kind: 'archive' }, ['of an archived session']],
  [{ kind: 'trash' }, ['trashed', 'of a trashed session']],
  [{ kind: 'starred' }, []],
  [{ kind: 'ready-made' }, []],
])('lists in %o what belongs there', (view, names) => {
  const rows = measurementRows(measurements, byId, view);

  expect(rows.map((row) => row.measurement.name)).toEqual(names);
});

it('has a different id for every column', () => {
  const ids = MEASUREMENT_COLUMNS.map(({ id }) => id);

  expect(new Set(ids).size).toBe(ids.length);
});
