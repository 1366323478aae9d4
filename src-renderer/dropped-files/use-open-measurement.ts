import { useRouter } from 'vue-router';
import type { MeasurementKind, MeasurementRecord } from '#contract';
import { useLab } from '../lab-access.ts';
import {
  calibrateLocation,
  compareLocation,
  explainTraceLocation,
  libraryLocation,
} from '../routes.ts';
import { useCompareStore } from '../stores/compare-store.ts';
import { useLibraryViewStore } from '../stores/library-view-store.ts';
import { useMeasuredSeriesStore } from '../stores/measured-series-store.ts';
import { useNoticesStore } from '../stores/notices-store.ts';
import { useDraftFiles } from './use-draft-files.ts';

/** What opening a measurement of a kind does, as an order. */
export const OPENING: Readonly<Record<MeasurementKind, string>> = {
  'function-graph': 'Set beside the model',
  fio: 'Compare with runs',
  layout: 'Take into the draft',
  'gup-test': 'Fit prices to it',
  'span-table': 'Fit prices to it',
  'plain-table': 'Show in the library',
};

/** Goes where a measurement is of use: a trace to Explain, results of fio to Compare, and so on. */
export function useOpenMeasurement(): (record: MeasurementRecord) => Promise<void> {
  const lab = useLab();
  const router = useRouter();
  const notices = useNoticesStore();
  const compare = useCompareStore();
  const measured = useMeasuredSeriesStore();
  const libraryView = useLibraryViewStore();
  const { takeLayout } = useDraftFiles();

  async function openFio(record: MeasurementRecord): Promise<void> {
    if (!notices.report(await measured.show(record))) return;
    // Fio may have kept nothing that can be drawn.
    if (!measured.sourceIds.has(record.id)) await showInLibrary(record);
    else await router.push(compareLocation(compare.runIds));
  }

  async function openLayout({ id, fileName }: MeasurementRecord): Promise<void> {
    const reply = await lab.readMeasurement({ id });
    if (!notices.report(reply) || reply.value.document.kind !== 'layout') return;
    await takeLayout({ fileName, rows: reply.value.document.rows });
  }

  async function showInLibrary({ id, sessionId }: MeasurementRecord): Promise<void> {
    libraryView.show({ kind: 'session', id: sessionId });
    libraryView.contents = 'measurements';
    libraryView.activeMeasurementId = id;
    await router.push(libraryLocation(false));
  }

  async function openCalibration({ id: measurementId }: MeasurementRecord): Promise<void> {
    await router.push(calibrateLocation({ kind: 'measurement', measurementId }));
  }

  const open: Readonly<Record<MeasurementKind, (record: MeasurementRecord) => Promise<unknown>>> = {
    'function-graph': ({ id }) => router.push(explainTraceLocation(id)),
    fio: openFio,
    layout: openLayout,
    'gup-test': openCalibration,
    'span-table': openCalibration,
    'plain-table': showInLibrary,
  };
  return async (record) => {
    await open[record.kind](record);
  };
}
