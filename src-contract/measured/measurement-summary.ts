import type { CallTracePart } from './call-trace.ts';
import type { MeasurementDocument } from './measurement.ts';
import type { Remark } from './remark.ts';

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

function partSummary({ calls, literalCalls, functions }: CallTracePart): string {
  const literal = calls === literalCalls ? '' : ` (${literalCalls.toLocaleString('en-US')} shown)`;
  return `${counted(calls, 'call')}${literal} of ${counted(functions.length, 'function')}`;
}

const BYTES_PER_PAGE = 4096;
const BYTES_PER_MIB = 1_048_576;

/** What a measured file holds, in one line. */
export function measurementSummary(document: MeasurementDocument): string {
  switch (document.kind) {
    case 'layout': {
      const pages = document.rows.reduce((sum, [, , count]) => sum + count, 0);
      const size = ((pages * BYTES_PER_PAGE) / BYTES_PER_MIB).toLocaleString('en-US');
      return `${size} MiB in ${counted(document.rows.length, 'extent')}`;
    }
    case 'gup-test': {
      const results = document.groups.reduce((sum, group) => sum + group.results.length, 0);
      return `${counted(results, 'result')} in ${counted(document.groups.length, 'group')}`;
    }
    case 'function-graph':
      return document.parts.map(partSummary).join('; ');
    case 'fio': {
      const ios = document.series.reduce((sum, each) => sum + (each.ios ?? 0), 0);
      return `${counted(document.series.length, 'series', 'series')} of ${document.version}, ${counted(ios, 'I/O')}`;
    }
    case 'span-table': {
      const tables = [...new Set(document.rows.map(({ table }) => table))].join(', ');
      return `${counted(document.rows.length, 'row')} of ${tables}`;
    }
    case 'plain-table':
      return `${counted(document.rows.length, 'row')} of ${document.table}, kept as they stand`;
  }
}

export type MeasurementRemarks = {
  readonly assumptions: readonly Remark[];
  readonly warnings: readonly Remark[];
};

/** What the importer of a file assumed and warns of. */
export function measurementRemarks(document: MeasurementDocument): MeasurementRemarks {
  if ('assumptions' in document) {
    const { assumptions, warnings } = document;
    return { assumptions, warnings };
  }
  if (document.kind !== 'span-table' || document.unreadColumns.length === 0) {
    return { assumptions: [], warnings: [] };
  }
  const text = `Columns that were not read: ${document.unreadColumns.join(', ')}.`;
  return { assumptions: [{ line: 1, text: text.slice(0, 1000) }], warnings: [] };
}
