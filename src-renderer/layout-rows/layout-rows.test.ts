import { describe, expect, it } from 'vitest';
import { extentsFromLayout } from '#core';
import { layoutFromLabRows, layoutFromRowsText } from './read-layout-rows.ts';
import { csvFromExtents, rowsTextFromExtents } from './write-layout-rows.ts';

const ROWS = 'va_page,pfn,pages,order,leaf,flags\n0,4096,6,4\n 6, 9001, 1, 0, pte, file|shared\n\n';
const EXTENTS = [
  { vaPage: 0, pfn: 4096, pages: 6, order: 4, leaf: 'pte', flags: ['anon'] },
  { vaPage: 6, pfn: 9001, pages: 1, order: 0, leaf: 'pte', flags: ['file', 'shared'] },
] as const;

function extentsOf(text: string) {
  const reading = layoutFromRowsText(text);
  return reading.ok ? extentsFromLayout(reading.layout) : reading.message;
}

describe('rows of a layout', () => {
  it('may have a heading, blanks and empty lines; leaf and flags have defaults', () => {
    expect(extentsOf(ROWS)).toEqual(EXTENTS);
  });

  it('may come from a spreadsheet: byte order mark, carriage returns, quotes', () => {
    const text = `\uFEFF${ROWS.replaceAll('\n', '\r\n').replace('0,4096,6,4', '"0","4096",6,"4",,')}`;

    expect(extentsOf(text)).toEqual(EXTENTS);
  });

  it.each([
    ['', /found no row/],
    ['0,4096,6', /line 1: found "0,4096,6"; a row is va_page,pfn/],
    ['0,4096,6,4,pmx', /line 1: leaf: found "pmx"; allowed: pte, pmd, pud/],
    ['0,4096,6,4,pte,odd', /line 1: flags: found "odd"; allowed: anon/],
    ['0,4096,6,4,pte,anon,more', /line 1: found "0,4096,6,4,pte,anon,more"; a row is/],
    ['0,1,2,0\n\n1,9,1,0', /line 3: va_page 1 overlaps/],
    ['0,1,2,0\r\n\r\n2,9,x,0', /line 3: found "2,9,x,0"/],
    ['0,1,2,0\n2,"9,1,0', /line 2: a quote is not closed/],
    ['0,1,2,0\n2,"9"1,1,0', /line 2: text follows a closing quote/],
  ])('that make no layout are refused with their line: %j', (text, message) => {
    expect(extentsOf(text)).toMatch(message);
  });

  it('come from the laboratory in the same form', () => {
    const reading = layoutFromLabRows([[512, 1024, 512, 9, 'pmd', 'hugetlb']]);

    expect(reading.ok && extentsFromLayout(reading.layout)[0]).toMatchObject({
      leaf: 'pmd',
      flags: ['hugetlb'],
    });
  });

  it('become a file that the command line reads, and come back the same', () => {
    const text = csvFromExtents(EXTENTS);

    expect(text).toBe(
      'va_page,pfn,pages,order,leaf,flags\n0,4096,6,4,pte,anon\n6,9001,1,0,pte,file|shared\n',
    );
    expect(extentsOf(text)).toEqual(EXTENTS);
  });

  it('become rows to edit, which say nothing that goes without saying', () => {
    const text = rowsTextFromExtents(EXTENTS);

    expect(text).toBe('0,4096,6,4\n6,9001,1,0,pte,file|shared');
    expect(extentsOf(text)).toEqual(EXTENTS);
  });
});
