import { createReadStream, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gupTestDocumentSchema, summariseGupTest } from '#contract';
import type { GupTestDocument } from '#contract';
import { readGupTestCommand } from './gup-test-command.ts';
import { LINE_CHARACTERS_LIMIT } from './line-batches.ts';
import { readGupTest } from './read-gup-test.ts';

function fixture(name: string): AsyncIterable<Uint8Array> {
  return createReadStream(new URL(`fixtures/${name}`, import.meta.url), { highWaterMark: 7 });
}

async function documentOf(
  chunks: Parameters<typeof readGupTest>[0],
  command: string | null = null,
): Promise<GupTestDocument> {
  const outcome = await readGupTest(chunks, command);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return gupTestDocumentSchema.parse(outcome.document);
}

/** The faults of a text as lines; empty when it was read. */
async function faults(text: string, command: string | null = null): Promise<readonly string[]> {
  const outcome = await readGupTest(text, command);
  return outcome.ok
    ? []
    : outcome.problems.map(({ line, message }) => `${String(line)}: ${message}`);
}

it('reads what the test of Linux 6.12 prints in its harness, a group for each command', async () => {
  const { groups, warnings } = await documentOf(fixture('gup-test-6.12.txt'));

  expect(groups[0]).toEqual({
    command: 'gup_test -m 16384 -n 512 -a -r 3 -T',
    commandLine: 1,
    settings: {
      program: 'gup_test',
      test: 'PIN_FAST_BENCHMARK',
      bytes: 17_179_869_184,
      pagesPerCall: 512,
      repeats: 3,
      threads: 1,
      hugePages: 'declined',
      isHugetlb: false,
      isShared: false,
      isWrite: true,
      isTouchedByGup: false,
      gupFlags: 0,
      file: '/dev/zero',
    },
    results: [
      [4, 131_207, 60_412, 17_179_869_184, false],
      [5, 129_984, 60_377, 17_179_869_184, false],
      [6, 130_110, 60_390, 8_589_934_592, true],
    ].map(([line, getMicroseconds, putMicroseconds, bytes, isTruncated]) => ({
      line,
      test: 'PIN_FAST_BENCHMARK',
      getMicroseconds,
      putMicroseconds,
      bytes,
      isTruncated,
    })),
    untimed: [],
  });
  expect(groups[1]?.settings).toMatchObject({ isHugetlb: true, isWrite: false, pagesPerCall: 1 });
  expect(groups[1]?.results).toHaveLength(1);
  expect(warnings).toEqual([]);
});

it('reads threads, joined options and tests without times behind a prompt', async () => {
  const { groups, warnings } = await documentOf(fixture('gup-test-5.15-threads.txt'));

  expect(groups.map(({ command }) => command)).toEqual([
    'gup_test -L -m256 -n -1 -j 2 -r 2 -tS -f /mnt/huge/file',
    'gup_test -ct -F 0x1 0 19 0x1000',
  ]);
  expect(groups[0]?.settings).toMatchObject({
    test: 'PIN_LONGTERM_BENCHMARK',
    bytes: 268_435_456,
    pagesPerCall: null,
    threads: 2,
    repeats: 2,
    hugePages: 'asked-for',
    isShared: true,
    file: '/mnt/huge/file',
  });
  expect(groups[0]?.results).toHaveLength(4);
  expect(groups[1]?.untimed).toEqual([{ line: 7, test: 'DUMP_USER_PAGES_TEST' }]);
  expect(warnings).toEqual([]);
});

it('takes the test of the old program from its command line, as that prints no names', async () => {
  const { groups } = await documentOf(fixture('gup-benchmark-5.4.txt'));

  expect(groups[0]?.settings).toMatchObject({ test: 'GUP_BENCHMARK', file: '/dev/dax0.2' });
  expect(groups[0]?.results.map(({ test }) => test)).toEqual(['GUP_BENCHMARK', 'GUP_BENCHMARK']);
});

