import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildLayout, extentsFromLayout, PAGE_FLAGS } from '#core';
import type { Extent, Layout } from '#core';
import {
  LAYOUT_CSV_BYTES_LIMIT,
  LAYOUT_CSV_COLUMNS,
  layoutCsvText,
  parseLayoutCsv,
  readLayoutCsv,
} from './layout-csv.ts';
import type { LayoutCsvResult } from './layout-csv.ts';

const HEADER = 'va_page,pfn,pages,order,leaf,flags';

function messageOf(result: LayoutCsvResult): string {
  return result.ok ? 'no problem' : result.problem.message;
}

/** The message for a file of these lines, which the header precedes. */
function messageFor(...rows: readonly string[]): string {
  return messageOf(parseLayoutCsv([HEADER, ...rows, ''].join('\n'), 'a.csv'));
}

function extentsOf(result: LayoutCsvResult): Extent[] {
  if (!result.ok) throw new Error(result.problem.message);
  return extentsFromLayout(result.layout);
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'layout-csv-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('parseLayoutCsv', () => {
  it('[LAY-12] reads a row for each extent', () => {
    const text = `${HEADER}\n8,68719476736,3,0,pte,file|shared\n512,1024,512,9,pmd,\n`;

    expect(extentsOf(parseLayoutCsv(text, 'a.csv'))).toEqual([
      {
        vaPage: 8,
        pfn: 68_719_476_736,
        pages: 3,
        order: 0,
        leaf: 'pte',
        flags: ['file', 'shared'],
      },
      { vaPage: 512, pfn: 1024, pages: 512, order: 9, leaf: 'pmd', flags: ['anon'] },
    ]);
  });

  it.each([
    ['CRLF', `${HEADER}\r\n0,5,1,0,pte,anon\r\n1,9,1,0,pte,\r\n`],
    ['LF and CRLF mixed', `${HEADER}\n0,5,1,0,pte,anon\r\n1,9,1,0,pte,\n`],
    ['blank lines', `\n${HEADER}\n\n\n0,5,1,0,pte,anon\n\n1,9,1,0,pte,\n\n`],
    [
      'quoted cells',
      `"va_page",pfn,pages,order,leaf,"flags"\n"0","5",1,0,"pte","anon"\n1,9,1,0,pte,""\n`,
    ],
    ['a byte order mark', `\ufeff${HEADER}\n0,5,1,0,pte,anon\n1,9,1,0,pte,\n`],
    ['no line end after the last row', `${HEADER}\n0,5,1,0,pte,anon\n1,9,1,0,pte,`],
    ['leading zeros', `${HEADER}\n00,05,1,0,pte,anon\n1,0009,1,0,pte,\n`],
  ])('[LAY-12] reads a file with %s', (_case, text) => {
    expect(extentsOf(parseLayoutCsv(text, 'a.csv'))).toEqual([
      { vaPage: 0, pfn: 5, pages: 1, order: 0, leaf: 'pte', flags: ['anon'] },
      { vaPage: 1, pfn: 9, pages: 1, order: 0, leaf: 'pte', flags: ['anon'] },
    ]);
  });

  it.each([
    ['a row', 3, `${HEADER}\n0,5,1,0,pte,\nx,5,1,0,pte,\n`],
    ['CRLF', 3, `${HEADER}\r\n0,5,1,0,pte,\r\nx,5,1,0,pte,\r\n`],
    ['LF and CRLF mixed', 4, `${HEADER}\n0,5,1,0,pte,\r\n1,6,1,0,pte,\nx,5,1,0,pte,\r\n`],
    ['blank lines', 7, `\n\n${HEADER}\n\n0,5,1,0,pte,\n\nx,5,1,0,pte,\n`],
    ['blank lines of CRLF', 6, `\r\n${HEADER}\r\n\r\n0,5,1,0,pte,\r\n\r\nx,5,1,0,pte,\r\n`],
    ['quoted cells', 3, `${HEADER}\n"0","5",1,0,"pte",""\n"x",5,1,0,pte,\n`],
    ['a byte order mark', 3, `\ufeff${HEADER}\n0,5,1,0,pte,\nx,5,1,0,pte,\n`],
    ['no line end after the last row', 3, `${HEADER}\n0,5,1,0,pte,\nx,5,1,0,pte,`],
  ])('[LAY-12] names the line of a fault: %s', (_case, line, text) => {
    expect(parseLayoutCsv(text, 'dir/a.csv')).toEqual({
      ok: false,
      problem: {
        line,
        message: `dir/a.csv:${line}: column va_page is "x"; allowed: a whole number from 0 to 2^40 - 1 in decimal digits`,
      },
    });
  });

  it.each([
    '1e3',
    '0x10',
    '-1',
    '+1',
    '1.0',
    '1.5',
    '',
    ' 1',
    '1 ',
    '1_000',
    '１',
    'NaN',
    '1099511627776',
    '9'.repeat(400),
  ])('[LAY-12] refuses %j as a page number', (cell) => {
    expect(messageFor(`${cell},5,1,0,pte,`)).toMatch(
      /^a\.csv:2: column va_page is ".*"; allowed: a whole number from 0 to 2\^40 - 1 in decimal digits$/,
    );
    expect(messageFor(`0,${cell},1,0,pte,`)).toMatch(
      /^a\.csv:2: column pfn is ".*"; allowed: a whole number from 0 to 2\^40 - 1 in decimal digits$/,
    );
  });

  it.each([
    [
      '0,0,0,0,pte,',
      'column pages is "0"; allowed: a whole number from 1 to 2^40 in decimal digits',
    ],
    [
      '0,0,1,19,pte,',
      'column order is "19"; allowed: a whole number from 0 to 18 in decimal digits',
    ],
    ['0,0,1,0,PTE,', 'column leaf is "PTE"; allowed: pte, pmd, pud'],
    ['0,0,1,0,,', 'column leaf is ""; allowed: pte, pmd, pud'],
    [
      '0,0,1,0,pte,anon|wide',
      'column flags is "anon|wide", and "wide" is no flag; allowed: anon, file, shmem, hugetlb, devmap, compound, absent, readonly, shared, zero, cma, protnone, special, joined by |, or nothing for anon',
    ],
    ['0,0,1,0,pte,anon|', 'column flags is "anon|", and "" is no flag; allowed: anon'],
    [
      '0,0,1,0,pte,anon;file',
      'column flags is "anon;file", and "anon;file" is no flag; allowed: anon',
    ],
    ['0,0,1,0,pte', `the row has 5 cells; allowed: 6 (${HEADER})`],
    ['0,0,1,0,pte,anon,', `the row has 7 cells; allowed: 6 (${HEADER})`],
    ['   ', `the row has 1 cell; allowed: 6 (${HEADER})`],
    ['0,0,1,0,pte,an"on', 'a quote stands inside a cell; allowed: quotes around a whole cell'],
    ['0,0,1,0,pte,"anon"x', 'text follows a closing quote; allowed: quotes around a whole cell'],
    ['0,0,1,0,pte,"anon', 'a quote is not closed; allowed: quotes around a whole cell'],
    ['0,0,1,0,pte,"an\non"', 'column flags is "an\\non", and "an\\non" is no flag; allowed: anon'],
    ['0,0,1,0,pte,anon|file', 'flags anon, file are 2 types of memory; one extent has one type'],
    ['0,0,1,0,pmd,', 'leaf pmd with order 0; it needs order 9 or more unless flags say'],
    ['9,0,1,0,pte,\n0,0,1,0,pte,', 'va_page 0 descends after 9; rows must ascend', 3],
    [
      '0,0,1,0,pte,\n\n0,0,1,0,pte,',
      'va_page 0 overlaps the row before it, which ends before 1',
      4,
    ],
    [
      '0,0,1,5,pte,\n\n7,9,1,0,pte,',
      'frame 9 belongs to a folio of order 0 here and of order 5',
      4,
    ],
    [
      `0,0,1,0,pte,${'x'.repeat(2000)}`,
      'the line is longer than 1024 bytes; allowed: a row of six cells',
    ],
    [
      `0,0,1,0,pte,"${'x'.repeat(1000)}\n${'x'.repeat(1000)}"`,
      'the row is longer than 1024 characters; allowed: six cells',
    ],
  ] as [string, string, number?][])('[LAY-12] refuses the row %j', (rows, message, line = 2) => {
    expect(messageFor(rows).startsWith(`a.csv:${line}: ${message}`)).toBe(true);
  });

  it.each([
    ['va_page,pfn,pages,order,leaf', 'va_page,pfn,pages,order,leaf'],
    ['pfn,va_page,pages,order,leaf,flags', 'pfn,va_page,pages,order,leaf,flags'],
    ['va_page;pfn;pages;order;leaf;flags', 'va_page;pfn;pages;order;leaf;flags'],
    ['0,0,1,0,pte,anon', '0,0,1,0,pte,anon'],
    ['%PDF-1.7', '%PDF-1.7'],
  ])('[LAY-12] refuses the header %j', (header, shown) => {
    expect(messageOf(parseLayoutCsv(`${header}\n0,0,1,0,pte,\n`, 'a.csv'))).toBe(
      `a.csv:1: the header is "${shown}"; allowed: ${HEADER}`,
    );
  });

  it('[LAY-12] refuses a file without a row', () => {
    for (const text of ['', '\n\r\n', '\ufeff']) {
      expect(parseLayoutCsv(text, 'a.csv')).toEqual({
        ok: false,
        problem: {
          line: null,
          message: `a.csv: the file is empty; allowed: the header ${HEADER} and a row for each extent`,
        },
      });
    }
    expect(messageFor()).toBe('a.csv: no extent; a layout maps at least one page');
  });

  it('[LAY-12] refuses more than 64 MiB', () => {
    expect(messageOf(parseLayoutCsv(Buffer.alloc(LAYOUT_CSV_BYTES_LIMIT + 1, '\n'), 'a.csv'))).toBe(
      'a.csv: the file is larger than 64 MiB; allowed: at most 67108864 bytes',
    );
  });
});

