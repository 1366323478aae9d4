import {
  array,
  assert,
  constantFrom,
  double,
  integer,
  oneof,
  option,
  property,
  record,
  string,
  uniqueArray,
} from 'fast-check';
import { expect, it } from 'vitest';
import { problemText } from '../problem.ts';
import { experimentFile } from '../testing/simulated-trials.ts';
import { experimentFileText } from './experiment-file-text.ts';
import { parseExperimentFile } from './parse-experiment-file.ts';

const words = string({ minLength: 1, maxLength: 30 });
const pageBytes = integer({ min: 1, max: 4096 }).map((pages) => pages * 4096);
const blockBytes = integer({ min: 1, max: 2048 }).map((blocks) => blocks * 512);
const frames = oneof(
  constantFrom('contiguous', 'scattered'),
  record({ adjacency: double({ min: 0, max: 1, noNaN: true }) }),
);
const flags = constantFrom('', 'anon', 'file|shared', 'readonly');
const shape = oneof(
  record({
    uniform: record({ size: pageBytes, order: integer({ min: 0, max: 8 }), frames, flags }),
  }),
  record({
    mixed: record({
      size: pageBytes,
      frames,
      weights: uniqueArray(
        record({ order: integer({ min: 0, max: 9 }), weight: integer({ min: 1, max: 9 }) }),
        { minLength: 1, maxLength: 4, selector: ({ order }) => order },
      ),
    }),
  }),
  record({
    extents: integer({ min: 1, max: 8 }).map((count) =>
      Array.from({ length: count }, (_, row) => [row * 10, row * 100, 5, 0, 'pte', 'anon']),
    ),
  }),
  record({ file: words }),
);
const device = record({
  parallelism: integer({ min: 1, max: 64 }),
  service: oneof(
    record({
      distribution: constantFrom('constant', 'exponential'),
      mean: integer({ max: 10_000_000, min: 0 }),
    }),
    record({
      distribution: constantFrom('log-normal'),
      mean: double({ min: 0, max: 1e9, noNaN: true }),
      sigma: double({ min: 0, max: 3, noNaN: true }),
    }),
  ),
});
const strategies = uniqueArray(
  oneof(
    record({ id: constantFrom('today', 'per-page'), name: words }),
    record({
      id: constantFrom('folio-batch'),
      name: words,
      parameters: record({ entries: integer({ min: 1, max: 65_536 }) }),
      policies: option(record({ header: constantFrom(0, 8) }), { nil: {} }),
    }),
  ),
  { minLength: 1, maxLength: 4, selector: ({ name }) => name },
);
const sweep = record(
  {
    tracer: array(constantFrom('off', 'function-graph'), { minLength: 1, maxLength: 2 }),
    'workload.device': array(device, { minLength: 1, maxLength: 2 }),
    'workload.threads': array(integer({ min: 1, max: 1024 }), { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: [] },
);
const expectation = record({
  text: words,
  metric: constantFrom('total.p99', 'walk+grab.mean', 'iops'),
  of: record(
    { blockSize: oneof(blockBytes, array(blockBytes, { minLength: 1, maxLength: 3 })) },
    { requiredKeys: [] },
  ),
  relation: constantFrom('within'),
  value: integer({ min: 0, max: 1_000_000_000 }),
  tolerance: double({ min: 0, max: 1, noNaN: true }),
});
/** Experiments as JSON, which is YAML too. */
const experiment = record({
  schema: constantFrom('folio-lab/experiment@1'),
  name: constantFrom('a', 'b-1', 'C.d_e'),
  title: words,
  question: words,
  seed: integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  replicates: integer({ min: 1, max: 3 }),
  layouts: uniqueArray(record({ name: words, shape }), {
    minLength: 1,
    maxLength: 3,
    selector: ({ name }) => name,
  }).map((layouts) => layouts.map(({ name, shape: form }) => ({ name, ...form }))),
  workload: record({
    operation: constantFrom('read', 'write'),
    blockSize: blockBytes,
    device: option(device),
    count: integer({ min: 1, max: 1_000_000 }),
  }),
  strategies,
  sweep,
  expect: array(expectation, { maxLength: 3 }),
});

it('an experiment written and read again is the same, to the order of its sweep', () => {
  assert(
    property(experiment, (document) => {
      const first = parseExperimentFile(JSON.stringify(document), 'first.yaml');
      if (!first.ok) throw new Error(first.problems.map(problemText).join('\n'));

      const second = parseExperimentFile(experimentFileText(first.file), 'second.yaml');

      expect(second).toEqual(first);
      if (second.ok) expect(Object.keys(second.file.sweep)).toEqual(Object.keys(first.file.sweep));
    }),
  );
});

it('writes sizes and times with units, and rows of figures on one line', () => {
  const text = experimentFileText(experimentFile());

  expect(text).toContain('    uniform:\n      size: 4MiB\n');
  expect(text).toContain('  workload.blockSize: [4KiB, 128KiB]\n');
  expect(text).toContain('      blockSize: 128KiB\n');
});
