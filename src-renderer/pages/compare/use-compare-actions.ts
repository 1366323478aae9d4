import { csvFromTable } from '../../charts/csv-text.ts';
import { exportFileName, provenanceLine } from '../../charts/provenance.ts';
import { useCopyText } from '../../charts/use-copy-text.ts';
import { useSaveExport } from '../../charts/use-save-export.ts';
import type { VisibleTable } from '../../components/data-table/columns.ts';
import { useFiles } from '../../composables/use-files.ts';
import { useLab } from '../../lab-access.ts';
import type { Case } from './model/comparison.ts';
import { tableOf, tableWithChanges } from './model/comparison-table.ts';
import { markdownFromComparison } from './model/markdown.ts';
import { METRICS } from './model/metrics.ts';
import type { Metric } from './model/metrics.ts';
import { provenanceOf } from './model/provenance-of.ts';
import type { ComparisonOnPage } from './use-comparison.ts';

/** What can be taken away from the page. */
export type CompareActions = {
  readonly saveTable: (table: VisibleTable | undefined) => Promise<void>;
  readonly copyMarkdown: (table: VisibleTable | undefined) => Promise<void>;
  /** All results of a run, to the last bucket. */
  readonly saveResults: (runId: string) => Promise<void>;
};

export function useCompareActions(page: ComparisonOnPage): CompareActions {
  const lab = useLab();
  const save = useSaveExport();
  const copyText = useCopyText();
  const { finishSave } = useFiles();
  const provenance = () => provenanceOf(page.comparison.value, page.shown.value);

  /** Intervals are worked out when they are first asked for. */
  function settleChanges(cases: readonly Case[], metrics: readonly Metric[]): Promise<void> {
    for (const one of cases) for (const metric of metrics) page.readChange(one, metric);
    return page.changesSettled();
  }

  async function saveTable(table: VisibleTable | undefined): Promise<void> {
    if (table === undefined) return;
    const cases = page.shown.value;
    const metrics = METRICS.filter(({ name }) => table.columns.some(({ id }) => id === name));
    await settleChanges(cases, metrics);
    const tells = page.changeForm.value !== 'none';
    await save({
      suggestedName: exportFileName('comparison', provenance(), 'csv'),
      content: csvFromTable(
        tells ? tableWithChanges(table, cases, page.readChange) : tableOf(table),
        provenance(),
      ),
      encoding: 'text',
    });
  }

  async function copyMarkdown(table: VisibleTable | undefined): Promise<void> {
    const ids = new Set(table?.columns.map(({ id }) => id));
    const metrics = METRICS.filter(({ name }) => ids.has(name));
    const cases = page.shown.value;
    await settleChanges(cases, metrics);
    const text = markdownFromComparison({
      comparison: page.comparison.value,
      cases,
      metrics,
      baseline: page.baseline.value,
      figures: page.figures.value,
      readChange: page.readChange,
      warnings: page.warnings.value,
      origin: provenanceLine(provenance()),
    });
    await copyText(text, 'comparison', provenance());
  }

  async function saveResults(runId: string): Promise<void> {
    finishSave(await lab.exportCsv({ runId }));
  }

  return { saveTable, copyMarkdown, saveResults };
}
