import type { MeasurementRecord, SessionRecord } from '#contract';
import type { LibraryView } from '../../stores/library-view-store.ts';
import { placeOf } from './library-contents.ts';

/** A measurement as the table has it. */
export type MeasurementRow = {
  readonly measurement: MeasurementRecord;
  readonly sessionName: string;
};

/** The parts of the library that list measurements; nothing else of it is starred or ready-made. */
export function listsMeasurements({ kind }: LibraryView): boolean {
  return kind !== 'starred' && kind !== 'ready-made';
}

function isInView(
  measurement: MeasurementRecord,
  session: SessionRecord | undefined,
  view: LibraryView,
): boolean {
  const { deletedAt, sessionId } = measurement;
  if (view.kind === 'session') return sessionId === view.id && deletedAt === null;
  const place = placeOf({ archivedAt: null, deletedAt }, session);
  return listsMeasurements(view) && place === (view.kind === 'all' ? 'library' : view.kind);
}

/** The measurements of a part of the library, with the names of their sessions. */
export function measurementRows(
  measurements: readonly MeasurementRecord[],
  sessionsById: ReadonlyMap<string, SessionRecord>,
  view: LibraryView,
): readonly MeasurementRow[] {
  return measurements.flatMap((measurement) => {
    const session = sessionsById.get(measurement.sessionId);
    if (!isInView(measurement, session, view)) return [];
    return [{ measurement, sessionName: session?.name ?? '' }];
  });
}