/** Layouts of any shape a CSV can hold. */
const layouts: fc.Arbitrary<Layout> = fc
  .array(
    fc.record({
      gap: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 2 ** 30 })),
      pages: fc.integer({ min: 1, max: 5000 }),
      order: fc.integer({ min: 0, max: 18 }),
      skipped: fc.nat(),
      type: fc.constantFrom<Extent['flags']>(['anon'], ['file'], ['shmem'], ['devmap', 'compound']),
      states: fc.subarray([...PAGE_FLAGS.slice(6)]),
    }),
    { minLength: 1, maxLength: 20 },
  )
  .map((parts) => {
    let vaPage = 0;
    const extents = parts.map(({ gap, pages, order, skipped, type, states }, index): Extent => {
      const start = vaPage + gap;
      vaPage = start + pages;
      const pfn = index * 2 ** 20 + (skipped % 2 ** order);
      return { vaPage: start, pfn, pages, order, leaf: 'pte', flags: [...type, ...states] };
    });
    const result = buildLayout(extents);
    if (!result.ok) throw new Error(result.problem.message);
    return result.layout;
  });

/** One sentence: a line that names the file, and no trace of where in the program it arose. */
const SENTENCE = /^a\.csv(:[0-9]+)?: [^\n\r]+$/;

/** Bytes near enough to a layout to get past its first lines. */
const almostLayouts: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.array(
      fc.oneof(
        {
          weight: 6,
          arbitrary: fc.constantFrom(
            '0,0,1,0,pte,',
            '5,9,512,9,pte,anon',
            '600,8,1,0,pte,file|shared',
          ),
        },
        { weight: 1, arbitrary: fc.constantFrom('', '"', ',', '""', '"\n"', '\r', '\0', '\ufeff') },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
      ),
      { maxLength: 6 },
    ),
    fc.constantFrom('\n', '\r\n', '\n\n', '\r'),
    fc.array(fc.tuple(fc.nat({ max: 150 }), fc.integer({ min: 0, max: 255 })), { maxLength: 2 }),
  )
  .map(([rows, lineEnd, changes]) => {
    const bytes = Buffer.from([HEADER, ...rows].join(lineEnd));
    for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
    return bytes;
  });

