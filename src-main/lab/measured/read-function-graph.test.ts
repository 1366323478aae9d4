import { createReadStream, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { callTraceDocumentSchema, TRACING_INFLATES } from '#contract';
import type { CallTraceDocument, CallTracePart, CallTracePath } from '#contract';
import { readFunctionGraph } from './read-function-graph.ts';

const FIXTURES = [
  'function-graph-two-cpus.txt',
  'function-graph-all-columns.txt',
  'function-graph-lost-events.txt',
  'trace-cmd-report.txt',
];

function fixture(name: string): AsyncIterable<Uint8Array> {
  return createReadStream(new URL(`fixtures/${name}`, import.meta.url), { highWaterMark: 50 });
}

async function documentOf(
  chunks: Parameters<typeof readFunctionGraph>[0],
): Promise<CallTraceDocument> {
  const outcome = await readFunctionGraph(chunks);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return callTraceDocumentSchema.parse(outcome.document);
}

async function partOf(chunks: Parameters<typeof readFunctionGraph>[0]): Promise<CallTracePart> {
  const [part] = (await documentOf(chunks)).parts;
  if (part === undefined) throw new Error('a trace has a part');
  return part;
}

async function faults(text: string): Promise<readonly string[]> {
  const outcome = await readFunctionGraph(text);
  return outcome.ok
    ? []
    : outcome.problems.map(({ line, message }) => `${String(line)}: ${message}`);
}

/** A tree as text: name, calls, total and own time, and cut-off calls where there are some. */
function drawn(paths: readonly CallTracePath[], depth = 0): readonly string[] {
  return paths.flatMap(({ name, module, calls, totalNs, selfNs, cutOffCalls, children }) => [
    `${'  '.repeat(depth)}${name}${module === null ? '' : ` [${module}]`} ${calls} ${totalNs} ${selfNs}` +
      (cutOffCalls === 0 ? '' : ` cut off ${cutOffCalls}`),
    ...drawn(children, depth + 1),
  ]);
}

it('takes CPUs apart that are mixed line by line, and tasks that take turns on one', async () => {
  const part = await partOf(fixture('function-graph-two-cpus.txt'));

  expect(drawn(part.roots)).toEqual([
    'bio_iov_iter_get_pages 2 18102 942',
    '  pin_user_pages_fast 2 16721 641',
    '    gup_fast_fallback 2 16080 1638',
    '      try_grab_folio_fast 4 1206 1206',
    '      gup_fast_folio_allowed 4 396 396',
    '      sysvec_apic_timer_interrupt 1 12840 11590',
    '        hrtimer_interrupt 1 1250 1250',
    '  __bio_add_page 2 226 226',
    '  bvec_try_merge_page 2 213 213',
    'blkdev_write_iter [blk_mod] 1 1236000 1433',
    '  schedule 1 1234567 1234567',
    'process_one_work 1 900 450',
    '  mod_node_page_state 1 450 450',
  ]);
  expect(part).toMatchObject({ cpus: [0, 1], tasks: 2, calls: 24, cutOffCalls: 0, interrupts: 1 });
  expect(part.roots[0]?.children[0]?.children[0]?.children[0]).toMatchObject({
    name: 'try_grab_folio_fast',
    minNs: 295,
    maxNs: 312,
  });
});

it('reads every column and comment that options of the tracer add', async () => {
  const part = await partOf(fixture('function-graph-all-columns.txt'));

  expect(drawn(part.roots)).toEqual([
    'bio_iov_iter_get_pages 1 3100 1102',
    '  pin_user_pages_fast 1 1900 330',
    '    is_valid_gup_args 1 120 120',
    '    gup_fast_fallback 1 1450 748',
    '      try_grab_folio_fast 1 350 350',
    '      try_grab_folio_fast.isra.0 1 352 352',
    '  ext4_dio_write_end_io [ext4] 1 98 98',
    'blk_finish_plug 1 210 210',
  ]);
  expect(part).toMatchObject({ cpus: [3, 11], tasks: 2, overruns: 5 });
});

it('counts cut-off calls apart, where the text begins or ends in a call and where events were lost', async () => {
  const document = await documentOf(fixture('function-graph-lost-events.txt'));
  const [part] = document.parts;

  // The calls before the first end belong below their callers, whose beginnings are missing.
  expect(drawn(part?.roots ?? [])).toEqual([
    '(entered before) 0 0 0 cut off 2',
    '  pin_user_pages_fast 0 0 0 cut off 1',
    '    (entered before) 0 0 0 cut off 1',
    '      try_grab_folio_fast 1 310 310',
    '      gup_fast_folio_allowed 1 100 100',
    '  __bio_add_page 2 238 238',
    '  bvec_try_merge_page 1 108 108',
    'bio_iov_iter_get_pages 1 400 270 cut off 2',
    '  pin_user_pages_fast 0 0 0 cut off 2',
    '    try_grab_folio_fast 1 305 305',
    '  iov_iter_advance 1 130 130',
  ]);
  expect(part).toMatchObject({ calls: 8, cutOffCalls: 8, lostMarks: 1, lostEvents: 42 });
  expect(document.warnings.map(({ text }) => text)).toEqual([
    TRACING_INFLATES,
    '8 calls are cut off: only the beginning or the end is in the trace. No other figure has them.',
    'One place of the trace lost events (42 together): counts are too low.',
  ]);
});

it('reads what trace-cmd reports, events of other kinds left out', async () => {
  const document = await documentOf(fixture('trace-cmd-report.txt'));

  expect(document.format).toBe('trace-cmd');
  expect(drawn(document.parts[0]?.roots ?? [])).toEqual([
    'bio_iov_iter_get_pages 1 12010 10810',
    '  pin_user_pages_fast 1 1200 860',
    '    try_grab_folio_fast 1 340 340',
    'blk_finish_plug 1 2100 2100',
  ]);
  expect(document.parts[0]).toMatchObject({ lostMarks: 1, lostEvents: 7, cutOffCalls: 0 });
});

it('adds up a function by all its paths, its own calls within counted once in its total', async () => {
  const part = await partOf(
    [
      ' 0)               |  outer() {',
      ' 0)               |    outer() {',
      ' 0)   1.000 us    |      leaf();',
      ' 0)   3.000 us    |    }',
      ' 0)   5.000 us    |  }',
      ' 0)   0.500 us    |  leaf();',
    ].join('\n'),
  );

  expect(
    part.functions.map(({ name, calls, totalNs, selfNs }) => [name, calls, totalNs, selfNs]),
  ).toEqual([
    ['outer', 2, 5000, 4000],
    ['leaf', 2, 1500, 1500],
  ]);
});

it('leaves out what stands before the trace and a last line that was not finished', async () => {
  const document = await documentOf(
    '# cat trace\nroot@vm:/sys/kernel/tracing\n 0)   0.110 us    |  one();\n 0)   0.1',
  );

  expect(document.parts[0]).toMatchObject({ calls: 1, firstLine: 3 });
  expect(document.assumptions.map(({ line }) => line)).toEqual([4, 2]);
});

it.each([
  ['nothing', '', /^1: no whole call of a function was found; allowed: the text of ftrace/],
  ['another tracer', '# tracer: nop\n', /^1: no whole call/],
  ['prose', 'hello\nworld\n', /^1: found "hello"; allowed: lines of function_graph/],
  ['nothing but an open call', ' 0)               |  open() {\n', /^1: no whole call/],
  [
    'a bad number',
    ` 0)   0.110 us    |  one();\n 0)   0.1x0 us   |  two();\n`,
    /^2: found ".*0\.1x0 us/,
  ],
  [
    'a call without a time',
    ' 0)   0.110 us    |  one();\n 0)               |  two();\n',
    /^2: the call of "two" has no duration/,
  ],
  [
    'an end without a time',
    ' 0)   0.110 us    |  one();\n 0)               |  }\n',
    /^2: a call ends here without a duration/,
  ],
  [
    'a bottomless pit',
    ' 0)               |  down() {\n'.repeat(300),
    /^257: calls are nested more than 256 deep/,
  ],
  [
    'an endless comment',
    ` 0)   0.110 us    |  one();\n 0)               |  /* never\n${'more\n'.repeat(20)}`,
    /^2: a comment begins here that does not end/,
  ],
  ['a line of nothing but spaces', `${' '.repeat(65_000)}x`, /^1: found "x?\s*.*"; allowed/],
  ['an endless line', 'x'.repeat(70_000), /^1: the line is longer than 65536 characters/],
])('refuses %s and names the line', async (_name, text, fault) => {
  expect((await faults(text)).join('\n')).toMatch(fault);
});

it('refuses a trace of too many functions, instead of filling memory', async () => {
  const lines = Array.from(
    { length: 50_010 },
    (_none, index) => ` 0)   0.1 us    |  f${index}();\n`,
  );

  expect(await faults(lines.join(''))).toEqual([
    '50001: there are more than 50000 different paths of calls; allowed: fewer, such as those below one function (set_graph_function)',
  ]);
});

it('holds no more than its result while it reads, however long the trace', async () => {
  const calls =
    ' 0)               |  outer() {\n 0)   0.100 us    |    inner();\n 0)   0.300 us    |  }\n';
  function* chunks(): Generator<string> {
    for (let round = 0; round < 200; round += 1) yield calls.repeat(500);
  }
  const part = await partOf(chunks());

  expect(drawn(part.roots)).toEqual([
    'outer 100000 30000000 20000000',
    '  inner 100000 10000000 10000000',
  ]);
});

it('survives any text: a document, or a fault that names a line', async () => {
  const valid = FIXTURES.map((name) =>
    readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8'),
  );
  const mutated = fc
    .tuple(fc.constantFrom(...valid), fc.nat(3000), fc.nat(60), fc.string({ unit: 'binary' }))
    .map(([text, at, length, put]) => text.slice(0, at) + put + text.slice(at + length));
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(fc.string({ unit: fc.constantFrom(...Array.from(' 0)|(){};}us.+-=>\n*/[]ab1')) })),
    mutated,
  );
  await fc.assert(
    fc.asyncProperty(anything, async (chunks) => {
      const outcome = await readFunctionGraph(chunks);
      if (outcome.ok) callTraceDocumentSchema.parse(outcome.document);
      else {
        expect(outcome.problems.length).toBeGreaterThan(0);
        expect(outcome.problems.every(({ line }) => line !== null && line > 0)).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
});
