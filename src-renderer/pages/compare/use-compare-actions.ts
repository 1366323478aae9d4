import { csvFromTable } from '../../charts/csv-text.ts';
import { exportFileName, provenanceLine } from '../../charts/provenance.ts';
import { useSaveExport } from '../../charts/use-save-export.ts';
import type { VisibleTable } from '../../components/data-table/columns.ts';
import { useFiles } from '../../composables/use-files.ts';
import { useLab } from '../../lab-access.ts';
import { useNoticesStore } from '../../stores/notices-store.ts';
import { markdownFromComparison } from './model/markdown.ts';
import { metricNamed, METRICS } from './model/metrics.ts';
import { provenanceOf } from './model/provenance-of.ts';
import type { ComparisonOnPage } from './use-comparison.ts';

/** What can be taken away from the page. */
export type CompareActions = {
  readonly saveTable: (table: VisibleTable | undefined) => Promise<void>;
  readonly copyMarkdown: (table: VisibleTable | undefined) => Promise<void>;
  /** All results of a run, to the last bucket. */
  readonly saveResults: (runId: string) => Promise<void>;
};

/** `total.p99` is headed `total_p99_ns`, `blockSize` `block_size`. */
function csvName(columnId: string): string {
  const metric = metricNamed(columnId.replace(/\.change$/, ''));
  if (metric === undefined) {
    return columnId.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
  return columnId.endsWith('.change') ? `${metric.csvName}_change` : metric.csvName;
}

export function useCompareActions(page: ComparisonOnPage): CompareActions {
  const lab = useLab();
  const notices = useNoticesStore();
  const save = useSaveExport();
  const { finishSave } = useFiles();
  const provenance = () => provenanceOf(page.comparison.value.runs, page.shown.value);

  async function saveTable(table: VisibleTable | undefined): Promise<void> {
    if (table === undefined) return;
    const columns = table.columns.map(({ id }) => ({ name: csvName(id) }));
    await save({
      suggestedName: exportFileName('comparison', provenance(), 'csv'),
      content: csvFromTable({ columns, rows: table.rows }, provenance()),
      encoding: 'text',
    });
  }

  async function copyMarkdown(table: VisibleTable | undefined): Promise<void> {
    const ids = new Set(table?.columns.map(({ id }) => id));
    const metrics = METRICS.filter(({ name }) => ids.has(name));
    const cases = page.shown.value;
    for (const one of cases) for (const metric of metrics) page.readChange(one, metric);
    await page.changesSettled();
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
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const suggestedName = exportFileName('comparison', provenance(), 'md');
      await save({ suggestedName, content: text, encoding: 'text' });
      return;
    }
    notices.say('The comparison is on the clipboard as Markdown.');
  }

  async function saveResults(runId: string): Promise<void> {
    finishSave(await lab.exportCsv({ runId }));
  }

  return { saveTable, copyMarkdown, saveResults };
}