describe('any bytes', () => {
  it('[LAY-12] are a layout or one sentence', () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 300 }), almostLayouts);
    let layoutsRead = 0;
    fc.assert(
      fc.property(bytes, (content) => {
        const result = parseLayoutCsv(content, 'a.csv');

        if (result.ok) layoutsRead += 1;
        else expect(result.problem.message).toMatch(SENTENCE);
      }),
      { numRuns: 2000 },
    );
    expect(layoutsRead).toBeGreaterThan(50);
  });

  it('[LAY-12] give the same from a file as from memory', async () => {
    await fc.assert(
      fc.asyncProperty(almostLayouts, async (content) => {
        const path = fileOf('any.csv', content);

        expect(await readLayoutCsv(path)).toEqual(parseLayoutCsv(content, path));
      }),
    );
  });
});

describe('layoutCsvText', () => {
  it('[LAY-12] writes what parseLayoutCsv reads back', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        const text = layoutCsvText(layout);

        expect(parseLayoutCsv(text, 'a.csv')).toEqual({ ok: true, layout });
        expect(text.startsWith(`${LAYOUT_CSV_COLUMNS.join(',')}\n`)).toBe(true);
        expect(text).toMatch(/[^\n]\n$/);
      }),
    );
  });
});

describe('readLayoutCsv', () => {
  it('[LAY-12] reads a file of many chunks as it reads the text', async () => {
    const lines = Array.from({ length: 20_000 }, (_, page) => `${page},${page * 2},1,0,pte,anon`);
    const text = `\ufeff${[HEADER, ...lines].join('\r\n')}\r\n`;

    const result = await readLayoutCsv(fileOf('large.csv', text));

    expect(result).toEqual(parseLayoutCsv(text, 'large.csv'));
    expect(extentsOf(result).length).toBe(20_000);
  });

  it('[LAY-12] names the line of a fault far into a file', async () => {
    const lines = Array.from({ length: 20_000 }, (_, page) => `${page},${page * 2},1,0,pte,anon`);
    lines[15_000] = 'x,5,1,0,pte,anon';
    const path = fileOf('fault.csv', [HEADER, ...lines].join('\n'));

    expect(await readLayoutCsv(path)).toMatchObject({ ok: false, problem: { line: 15_002 } });
  });

  it('says in a sentence that a file is missing', async () => {
    const path = join(folder, 'missing.csv');

    expect(await readLayoutCsv(path)).toEqual({
      ok: false,
      problem: { line: null, message: `${path}: there is no such file; allowed: a CSV file` },
    });
  });

  it('says in a sentence that it is a folder', async () => {
    expect(messageOf(await readLayoutCsv(folder))).toBe(
      `${folder}: this is a folder; allowed: a CSV file`,
    );
  });

  it('says in a sentence that the file may not be read', async () => {
    const path = fileOf('secret.csv', HEADER);
    chmodSync(path, 0);
    // The folder opens for others, because the superuser reads everything and has to step down.
    chmodSync(folder, 0o755);
    const isSuperuser = process.getuid?.() === 0;
    if (isSuperuser) process.seteuid?.(65_534);

    const result = await readLayoutCsv(path).finally(() => {
      if (isSuperuser) process.seteuid?.(0);
    });

    expect(messageOf(result)).toBe(
      `${path}: the file may not be read (permission denied); allowed: a CSV file`,
    );
  });

  it('says in a sentence what else keeps a file from being read', async () => {
    const path = join(folder, 'loop.csv');
    symlinkSync('loop.csv', path);

    expect(messageOf(await readLayoutCsv(path))).toBe(
      `${path}: the file cannot be read (ELOOP); allowed: a CSV file`,
    );
    expect(messageOf(await readLayoutCsv('a\0b'))).toContain(
      ': the file cannot be read (ERR_INVALID_ARG_VALUE); allowed: a CSV file',
    );
  });

  it('[LAY-12] refuses more than 64 MiB before it reads them', async () => {
    const path = fileOf('large.csv', '');
    truncateSync(path, LAYOUT_CSV_BYTES_LIMIT + 1);

    expect(messageOf(await readLayoutCsv(path))).toBe(
      `${path}: the file is larger than 64 MiB; allowed: at most 67108864 bytes`,
    );
  });

  it('[LAY-12] gives up on a file without lines after the first of them', async () => {
    const path = fileOf('zeros.bin', '');
    truncateSync(path, LAYOUT_CSV_BYTES_LIMIT);

    expect(messageOf(await readLayoutCsv(path))).toBe(
      `${path}:1: the line is longer than 1024 bytes; allowed: a row of six cells`,
    );
  });

  it('reads a pipe', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const writing = writeFile(path, `${HEADER}\n0,5,1,0,pte,\n`);

    expect(extentsOf(await readLayoutCsv(path))).toHaveLength(1);
    await writing;
  });
});
