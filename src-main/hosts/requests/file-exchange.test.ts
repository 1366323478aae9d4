import fc from 'fast-check';
import { expect, it } from 'vitest';
import { kindOfExport, safeFileName } from './file-exchange.ts';

it('makes a file name of any name', () => {
  expect(
    [
      'Reads, 4 KiB.csv',
      '../../etc/passwd',
      'C:\\Windows\\a.yaml',
      'a\nb\u202egnp.exe',
      ' .hidden. ',
      '???',
      '',
      `${'x'.repeat(300)}.foliolab`,
    ].map(safeFileName),
  ).toEqual([
    'Reads, 4 KiB.csv',
    'etc passwd',
    'C Windows a.yaml',
    'a b gnp.exe',
    'hidden',
    'unnamed',
    'unnamed',
    `${'x'.repeat(91)}.foliolab`,
  ]);
});

it('never makes a path, a hidden file or an empty name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(safeFileName(name)).toMatch(/^[^./\\\s][^/\\:\n]*$/u);
    }),
  );
});

it('knows a picture from a table', () => {
  expect([kindOfExport('a.PNG'), kindOfExport('a.b.csv'), kindOfExport('a')]).toEqual([
    { title: 'Picture', endings: ['png'] },
    { title: 'Table', endings: ['csv'] },
    { title: 'File', endings: ['txt'] },
  ]);
});
