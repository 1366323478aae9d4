import { EVENTS, LATENCY_PHASES } from '#core';
import { FIGURES, LATENCY_STATISTICS } from '#contract';
import { keysInOrder } from '../draft/field-schema.ts';
import { entriesAt, listAt, valueAt } from '../draft/draft-path.ts';
import { textFromValue, textFromValues } from '../draft/written-value.ts';

/** Metrics to choose from; several phases can be joined by +, which is typed. */
export const METRICS: readonly string[] = [
  ...['total', ...LATENCY_PHASES.filter((phase) => phase !== 'total')].flatMap((phase) =>
    LATENCY_STATISTICS.map((statistic) => `${phase}.${statistic}`),
  ),
  ...EVENTS.map((event) => `events.${event}`),
  ...FIGURES.map(({ name }) => `figures.${name}`),
  ...['', '.result', '.bio'].flatMap((owner) =>
    ['count', 'bytes', 'peakBytes'].map((figure) => `allocations${owner}.${figure}`),
  ),
  'iops',
  'cpuNsPerIo',
  'tracedCalls',
];

/** Keys by which trials are selected. */
export const SELECTION_KEYS: readonly string[] = keysInOrder(['expect', 0, 'of']);

/** Values that a key of a selection can have in this draft, as they are written. */
export function valuesOfSelection(draft: unknown, key: string): readonly string[] {
  if (key === 'layout') return namesOf(draft, 'layouts');
  if (key === 'strategy') return namesOf(draft, 'strategies');
  const isOfWorkload = !['costModel', 'tracer', 'replicate'].includes(key);
  const path = isOfWorkload ? `workload.${key}` : key;
  const swept = listAt(draft, ['sweep', path]);
  const own = valueAt(draft, path.split('.'));
  return [...swept, ...(swept.length === 0 && own !== undefined ? [own] : [])].map(textFromValue);
}

function namesOf(draft: unknown, list: 'layouts' | 'strategies'): readonly string[] {
  return listAt(draft, [list]).flatMap((element) => {
    const name = valueAt(element, ['name']) ?? valueAt(element, ['id']);
    return name === undefined ? [] : [textFromValue(name)];
  });
}

function selectionWords(expectation: unknown, key: 'of' | 'than'): string {
  return entriesAt(expectation, [key])
    .map(([name, values]) => `${name} ${textFromValues(values)}`)
    .join(', ');
}

/** A written expectation in a few words. */
export function expectationWords(expectation: unknown): string {
  const of = selectionWords(expectation, 'of');
  const value = valueAt(expectation, ['value']);
  const factor = valueAt(expectation, ['factor']);
  const right =
    value === undefined
      ? `${factor === undefined ? '' : `${textFromValue(factor)} × `}${selectionWords(expectation, 'than')}`
      : textFromValue(value);
  const metric = textFromValue(valueAt(expectation, ['metric']));
  const relation = textFromValue(valueAt(expectation, ['relation']));
  return `${metric} of ${of === '' ? 'every trial' : of}: ${relation} ${right}`;
}
