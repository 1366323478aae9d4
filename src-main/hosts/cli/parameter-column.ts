import { bytesText } from './figures.ts';
import type { Column } from './text-table.ts';

/** Parameters that are sizes. Unit: bytes. */
const SIZES = ['blockSize', 'offset', 'logicalBlockSize'];

/** The column of a parameter in which rows differ. */
export function parameterColumn<Row>(
  name: string,
  valueOf: (row: Row) => string | number,
): Column<Row> {
  const isSize = SIZES.includes(name);
  return {
    title: name,
    align: isSize ? 'right' : 'left',
    text: (row) => {
      const value = valueOf(row);
      return isSize && typeof value === 'number' ? bytesText(value) : String(value);
    },
  };
}
