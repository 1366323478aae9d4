import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { costModelText, parseMeasurementDocument } from '#contract';
import { openLibrary } from '../library/index.ts';
import { smallCostModel } from '../testing/small-plan.ts';
import { readMeasuredFile } from './read-measured-file.ts';
import type { StorableFile } from './store-files.ts';
import { storeFiles } from './store-files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folio-lab-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fixture(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
}

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const LAYOUT =
  'va_page,pfn,pages,order,leaf,flags\n512,1024,512,9,pmd,anon\n1024,8,4,0,pte,file|readonly\n';
const GUP_TEST = '$ ./gup_test -a -m 1\nPIN_FAST_BENCHMARK: Time: get:123 put:45 us\n';
const TRACE = `# tracer: function_graph
#
# CPU  DURATION                  FUNCTION CALLS
# |     |   |                     |   |   |   |
 0)               |  submit_bio() {
 0)   1.250 us    |    blk_mq_submit_bio();
 0)   2.500 us    |  }
`;

/** What a file was taken for, or the sentences about it without the folder. */
async function outcomeOf(path: string): Promise<string | readonly string[]> {
  const result = await readMeasuredFile(path);
  if (!result.ok) return result.problems.map((text) => text.replaceAll(`${folder}/`, ''));
  return result.file.kind === 'measurement' ? result.file.document.kind : result.file.kind;
}

it('tells by its content what a file is, whatever it is called', async () => {
  const session = `${folder}/library.db`;
  openLibrary(session).close();

  expect({
    layout: await outcomeOf(write('a.txt', LAYOUT)),
    gupTest: await outcomeOf(write('b.txt', GUP_TEST)),
    trace: await outcomeOf(write('c.csv', TRACE)),
    fio: await outcomeOf(fixture('fio-two-jobs.json')),
    fioWithNotes: await outcomeOf(fixture('fio-noted.json')),
    registered: await outcomeOf(fixture('pin-register.csv')),
    contended: await outcomeOf(fixture('contention.csv')),
    primitives: await outcomeOf(fixture('primitives.csv')),
    profile: await outcomeOf(fixture('profile.csv')),
    costModel: await outcomeOf(write('d.txt', costModelText(smallCostModel))),
    session: await outcomeOf(session),
  }).toEqual({
    layout: 'layout',
    gupTest: 'gup-test',
    trace: 'function-graph',
    fio: 'fio',
    fioWithNotes: 'fio',
    registered: 'span-table',
    contended: 'span-table',
    primitives: 'plain-table',
    profile: 'plain-table',
    costModel: 'cost-model',
    session: 'session-file',
  });
});

it('identifies a file by the bytes that were read', async () => {
  const path = write('layout.csv', LAYOUT);

  const result = await readMeasuredFile(path);

  expect(result).toEqual({
    ok: true,
    file: {
      kind: 'measurement',
      fileName: 'layout.csv',
      sha256: createHash('sha256').update(LAYOUT).digest('hex'),
      bytes: LAYOUT.length,
      command: null,
      document: {
        schema: 'folio-lab/layout@1',
        kind: 'layout',
        rows: [
          [512, 1024, 512, 9, 'pmd', 'anon'],
          [1024, 8, 4, 0, 'pte', 'file|readonly'],
        ],
      },
    },
  });
});

it('gives gup_test results the command line they came from', async () => {
  const path = write('gup.txt', 'PIN_FAST_BENCHMARK: Time: get:123 put:45 us\n');

  const result = await readMeasuredFile(path, 'gup_test -a -m 1');

  const { file } = result.ok ? result : { file: null };
  expect(file).toMatchObject({
    command: 'gup_test -a -m 1',
    document: { groups: [{ command: 'gup_test -a -m 1' }] },
  });
});

