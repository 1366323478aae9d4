import { costModelReference, MEASUREMENT_KINDS, measurementRemarks } from '#contract';
import type { SessionRecord } from '#contract';
import type { MergeReport, StoredFile } from '../../lab/index.ts';
import { countedText } from './figures.ts';
import { commandLine } from './invocation.ts';
import { shortId } from './library-access.ts';
import { remarkTexts } from './measurement-text.ts';

/** What `schema` says in the answer of `import --json`. */
export const IMPORT_SCHEMA = 'folio-lab/import@1';

/** What an import did. */
export type ImportReport = {
  /** The session of the measurements; null where there are none. */
  readonly session: Pick<SessionRecord, 'id' | 'name'> | null;
  readonly stored: readonly StoredFile[];
  /** What came of a session file; null where there was none. */
  readonly merged: (MergeReport & { readonly fileName: string }) | null;
};

const OUTCOMES = {
  added: 'was added',
  known: 'was there already, from a file with the same bytes',
  restored: 'was there already and is back from the trash',
} as const;

function storedText(stored: StoredFile, session: ImportReport['session']): string {
  if (stored.kind === 'cost-model') {
    const name = costModelReference(stored.stored);
    const outcome = stored.isNew ? 'was added' : 'was there already, with the same figures';
    return `${stored.fileName}: cost model ${name} ${outcome}`;
  }
  const { record, outcome, file } = stored;
  return [
    `${file.fileName}: ${MEASUREMENT_KINDS[record.kind]}, ${record.summary}`,
    `measurement ${shortId(record)} "${record.name}" ${OUTCOMES[outcome]}${session === null ? '' : ` (session "${session.name}")`}; "${commandLine(`show ${shortId(record)}`)}" shows it`,
    ...remarkTexts(file.document),
  ].join('\n');
}

function mergedText(merged: NonNullable<ImportReport['merged']>): string {
  const { fileName, sessionIds, importedRuns, skippedRuns } = merged;
  const { importedMeasurements, skippedMeasurements } = merged;
  const { importedCostModels, renamedCostModels } = merged;
  const known = [
    ...(skippedRuns === 0 ? [] : [countedText(skippedRuns, 'run')]),
    ...(skippedMeasurements === 0 ? [] : [countedText(skippedMeasurements, 'measurement')]),
  ];
  return [
    `${fileName}: ${countedText(sessionIds.length, 'session')}, ${countedText(importedRuns, 'run')} and ${countedText(importedMeasurements, 'measurement')} imported`,
    ...(known.length === 0 ? [] : [`${known.join(' and ')} of it were there already`]),
    ...(importedCostModels.length === 0
      ? []
      : [`cost models that came along: ${importedCostModels.join(', ')}`]),
    ...renamedCostModels.map(({ inFile, here }) => `${inFile} of the file is ${here} here`),
    ...(renamedCostModels.length === 0
      ? []
      : ['the experiments of runs stay as they were run, and name cost models as the file does']),
  ].join('\n');
}

/** What an import did, for people. */
export function importText({ session, stored, merged }: ImportReport): string {
  const texts = stored.map((each) => storedText(each, session));
  return [...texts, ...(merged === null ? [] : [mergedText(merged)])].join('\n\n');
}

function storedDocument(stored: StoredFile): object {
  if (stored.kind === 'cost-model') {
    const { fileName, isNew } = stored;
    const { id, version, digest } = stored.stored;
    return {
      file: fileName,
      kind: stored.kind,
      outcome: isNew ? 'added' : 'known',
      id,
      version,
      digest,
    };
  }
  const { record, outcome, file } = stored;
  const { kind, id, name, sha256, bytes, command, summary } = record;
  const { assumptions, warnings } = measurementRemarks(file.document);
  return {
    ...{ file: file.fileName, kind, outcome, id, name, sha256, bytes, command, summary },
    ...{ assumptions, warnings },
  };
}

/** What an import did, as a document. */
export function importDocument({ session, stored, merged }: ImportReport): object {
  const files = stored.map(storedDocument);
  if (merged !== null) {
    const { fileName, ...report } = merged;
    files.push({ file: fileName, kind: 'session-file', ...report });
  }
  const place = session === null ? null : { id: session.id, name: session.name };
  return { schema: IMPORT_SCHEMA, session: place, files };
}
