import { computed, shallowRef } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import { rowsMatching } from '../../components/data-table/filter-text.ts';
import type { TableColumn } from '../../components/data-table/columns.ts';
import { useCompareStore } from '../../stores/compare-store.ts';
import { MOST_SERIES } from './model/chart-input.ts';
import { compareDocuments } from './model/comparison.ts';
import type { Case, Comparison } from './model/comparison.ts';
import type { ChangeForm, ChangeReading } from './model/figure-format.ts';
import { createFigureReader } from './model/figures.ts';
import type { FigureReader } from './model/figures.ts';
import type { Metric } from './model/metrics.ts';
import { narrowedBy } from './model/selection.ts';
import type { Facets } from './model/selection.ts';
import { trialColumns } from './model/trial-columns.ts';
import { comparabilityHeadline, comparabilityWarnings } from './model/warnings.ts';
import { useCertainties } from './use-certainties.ts';

/** Everything the parts of the page share: what is compared, narrowed, shown and selected. */
export type ComparisonOnPage = {
  readonly comparison: ComputedRef<Comparison>;
  readonly baseline: ComputedRef<number>;
  readonly figures: ComputedRef<FigureReader>;
  readonly columns: ComputedRef<readonly TableColumn<Case>[]>;
  readonly warnings: ComputedRef<readonly string[]>;
  /** In what the runs are not alike, in one sentence; empty where a warning says it all. */
  readonly headline: ComputedRef<string>;
  readonly facets: ShallowRef<Facets>;
  readonly search: ShallowRef<string>;
  readonly areReplicatesApart: ShallowRef<boolean>;
  readonly changeForm: ShallowRef<ChangeForm>;
  /** What facets leave: the rows of the table, which searches them by itself. */
  readonly cases: ComputedRef<readonly Case[]>;
  /** What facets and search leave. */
  readonly shown: ComputedRef<readonly Case[]>;
  /** What is drawn: the first of the selected ones. */
  readonly drawn: ComputedRef<readonly Case[]>;
  readonly readChange: (one: Case, metric: Metric) => ChangeReading | null;
  /** Resolves when all changes that were read are known with their certainty. */
  readonly changesSettled: () => Promise<void>;
};

export function useComparison(): ComparisonOnPage {
  const store = useCompareStore();
  const facets = shallowRef<Facets>({});
  const search = shallowRef('');
  const areReplicatesApart = shallowRef(false);
  const changeForm = shallowRef<ChangeForm>('percent');

  const comparison = computed(() => compareDocuments(store.runs, areReplicatesApart.value));
  const baseline = computed(() => {
    const index = comparison.value.subjects.findIndex(({ id }) => id === store.baselineId);
    return Math.max(0, index);
  });
  const figures = computed(() => createFigureReader(comparison.value, baseline.value));
  const columns = computed(() => trialColumns(comparison.value, figures.value, changeForm.value));
  const cases = computed(() => narrowedBy(comparison.value.cases, facets.value));
  const shown = computed(() => rowsMatching(cases.value, columns.value, search.value));
  const drawn = computed(() =>
    comparison.value.cases.filter(({ id }) => store.selectedIds.has(id)).slice(0, MOST_SERIES),
  );
  const certainties = useCertainties(() => figures.value);

  function readChange(one: Case, metric: Metric): ChangeReading | null {
    const change = figures.value.changeOf(one, metric);
    const pair = figures.value.samplesOf(one, metric);
    if (change === null || pair === null) return null;
    const hasReplicates = pair.baseline.figures.length > 1 && pair.candidate.figures.length > 1;
    const certainty = certainties.of(one, metric);
    return { change, certainty, hasReplicates, unit: metric.unit };
  }

  return {
    comparison,
    baseline,
    figures,
    columns,
    warnings: computed(() => comparabilityWarnings(comparison.value)),
    headline: computed(() => comparabilityHeadline(comparison.value)),
    facets,
    search,
    areReplicatesApart,
    changeForm,
    cases,
    shown,
    drawn,
    readChange,
    changesSettled: certainties.settled,
  };
}
