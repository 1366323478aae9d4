import { describe, expect, it } from 'vitest';
import { extentsFromLayout } from '#core';
import { csvFromRowsText, layoutFromLabRows, layoutFromRowsText } from './read-rows.ts';
import { rowsOfIo } from './rows-of-io.ts';

const ROWS = 'va_page,pfn,pages,order,leaf,flags\n0,4096,6,4\n 6, 9001, 1, 0, pte, file|shared\n\n';

describe('rows', () => {
  it('may have a heading, blanks and empty lines; leaf and flags have defaults', () => {
    const reading = layoutFromRowsText(ROWS);
    const extents = reading.ok ? extentsFromLayout(reading.layout) : [];

    expect(extents).toEqual([
      { vaPage: 0, pfn: 4096, pages: 6, order: 4, leaf: 'pte', flags: ['anon'] },
      { vaPage: 6, pfn: 9001, pages: 1, order: 0, leaf: 'pte', flags: ['file', 'shared'] },
    ]);
  });

  it.each([
    ['', /found no row/],
    ['0,4096,6', /line 1: found "0,4096,6"; a row is va_page,pfn/],
    ['0,4096,6,4,pmx', /line 1: leaf: found "pmx"; allowed: pte, pmd, pud/],
    ['0,4096,6,4,pte,odd', /line 1: flags: found "odd"; allowed: anon/],
    ['0,1,2,0\n\n1,9,1,0', /line 3: va_page 1 overlaps/],
  ])('that make no layout are refused with their line: %j', (text, message) => {
    const reading = layoutFromRowsText(text);

    expect(reading.ok ? '' : reading.message).toMatch(message);
  });

  it('become a file that the command line reads', () => {
    expect(csvFromRowsText(ROWS)).toBe(
      'va_page,pfn,pages,order,leaf,flags\n0,4096,6,4,pte,anon\n6,9001,1,0,pte,file|shared\n',
    );
  });

  it('come from the laboratory in the same form', () => {
    const reading = layoutFromLabRows([[512, 1024, 512, 9, 'pmd', 'hugetlb']]);

    expect(reading.ok && extentsFromLayout(reading.layout)[0]).toMatchObject({
      leaf: 'pmd',
      flags: ['hugetlb'],
    });
  });

  it('of an I/O are those it touches, and none where there are too many to edit', () => {
    const reading = layoutFromRowsText('0,4096,8,4\n12,4108,4,4\n40,1,1,0');
    if (!reading.ok) throw new Error(reading.message);
    const request = { api: 'direct-io', op: 'write', path: 'async', offset: 8192 } as const;
    const scattered = Array.from({ length: 300 }, (_, page) => `${page},${page * 2},1,0`);
    const many = layoutFromRowsText(scattered.join('\n'));

    expect(rowsOfIo(reading.layout, { ...request, length: 65_536 })).toBe(
      '2,4098,6,4\n12,4108,4,4',
    );
    expect(many.ok && rowsOfIo(many.layout, { ...request, length: 1_048_576 })).toBe('');
  });
});
