import { createReadStream, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fioDocumentSchema, fioHistogram } from '#contract';
import type { FioDocument } from '#contract';
import { FIO_BYTES_LIMIT, readFio } from './read-fio.ts';

function fixtureUrl(name: string): URL {
  return new URL(`fixtures/${name}`, import.meta.url);
}

async function readFixture(name: string): Promise<FioDocument> {
  const result = await readFio(createReadStream(fixtureUrl(name), { highWaterMark: 1000 }));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  expect(fioDocumentSchema.parse(result.document)).toEqual(result.document);
  return result.document;
}

async function faults(text: string): Promise<readonly string[]> {
  const result = await readFio(text);
  return result.ok ? [] : result.problems.map(({ line, message }) => `${String(line)}: ${message}`);
}

it('reads a job of fio 3 with its options, figures and percentiles', async () => {
  const { version, assumptions, series } = await readFixture('fio-json.json');

  expect({ version, assumptions }).toEqual({ version: 'fio-3.33', assumptions: [] });
  expect(series).toHaveLength(1);
  expect(series.at(0)).toMatchObject({
    job: 'randread',
    direction: 'read',
    engine: 'psync',
    access: 'randread',
    blockSize: '128k',
    queueDepth: null,
    isDirect: true,
    ios: 32,
    bytes: 4_194_304,
    errorNumber: 0,
    submission: null,
  });
  expect(series.at(0)?.completion?.percentiles).toHaveLength(17);
  expect(series.at(0)?.completion?.bins).toEqual([]);
});

it('reads the bins of JSON+, which hold every I/O between the least and the most', async () => {
  const { series } = await readFixture('fio-json-plus.json');

  const [job] = series;
  const completion = job?.completion ?? null;
  if (completion === null) throw new Error('no completion latency');
  const { lowerNs, upperNs, count } = fioHistogram(completion);

  expect(count.reduce((sum, each) => sum + each, 0)).toBe(job?.ios);
  expect(completion.minNs).toBeGreaterThanOrEqual(lowerNs.at(0) ?? Infinity);
  expect(completion.minNs).toBeLessThan(upperNs.at(0) ?? 0);
  expect(completion.maxNs).toBeGreaterThanOrEqual(lowerNs.at(-1) ?? Infinity);
  expect(completion.maxNs).toBeLessThan(upperNs.at(-1) ?? 0);
});

it('reads each job and direction as a series of its own', async () => {
  const two = await readFixture('fio-two-jobs.json');
  const mixed = await readFixture('fio-mixed-group.json');

  expect(
    two.series.map(({ job, direction, engine, ios }) => [job, direction, engine, ios]),
  ).toEqual([
    ['reader', 'read', 'io_uring', 200],
    ['writer', 'write', 'psync', 50],
  ]);
  expect(two.series.at(0)?.submission).not.toBeNull();
  expect(mixed.series.map(({ direction, jobCount }) => [direction, jobCount])).toEqual([
    ['read', '2'],
    ['write', '2'],
  ]);
});

it('reads what fio 2 wrote, in microseconds and KiB, and says so', async () => {
  const { assumptions, series } = await readFixture('fio-2.json');

  expect(series).toHaveLength(1);
  expect(series.at(0)).toMatchObject({ engine: 'libaio', isDirect: true, bytes: 409_600 });
  expect(series.at(0)?.completion).toEqual({
    minNs: 60_000,
    maxNs: 900_000,
    meanNs: 97_250,
    stddevNs: null,
    percentiles: [
      { percent: 50, ns: 95_000 },
      { percent: 99, ns: 205_000 },
    ],
    bins: [],
  });
  expect(assumptions.map(({ text }) => text)).toEqual([
    'Figures that fio gives as nan or inf were left out.',
    'Written by fio before version 3: latencies were taken as microseconds and io_bytes as KiB.',
  ]);
});

it('leaves out the notes before the JSON, and all reports but the last', async () => {
  const text = readFileSync(fixtureUrl('fio-json.json'), 'utf8');
  const noted = await readFixture('fio-noted.json');
  const repeated = await readFio(`${text}${text.replace('"randread"', '"later"')}`);

  expect(noted.assumptions).toEqual([{ line: null, text: 'Text before the JSON was left out.' }]);
  expect(noted.series.at(0)?.total?.bins.length).toBeGreaterThan(0);
  expect(repeated.ok && repeated.document.series.map(({ job }) => job)).toEqual(['later']);
  expect(repeated.ok && repeated.document.assumptions).toEqual([
    { line: null, text: 'The file has 2 reports of one run: the last one was read.' },
  ]);
});

it('names the line of what fio would not write', async () => {
  const text = readFileSync(fixtureUrl('fio-json.json'), 'utf8');

  expect(await faults('job: (g=0): rw=randread')).toEqual([
    'null: no line begins with {; allowed: what fio --output-format=json writes',
  ]);
  expect(await faults(`note\n${text.slice(0, 900)}`)).toEqual([
    expect.stringMatching(/^\d+: not readable as JSON: /),
  ]);
  expect(
    await faults(`note\n${text.replace('"io_bytes" : 4194304', '"io_bytes" : "4M"')}`),
  ).toEqual(['25: jobs[0].read.io_bytes: found "4M"; allowed: a number from 0 to 1e20']);
  expect(await faults('{\n "fio version": "fio-3.33"\n}')).toEqual([
    '1: jobs: is missing; it takes the list of jobs that fio writes',
  ]);
});

it('refuses a file that is too large without reading it to its end', async () => {
  let chunks = 0;
  function* endless(): Generator<Uint8Array> {
    for (;;) {
      chunks += 1;
      yield new Uint8Array(FIO_BYTES_LIMIT / 4);
    }
  }

  const result = await readFio(endless());

  expect(result).toEqual({
    ok: false,
    problems: [{ line: null, message: 'the file is too large; allowed: at most 67108864 bytes' }],
  });
  expect(chunks).toBe(5);
});

it('answers any bytes with a document that its schema allows, or with faults', async () => {
  const valid = readFileSync(fixtureUrl('fio-2.json'), 'utf8');
  const mutated = fc
    .tuple(fc.nat(valid.length), fc.nat(12), fc.string({ unit: 'binary', maxLength: 6 }))
    .map(([at, length, inserted]) => valid.slice(0, at) + inserted + valid.slice(at + length));
  const json = fc.json().map((text) => `{"fio version": "x", "jobs": [${text}]}`);
  const anything = fc.oneof(mutated, json, fc.uint8Array({ maxLength: 200 }), fc.string());
  await fc.assert(
    fc.asyncProperty(anything, async (input) => {
      const result = await readFio(input);
      if (result.ok) expect(fioDocumentSchema.parse(result.document)).toEqual(result.document);
      else expect(result.problems.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});
