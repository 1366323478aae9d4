import { csvFromTable } from './csv-text.ts';
import { pngFromPicture, svgFromPicture } from './engine.ts';
import type { Sheet } from './engine.ts';
import type { ExportFile } from './export-file.ts';
import type { ChartPicture } from './picture.ts';
import { base64FromBytes } from './png-text.ts';
import { exportFileName } from './provenance.ts';
import type { Provenance } from './provenance.ts';

/** What a chart can be saved as. */
export const CHART_FILE_KINDS = ['png', 'svg', 'csv'] as const;
export type ChartFileKind = (typeof CHART_FILE_KINDS)[number];

/** A picture, or the table behind it, as a file that says where its figures come from. */
export function chartFile(
  kind: ChartFileKind,
  picture: ChartPicture,
  provenance: Provenance,
  sheet: Sheet,
): ExportFile {
  const suggestedName = exportFileName(picture.fileWord, provenance, kind);
  switch (kind) {
    case 'png': {
      const content = base64FromBytes(pngFromPicture(picture, provenance, sheet));
      return { suggestedName, content, encoding: 'base64' };
    }
    case 'svg':
      return {
        suggestedName,
        content: svgFromPicture(picture, provenance, sheet),
        encoding: 'text',
      };
    case 'csv':
      return {
        suggestedName,
        content: csvFromTable(picture.table(), provenance),
        encoding: 'text',
      };
  }
}
