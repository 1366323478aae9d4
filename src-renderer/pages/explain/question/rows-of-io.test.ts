import { expect, it } from 'vitest';
import { layoutFromRowsText } from '../../../layout-rows/read-layout-rows.ts';
import { rowsOfIo } from './rows-of-io.ts';

it('gives the rows an I/O touches, and none where there are too many to edit', () => {
  const reading = layoutFromRowsText('0,4096,8,4\n12,4108,4,4\n40,1,1,0');
  if (!reading.ok) throw new Error(reading.message);
  const request = { api: 'direct-io', op: 'write', path: 'async', offset: 8192 } as const;
  const scattered = Array.from({ length: 300 }, (_, page) => `${page},${page * 2},1,0`);
  const many = layoutFromRowsText(scattered.join('\n'));

  expect(rowsOfIo(reading.layout, { ...request, length: 65_536 })).toBe('2,4098,6,4\n12,4108,4,4');
  expect(many.ok && rowsOfIo(many.layout, { ...request, length: 1_048_576 })).toBe('');
});
