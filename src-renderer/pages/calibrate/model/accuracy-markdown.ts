import type { CalibrationDocument } from '#contract';
import { markdownTable, wrapped } from '../../../charts/markdown-table.ts';
import { formatCount } from '../../../format.ts';
import { factsOf, percentText } from './fit-summary.ts';

/** How well a model fits, as Markdown for a mail. */
export function accuracyMarkdown(modelId: string, document: CalibrationDocument): string {
  const facts = factsOf(document).map(({ title, text }) => `${title.toLowerCase()} ${text}`);
  const rows = document.accuracy.map((each) => [
    each.part,
    formatCount(each.rows),
    percentText(each.mapePercent),
    percentText(each.unscaledMapePercent),
    percentText(each.leftOutMapePercent),
  ]);
  const columns = ['Rows', 'Number', 'MAPE', 'Without factors', 'Layout left out'].map(
    (title, at) => ({
      title,
      isNumeric: at > 0,
    }),
  );
  return [
    ...wrapped(`Cost model ${modelId}, fitted by Folio Lab: ${facts.join(', ')}.`),
    '',
    ...markdownTable(columns, rows),
    '',
  ].join('\n');
}
