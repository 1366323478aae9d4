import { createReadStream } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { spanTableDocumentSchema } from '#contract';
import { readSpanTable } from './read-span-table.ts';
import type { SpanTableResult } from './read-span-table.ts';

function fixture(name: string): AsyncIterable<Uint8Array> {
  return createReadStream(new URL(`fixtures/${name}`, import.meta.url), { highWaterMark: 100 });
}

/** The faults of a table as lines of text; empty when it was read. */
async function faults(text: string): Promise<readonly string[]> {
  const result = await readSpanTable(text);
  return result.ok ? [] : result.problems.map(({ line, message }) => `${String(line)}: ${message}`);
}

function rowsOf(result: SpanTableResult) {
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.document.rows;
}

it('reads the table of buffer registration, every row with its line', async () => {
  const result = await readSpanTable(fixture('pin-register.csv'));

  expect(rowsOf(result).at(0)).toEqual({
    line: 2,
    table: 'pin-register',
    run: 1,
    layout: 'base4k',
    mode: 'hot',
    bytes: 4096,
    offsetBytes: 0,
    metric: 'register',
    device: null,
    op: null,
    pages: 1,
    folios: 1,
    folioPages: 1,
    physicalRuns: 1,
    leafEntries: 1,
    pmdShare: 0,
    test: null,
    variant: null,
    samples: 5000,
    minNs: 491,
    p50Ns: 511,
    p90Ns: 511,
    p99Ns: 631,
    meanNs: 513,
  });
  expect(result.ok && result.document.unreadColumns).toEqual(['mmap_lock_events']);
});

it('tells the tables apart by what their rows hold', async () => {
  const directIo = rowsOf(await readSpanTable(fixture('direct-io.csv')));
  const contention = rowsOf(await readSpanTable(fixture('contention.csv')));

  expect(new Set(directIo.map(({ table }) => table))).toEqual(new Set(['direct-io']));
  expect(directIo.at(0)).toMatchObject({ device: 'loop', op: 'read', mode: 'hot' });
  expect(new Set(contention.map(({ table }) => table))).toEqual(new Set(['contention']));
  expect(contention.at(0)).toMatchObject({ mode: null, test: 'first_touch', offsetBytes: null });
});

it('reads a table of the few columns that a prediction needs, mixed and in any order', async () => {
  const text = [
    'p50_ns,metric,layout,mode,bytes,offset_bytes,device,op',
    '2100.5,pin_span,mthp16k,hot,131072,4096,,',
    '',
    '411,get_pages_span,thp2m,walk,131072,0,zram,write',
    '9,sideways_span,moon,hot,1,,,',
  ].join('\r\n');

  const rows = rowsOf(await readSpanTable(`\uFEFF${text}`));

  expect(
    rows.map(({ line, table, layout, metric, p50Ns, run, device }) => ({
      line,
      table,
      layout,
      metric,
      p50Ns,
      run,
      device,
    })),
  ).toEqual([
    {
      line: 2,
      table: 'pin-register',
      layout: 'mthp16k',
      metric: 'pin_span',
      p50Ns: 2100.5,
      run: null,
      device: null,
    },
    {
      line: 4,
      table: 'direct-io',
      layout: 'thp2m',
      metric: 'get_pages_span',
      p50Ns: 411,
      run: null,
      device: 'zram',
    },
    {
      line: 5,
      table: 'pin-register',
      layout: 'moon',
      metric: 'sideways_span',
      p50Ns: 9,
      run: null,
      device: null,
    },
  ]);
});

it('names line and column of what cannot be a measurement', async () => {
  const header = 'layout,mode,bytes,metric,n,min_ns,p50_ns';
  const rows = [
    'base4k,hot,4096,pin_span,5,10,fast',
    'base4k,hot,4096,pin_span,5,10,-1',
    'base4k,tepid,4096,pin_span,5,10,20',
    'base4k,hot,0,pin_span,5,10,20',
    'base4k,hot,4096,pin_span,5.5,10,20',
    'base4k,hot,4096,pin_span,5,30,20',
    'base4k,hot,4096,pin_span,5,10',
    ',hot,4096,pin_span,5,10,',
    'base4k,hot,4096,pin_span,5,10,20',
    'base4k,hot,-4096,pin_span,5,10,20',
    'base4k,hot,,pin_span,-5,10,20',
  ];

  expect(await faults([header, ...rows].join('\n'))).toEqual([
    '2: column p50_ns is "fast"; allowed: a number from 0 to 2^53 - 1 in decimal digits',
    '3: column p50_ns is "-1"; allowed: a number from 0 to 2^53 - 1 in decimal digits',
    '4: column mode is "tepid"; allowed: hot, walk',
    '5: column bytes is "0"; allowed: a whole number from 1 to 2^53 - 1',
    '6: column n is "5.5"; allowed: a whole number from 0 to 2^53 - 1',
    '7: column p50_ns is "20"; allowed: at least 30, which is min_ns',
    '8: the row has 6 cells; allowed: 7',
    '9: column layout is ""; allowed: at least one character',
    '9: column p50_ns is ""; allowed: a number from 0 to 2^53 - 1',
    '11: column bytes is "-4096"; allowed: a whole number from 1 to 2^53 - 1',
    '12: column bytes is ""; allowed: a whole number from 1 to 2^53 - 1',
    '12: column n is "-5"; allowed: a whole number from 0 to 2^53 - 1',
  ]);
  const contention = [
    'test,layout,bytes,metric,p50_ns',
    'beside,none,-4096,munmap,9',
    'beside,none,0,munmap,9',
  ];
  expect(await faults(contention.join('\n'))).toEqual([
    '2: column bytes is "-4096"; allowed: a whole number from 0 to 2^53 - 1',
  ]);
});

it('names the columns that a table lacks, and reads nothing of it', async () => {
  expect(await faults('layout,mode,bytes,metrik,min_ns\nbase4k,hot,1,x,1\n')).toEqual([
    '1: column metric is missing; a table needs layout, mode, bytes, metric, p50_ns, and "metrik" is none of them',
    '1: column p50_ns is missing; a table needs layout, mode, bytes, metric, p50_ns',
    '1: nothing below this header was read',
  ]);
  expect(await faults('')).toEqual([
    'null: the table has no rows; allowed: a header and a row for each measurement',
  ]);
});

it('reports at most 20 faults, and that there may be more', async () => {
  const text = `layout,mode,bytes,metric,p50_ns\n${'base4k,hot,4096,pin_span,x\n'.repeat(500)}`;

  const found = await faults(text);

  expect(found).toHaveLength(21);
  expect(found.at(-1)).toBe('22: here is another fault, and what follows was not read');
});

it('answers any bytes with rows that its schema allows, or with faults', async () => {
  const valid = 'layout,mode,bytes,metric,p50_ns\nbase4k,hot,4096,pin_span,12\n';
  const mutated = fc
    .tuple(fc.nat(valid.length), fc.nat(6), fc.string({ unit: 'binary', maxLength: 8 }))
    .map(([at, length, inserted]) => valid.slice(0, at) + inserted + valid.slice(at + length));
  const anything = fc.oneof(mutated, fc.uint8Array({ maxLength: 300 }), fc.string());
  await fc.assert(
    fc.asyncProperty(anything, async (input) => {
      const result = await readSpanTable(input);
      if (result.ok)
        expect(spanTableDocumentSchema.parse(result.document)).toEqual(result.document);
      else expect(result.problems.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});
