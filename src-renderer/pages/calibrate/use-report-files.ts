import type { ComputedRef } from 'vue';
import type { CalibrationDocument } from '#contract';
import type { CostModel } from '#core';
import { tableOfResiduals } from '../../charts/calibration-chart.ts';
import { csvFromTable } from '../../charts/csv-text.ts';
import { exportFileName } from '../../charts/provenance.ts';
import { useCopyText } from '../../charts/use-copy-text.ts';
import { useSaveExport } from '../../charts/use-save-export.ts';
import { accuracyMarkdown } from './model/accuracy-markdown.ts';
import { provenanceOfFit } from './model/report-provenance.ts';

/** A model with the calibration it came from. */
export type Report = { readonly model: CostModel; readonly document: CalibrationDocument };

/** What a report is taken away as; nothing while there is none. */
export function useReportFiles(report: ComputedRef<Report | null>): {
  readonly saveRows: () => Promise<void>;
  readonly copyAccuracy: () => Promise<void>;
} {
  const save = useSaveExport();
  const copyText = useCopyText();
  return {
    saveRows: async () => {
      if (report.value === null) return;
      const { model, document } = report.value;
      const provenance = provenanceOfFit(model.id, document);
      await save({
        suggestedName: exportFileName('calibration-rows', provenance, 'csv'),
        content: csvFromTable(tableOfResiduals(document.residuals), provenance),
        encoding: 'text',
      });
    },
    copyAccuracy: async () => {
      if (report.value === null) return;
      const { model, document } = report.value;
      const text = accuracyMarkdown(model.id, document);
      await copyText(text, 'calibration', provenanceOfFit(model.id, document));
    },
  };
}
