import { computed, watch } from 'vue';
import type { ComputedRef } from 'vue';
import type { MeasurementRecord } from '#contract';
import type { MeasuredSeries } from '../../measured-series/measured-series.ts';
import { useLibraryStore } from '../../stores/library-store.ts';
import { useMeasuredSeriesStore } from '../../stores/measured-series-store.ts';
import { useNoticesStore } from '../../stores/notices-store.ts';

/** Results of fio on the page. */
export type MeasuredOnPage = {
  /** Results that can stand beside runs, the latest first. */
  readonly records: ComputedRef<readonly MeasurementRecord[]>;
  /** Everything that can be drawn of them. */
  readonly series: ComputedRef<readonly MeasuredSeries[]>;
  /** What is drawn. */
  readonly chosen: ComputedRef<readonly MeasuredSeries[]>;
};

/** Reads the results of fio in the library, trashed ones left out. */
export function useMeasuredSeries(): MeasuredOnPage {
  const library = useLibraryStore();
  const store = useMeasuredSeriesStore();
  const notices = useNoticesStore();

  const records = computed(() =>
    library.measurements
      .filter(({ kind, deletedAt }) => kind === 'fio' && deletedAt === null)
      .toSorted((one, other) => other.importedAt.localeCompare(one.importedAt)),
  );
  const series = computed(() => store.seriesOf(records.value));
  const chosen = computed(() =>
    store.chosenIds.flatMap((id) => series.value.find((one) => one.id === id) ?? []),
  );
  watch(
    records,
    async (found) => {
      notices.report(await store.readAll(found.map(({ id }) => id)));
    },
    { immediate: true },
  );
  return { records, series, chosen };
}
