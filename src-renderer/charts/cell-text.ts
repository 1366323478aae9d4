import { formatBytes, formatCount, formatNs, formatShare } from '../format.ts';
import type { ChartCell, ChartColumn } from './chart-table.ts';

/** A cell of the table behind a chart, as a person reads it. */
export function cellText(kind: ChartColumn['kind'], cell: ChartCell): string {
  if (cell === null) return '–';
  if (typeof cell === 'string') return cell;
  switch (kind) {
    case 'time':
      return formatNs(cell);
    case 'bytes':
      return formatBytes(cell);
    case 'share':
      return formatShare(cell);
    case 'percentile':
      return cell === 100 ? 'max' : `${cell} %`;
    case 'count':
    case 'text':
      return formatCount(cell);
  }
}
