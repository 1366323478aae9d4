/** A file made of a chart or a table, as `saveExport` takes it. */
export type ExportFile = {
  readonly suggestedName: string;
  readonly content: string;
  readonly encoding: 'text' | 'base64';
};
