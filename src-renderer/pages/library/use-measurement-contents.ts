import { computed, watch } from 'vue';
import type { MeasurementRecord } from '#contract';
import { useLibraryStore } from '../../stores/library-store.ts';
import { useLibraryViewStore } from '../../stores/library-view-store.ts';
import { listsMeasurements, measurementRows } from './measurement-contents.ts';

/** The measurements that the Library page shows for the part that is looked at. */
export function useMeasurementContents() {
  const library = useLibraryStore();
  const viewStore = useLibraryViewStore();

  const rows = computed(() =>
    measurementRows(library.measurements, library.sessionsById, viewStore.view),
  );
  /** Whether one can change between runs and measurements here. */
  const canBeShown = computed(
    () =>
      listsMeasurements(viewStore.view) &&
      (rows.value.length > 0 || viewStore.contents === 'measurements'),
  );
  const areShown = computed(() => canBeShown.value && viewStore.contents === 'measurements');
  /** The selected measurements, or the one the keyboard is at. */
  const targets = computed<readonly MeasurementRecord[]>(() => {
    const listed = rows.value.map(({ measurement }) => measurement);
    const selected = listed.filter(({ id }) => viewStore.selectedMeasurementIds.has(id));
    return selected.length > 0
      ? selected
      : listed.filter(({ id }) => id === viewStore.activeMeasurementId);
  });
  const activeRow = computed(() =>
    rows.value.find(({ measurement }) => measurement.id === viewStore.activeMeasurementId),
  );

  // What is no longer listed cannot stay selected: an action would reach what nobody sees.
  watch(rows, (shown) => {
    const ids = new Set(shown.map(({ measurement }) => measurement.id));
    const left = [...viewStore.selectedMeasurementIds].filter((id) => ids.has(id));
    if (left.length !== viewStore.selectedMeasurementIds.size) {
      viewStore.selectedMeasurementIds = new Set(left);
    }
  });

  return { rows, canBeShown, areShown, targets, activeRow };
}