it('says of each file that cannot be read what it is and where its fault lies', async () => {
  mkdirSync(join(folder, 'folder'));
  const allowed =
    'allowed: a layout CSV, a measurement table, gup_test output, a function_graph trace, fio output (JSON or JSON+), a cost model or a session file';

  expect([
    await outcomeOf(join(folder, 'nothing.csv')),
    await outcomeOf(join(folder, 'folder')),
    await outcomeOf(write('empty', '')),
    await outcomeOf(write('letter.txt', 'Dear reader')),
    await outcomeOf(write('reads.yaml', 'schema: folio-lab/experiment@1\n')),
    await outcomeOf(write('layout.csv', LAYOUT.replace('512,1024', '512,x'))),
    await outcomeOf(write('table.csv', 'layout,mode,bytes,metric\nbase4k,hot,1,pin_span\n')),
    await outcomeOf(
      write('model.json', costModelText(smallCostModel).replace('"kmalloc"', '"kmallok"')),
    ),
  ]).toEqual([
    ['nothing.csv: there is no such file'],
    ['folder: this is a folder, not a file'],
    [`empty: this cannot be imported; ${allowed}`],
    [`letter.txt: this cannot be imported; ${allowed}`],
    [`reads.yaml: this is an experiment, which is run and not imported; ${allowed}`],
    [
      'layout.csv:2: column pfn is "x"; allowed: a whole number from 0 to 2^40 - 1 in decimal digits',
    ],
    [
      'table.csv:1: column p50_ns is missing; a table needs layout, mode, bytes, metric, p50_ns',
      'table.csv:1: nothing below this header was read',
    ],
    [
      expect.stringMatching(/^model\.json:\d+: prices\.kmallok: unknown key; did you mean kmalloc/),
      expect.stringMatching(/^model\.json:\d+: prices\.kmalloc: is missing/),
    ].reverse(),
  ]);
});

it('stores files together, or none of them', async () => {
  const library = openLibrary(join(folder, 'library.db'));
  try {
    const files: StorableFile[] = [];
    for (const path of [write('layout.csv', LAYOUT), write('gup.txt', GUP_TEST)]) {
      const result = await readMeasuredFile(path);
      if (result.ok && result.file.kind === 'measurement') files.push(result.file);
    }
    const target = { session: 'Captured', name: null };

    expect(() => storeFiles(library, files, { session: 'Captured', name: ' ' })).toThrow(/a name/);
    expect([library.sessions(), library.measurements()]).toEqual([[], []]);
    const first = storeFiles(library, files, target);
    const second = storeFiles(library, files, target);

    expect(first.map((stored) => stored.kind === 'measurement' && stored.outcome)).toEqual([
      'added',
      'added',
    ]);
    expect(second.map((stored) => stored.kind === 'measurement' && stored.outcome)).toEqual([
      'known',
      'known',
    ]);
    expect(
      library
        .measurements()
        .map(({ name, summary }) => [name, summary])
        .sort(),
    ).toEqual([
      ['gup', '1 result in 1 group'],
      ['layout', '2.016 MiB in 2 extents'],
    ]);
  } finally {
    library.close();
  }
});

it('answers any bytes with a document that can be stored, or with sentences', async () => {
  const samples = [
    LAYOUT,
    GUP_TEST,
    TRACE,
    readFileSync(fixture('fio-2.json'), 'utf8'),
    readFileSync(fixture('pin-register.csv'), 'utf8'),
    readFileSync(fixture('primitives.csv'), 'utf8'),
  ];
  const mutated = fc
    .tuple(
      fc.constantFrom(...samples),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(9),
      fc.string({ unit: 'binary', maxLength: 6 }),
    )
    .map(([text, share, length, inserted]) => {
      const at = Math.floor(text.length * share);
      return text.slice(0, at) + inserted + text.slice(at + length);
    });
  await fc.assert(
    fc.asyncProperty(fc.oneof(mutated, fc.uint8Array({ maxLength: 200 })), async (content) => {
      const result = await readMeasuredFile(write('any', content));
      if (!result.ok) {
        for (const problem of result.problems) expect(problem).toMatch(/any(:\d+)?: \S/);
      } else if (result.file.kind === 'measurement') {
        const stored: unknown = JSON.parse(JSON.stringify(result.file.document));
        expect(parseMeasurementDocument(stored)).toEqual({ ok: true, document: stored });
      }
    }),
    { numRuns: 250 },
  );
});
