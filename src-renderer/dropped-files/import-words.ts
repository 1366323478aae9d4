import type { ImportedFile } from '#contract';
import { counted } from '../sentences.ts';

type ImportedMeasurement = Extract<ImportedFile, { readonly kind: 'measurement' }>;

const OUTCOMES: Readonly<Record<ImportedMeasurement['outcome'], string>> = {
  added: 'was imported',
  known: 'is in the library already',
  restored: 'was taken out of the trash',
};

/** What became of a measured file, in a few sentences: what was read, and the first thing to keep in mind. */
export function importSentence({
  record,
  outcome,
  assumptions,
  warnings,
}: ImportedMeasurement): string {
  const assumed =
    assumptions.length === 0 ? '' : ` ${counted(assumptions.length, 'thing')} assumed.`;
  const [warning] = warnings;
  const further = warnings.length > 1 ? ` ${counted(warnings.length, 'warning')} in all.` : '';
  const heeded = warning === undefined ? '' : ` ${warning.text}`;
  return `${record.name} ${OUTCOMES[outcome]}: ${record.summary}.${assumed}${heeded}${further}`;
}

/** What became of a file with a cost model. */
export function costModelSentence({
  id,
  isNew,
}: Extract<ImportedFile, { readonly kind: 'cost-model' }>): string {
  return isNew
    ? `The cost model ${id} was imported; experiments name it so.`
    : `The cost model ${id} is in the library already.`;
}