it('gives medians and nanoseconds a page where the size is known', async () => {
  const text = [1000, 3000, 2000]
    .map((get) => `GUP_FAST_BENCHMARK: Time: get:${get} put:500 us\n`)
    .join('');
  const known = await documentOf(text, './gup_test -m 4 -r 3');
  const unknown = await documentOf(text);

  // 4 MiB are 1024 pages, so 2000 us are 1953.125 ns a page.
  expect(known.groups.map(summariseGupTest)).toEqual([
    [
      {
        test: 'GUP_FAST_BENCHMARK',
        results: 3,
        getMicroseconds: 2000,
        putMicroseconds: 500,
        getNsPerPage: 1953.125,
        putNsPerPage: 488.28125,
      },
    ],
  ]);
  expect(unknown.groups.flatMap(summariseGupTest)[0]?.getNsPerPage).toBeNull();
  expect(unknown.assumptions).toEqual([
    {
      line: 1,
      text: 'No command line says how much memory was taken; there are no times per page.',
    },
  ]);
});

it('says where results and command line disagree', async () => {
  const text = '$ ./gup_test -m 4 -x -r 2 7\nGUP_FAST_BENCHMARK: Time: get:1 put:1 us\nwhat?\n';
  const { warnings } = await documentOf(text, null);

  expect(warnings.map(({ line, text: said }) => `${String(line)}: ${said}`)).toEqual([
    '1: In the command line, -x is not an option of gup_test; it is left out.',
    '1: In the command line, "7" is no option; it is left out.',
    '3: Not read: "what?".',
    '1: The command line makes 2 results, 1 is there.',
  ]);
});

it('counts one result in the singular', async () => {
  const result = 'GUP_FAST_BENCHMARK: Time: get:1 put:1 us\n';
  const { warnings } = await documentOf(`$ ./gup_test -m 4 -r 1\n${result}${result}`, null);

  expect(warnings.map(({ text }) => text)).toEqual([
    'The command line makes 1 result, 2 are there.',
  ]);
});

it.each([
  ['nothing', '', /^1: no result of gup_test was found/],
  ['prose', '\n\nhello\n', /^3: no result/],
  [
    'a bad number',
    'PIN_FAST_BENCHMARK: Time: get:12x put:5 us\n',
    /^1: found "PIN_FAST.*"; allowed: lines such as/,
  ],
  ['a negative time', 'Time: get:-1 put:5 us', /^1: found/],
  [
    'an unknown test',
    'NOPE: Time: get:1 put:5 us',
    /^1: found the test "NOPE"; allowed: GUP_FAST_BENCHMARK, /,
  ],
  [
    'an endless line',
    `a\n${'x'.repeat(LINE_CHARACTERS_LIMIT + 1)}`,
    /^2: the line is longer than 65536 characters/,
  ],
])('refuses %s and names the line', async (_name, text, fault) => {
  expect((await faults(text)).join('\n')).toMatch(fault);
});

it('refuses a given command that is none', async () => {
  const found = await faults('Time: get:1 put:1 us\n', 'fio --direct=1');

  expect(found[0]).toBe(
    'null: found the command "fio --direct=1"; allowed: gup_test or gup_benchmark',
  );
});

it('keeps nothing of a file with a fault, and lists no more than twenty', async () => {
  const found = await faults('Time: get:1 put:1 us\n' + 'Time: get: put: us\n'.repeat(50));

  expect(found).toHaveLength(21);
  expect(found.at(-1)).toContain('what follows was not read');
});

it('reads the last of several options that contradict each other, as getopt() does', () => {
  const { settings } = readGupTestCommand('gup_test', '-a -u -L -U -w -W -tT -m 1 -m2 -n4 -n 8');

  expect(settings).toMatchObject({
    test: 'GUP_BASIC_TEST',
    isWrite: false,
    hugePages: 'declined',
    bytes: 2_097_152,
    pagesPerCall: 8,
  });
});

it('survives any text: a document, or a fault that names a line', async () => {
  const valid = readFileSync(new URL('fixtures/gup-test-6.12.txt', import.meta.url), 'utf8');
  const mutated = fc
    .tuple(fc.nat(valid.length), fc.nat(40), fc.string({ unit: 'binary' }))
    .map(([at, length, text]) => valid.slice(0, at) + text + valid.slice(at + length));
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.uint8Array({ maxLength: 200 }),
    mutated,
  );
  await fc.assert(
    fc.asyncProperty(anything, fc.option(fc.string()), async (chunks, command) => {
      const outcome = await readGupTest(chunks, command);
      if (outcome.ok) gupTestDocumentSchema.parse(outcome.document);
      else {
        expect(outcome.problems.length).toBeGreaterThan(0);
        for (const { line, message } of outcome.problems) {
          expect(message).toContain('; allowed');
          expect(line === null ? command !== null : line > 0).toBe(true);
        }
      }
    }),
    { numRuns: 300 },
  );
});
