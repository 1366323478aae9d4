import { assert, integer, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemText } from '../problem.ts';
import { EXPERIMENT_TEXT } from '../testing/experiment-text.ts';
import { experimentFile } from '../testing/simulated-trials.ts';
import { parseExperimentFile } from './parse-experiment-file.ts';

/** The problems of a text, as a user sees them. */
function problemsOf(text: string): string[] {
  const result = parseExperimentFile(text, 'x.yaml');
  return result.ok ? [] : result.problems.map(problemText);
}

/** The problems of the small experiment after a change. */
function problemsAfter(change: readonly (readonly [string, string])[]): string[] {
  return problemsOf(
    change.reduce((text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`${from} is not in the experiment`);
      return text.replace(from, to);
    }, EXPERIMENT_TEXT),
  );
}

describe('a good file', () => {
  it('is read with sizes in bytes and defaults filled in', () => {
    const file = experimentFile();

    expect(file.workload).toEqual({
      api: 'direct-io',
      operation: 'write',
      path: 'async',
      blockSize: 131_072,
      offset: 0,
      logicalBlockSize: 512,
      access: 'random',
      count: 200,
      warmUp: 0,
      threads: 1,
      queueDepth: 1,
      device: null,
      pagesPerCall: 512,
    });
    expect(file.expect).toEqual([
      {
        text: 'folios take fewer locked operations',
        metric: 'events.lock_op',
        of: { strategy: ['batch'], layout: ['large'], blockSize: [131_072] },
        statistic: 'median',
        relation: 'less',
        than: { strategy: ['pages'] },
        factor: 0.5,
      },
    ]);
  });

  it('keeps the axes of its sweep in the order of the file', () => {
    const swapped = EXPERIMENT_TEXT.replace(/( {2}workload.blockSize.*\n)( {2}tracer.*\n)/, '$2$1');

    expect(Object.keys(experimentFile().sweep)).toEqual(['workload.blockSize', 'tracer']);
    expect(Object.keys(experimentFile(swapped).sweep)).toEqual(['tracer', 'workload.blockSize']);
  });

  it('reads the value of an expectation in the unit of its metric', () => {
    const withValue = (metric: string, value: string): number | undefined => {
      const text = EXPERIMENT_TEXT.replace('metric: events.lock_op', `metric: ${metric}`).replace(
        '    than: {strategy: pages}\n    factor: 0.5\n',
        `    value: ${value}\n`,
      );
      return experimentFile(text).expect[0]?.value;
    };

    expect([
      withValue('total.mean', '28.382us'),
      withValue('figures.heapBytesPerIo', '1KiB'),
      withValue('events.kmalloc', '3'),
    ]).toEqual([28_382, 1024, 3]);
  });
});

describe('a mistake', () => {
  it('in a key is told with its line and the nearest known key', () => {
    expect(problemsAfter([['  blockSize: 128KiB', '  blocksize: 128KiB']])).toEqual([
      'x.yaml:13: workload.blockSize: is missing; it takes a size such as 512, 4KiB, 128k, 2M or 1GiB (1024 each step), from 512 to 64GiB, a multiple of 512',
      expect.stringMatching(
        /^x\.yaml:15: workload\.blocksize: unknown key; did you mean blockSize\? allowed: api, /,
      ),
    ]);
  });

  it('in a unit names the unit and what is allowed', () => {
    expect(problemsAfter([['size: 4MiB, order: 0', 'size: 4MB, order: 0']])).toEqual([
      'x.yaml:12: layouts[1].uniform.size: unknown unit "MB" in "4MB"; allowed: a size such as 512, 4KiB, 128k, 2M or 1GiB (1024 each step)',
    ]);
  });

  it('in a value out of range names the range', () => {
    expect(
      problemsAfter([
        ['order: 5', 'order: 19'],
        ['replicates: 3', 'replicates: 0'],
      ]),
    ).toEqual([
      'x.yaml:7: replicates: found 0; allowed: a whole number from 1 to 10000',
      'x.yaml:10: layouts[0].uniform.order: found 19; allowed: a whole number from 0 to 18',
    ]);
  });

  it('in a strategy, its parameter or its policy is told by the core', () => {
    const problems = problemsAfter([
      ['{id: per-page, name: pages}', '{id: per-pages, name: pages}'],
      ['{entries: 15}', '{entries: 0, from: range}, policies: {ad: none}'],
    ]);

    expect(problems).toEqual([
      expect.stringMatching(
        /^x\.yaml:19: strategies\[0\]\.id: there is no strategy per-pages; allowed: .*; did you mean per-page\?$/,
      ),
      'x.yaml:20: strategies[1].parameters.entries: parameter entries of folio-batch is 0; allowed: a whole number from 1 to 65536',
      'x.yaml:20: strategies[1].parameters.from: strategy folio-batch has no parameter from; it takes entries, form, callers, prototypeHoles',
      expect.stringMatching(
        /^x\.yaml:20: strategies\[1\]\.policies\.ad: there is no policy ad; allowed: era, /,
      ),
    ]);
  });

  it('in a composition is told for the APIs that the experiment uses', () => {
    const impossible = ['{entries: 15}', '{entries: 15}, policies: {add: merge-per-page}'] as const;
    const gupTest = ['  operation: write', '  api: gup-test\n  operation: write'] as const;

    expect(problemsAfter([impossible])).toEqual([
      'x.yaml:20: strategies[1].policies: folio-batch: this add policy reads page-pointers; a result of ranges needs add=ranges or none, or callers=shim (api direct-io)',
    ]);
    expect(problemsAfter([impossible, gupTest])).toEqual([]);
  });

  it('in a layout is told at the key that is wrong', () => {
    expect(
      problemsAfter([
        [
          'uniform: {size: 4MiB, order: 5}',
          'uniform: {size: 4MiB, order: 9, leaf: pmd, misalignment: 4KiB}',
        ],
        [
          'uniform: {size: 4MiB, order: 0}',
          "extents: [[0, 4096, 16, 4, pte, ''], [8, 0, 1, 0, pte, odd]]",
        ],
      ]),
    ).toEqual([
      'x.yaml:10: layouts[0].uniform.misalignment: misalignmentPages 1 with leaf pmd; such an entry maps an aligned block, so only a multiple of 512 pages is possible',
      expect.stringMatching(
        /^x\.yaml:12: layouts\[1\]\.extents\[1\]\[5\]: unknown flag "odd"; allowed: /,
      ),
    ]);
  });

  it('in the rows of a layout is told at the row', () => {
    const rows = "extents: [[0, 4096, 16, 4, pte, ''], [8, 0, 1, 0, pte, '']]";

    expect(problemsAfter([['uniform: {size: 4MiB, order: 0}', rows]])).toEqual([
      'x.yaml:12: layouts[1].extents[1]: va_page 8 overlaps the row before it, which ends before 16',
    ]);
  });

  it('in the form of a layout names the forms there are', () => {
    const problems = problemsAfter([
      ['uniform: {size: 4MiB, order: 5}', 'uniform: {size: 4MiB}\n    file: x.csv'],
    ]);

    expect(problems).toEqual([
      'x.yaml:9: layouts[0]: found uniform and file; a layout takes exactly one of uniform, mixed, buddy, extents, file',
    ]);
  });

  it('between figures of a workload is told where the figure stands', () => {
    expect(problemsAfter([['  count: 200', '  offset: 64KiB\n  count: 200']])).toEqual([
      'x.yaml:16: workload.offset: 65536 bytes is not below the block size 4096',
    ]);
    expect(
      problemsAfter([['  tracer: [off', '  workload.queueDepth: [1, 4]\n  tracer: [off']]),
    ).toEqual([
      'x.yaml:24: sweep.workload.queueDepth: 4 I/Os in flight need a device; without one each completes at once',
    ]);
  });

  it('in a device asks for sigma exactly where it means something', () => {
    const device = (service: string): string[] =>
      problemsAfter([['  count: 200', `  device: {service: {${service}}}\n  count: 200`]]);

    expect(device('distribution: log-normal, mean: 10us')).toEqual([
      'x.yaml:16: workload.device.service.sigma: is missing; distribution log-normal takes a number from 0 to 3',
    ]);
    expect(device('distribution: constant, mean: 10us, sigma: 1')).toEqual([
      'x.yaml:16: workload.device.service.sigma: distribution constant takes no sigma; allowed: only with log-normal',
    ]);
    expect(device('distribution: log-normal, mean: 10us, sigma: 1')).toEqual([]);
  });

  it('in an expectation is told for each of its keys', () => {
    const problems = problemsAfter([
      ['metric: events.lock_op', 'metric: events.lockop'],
      ['strategy: batch,', 'strategy: bach,'],
      ['    factor: 0.5\n', '    factor: 0.5\n    tolerance: 1%\n    value: 3\n'],
    ]);

    expect(problems).toEqual([
      expect.stringMatching(
        /^x\.yaml:27: expect\[0\]\.metric: unknown event "lockop"; did you mean lock_op\? allowed: /,
      ),
      'x.yaml:28: expect[0].of.strategy: this experiment has no strategy "bach"; did you mean batch? allowed: pages, batch',
      'x.yaml:30: expect[0].than: found beside value; a comparison takes either value or than',
      'x.yaml:32: expect[0].tolerance: found with relation less; only within takes a tolerance',
    ]);
  });

  it('in a selection with several values is told for the wrong one', () => {
    expect(problemsAfter([['blockSize: 128KiB}', 'blockSize: [4KiB, 128 sheep]}']])).toEqual([
      'x.yaml:28: expect[0].of.blockSize: unknown unit "sheep" in "128 sheep"; allowed: a size such as 512, 4KiB, 128k, 2M or 1GiB (1024 each step)',
    ]);
  });

  it('of a name that stands twice is told at the second', () => {
    expect(problemsAfter([['name: small\n    uniform', 'name: large\n    uniform']])).toEqual([
      'x.yaml:11: layouts[1].name: the name "large" is taken by layouts[0]; each needs a name of its own',
    ]);
    expect(
      problemsAfter([
        ['name: batch,', 'name: pages,'],
        ['strategy: batch,', ''],
      ]),
    ).toEqual([
      'x.yaml:20: strategies[1].name: the name "pages" is taken by strategies[0]; each needs a name of its own',
    ]);
  });

  it('of too many trials counts them', () => {
    expect(problemsAfter([['replicates: 3', 'replicates: 10000']])).toEqual([
      'x.yaml:22: sweep: found 160000 trials (layouts × strategies × sweep × replicates); allowed: at most 100000',
    ]);
  });

  it('in the version of the format names the version', () => {
    expect(problemsAfter([['experiment@1', 'experiment@2']])).toEqual([
      'x.yaml:1: schema: found "folio-lab/experiment@2"; allowed: folio-lab/experiment@1',
    ]);
  });

  it('hides no other: all are told, in the order of their lines', () => {
    const problems = problemsAfter([
      ['seed: 42', 'seed: -1'],
      ['operation: write', 'operation: wright'],
      ['tracer: [off,', 'tracer: [of,'],
      ['relation: less', 'relation: lesser'],
    ]);

    expect(problems.map((problem) => problem.split(': ').slice(0, 2).join(' '))).toEqual([
      'x.yaml:6 seed',
      'x.yaml:14 workload.operation',
      'x.yaml:24 sweep.tracer[0]',
      'x.yaml:29 expect[0].relation',
    ]);
  });
});

describe('a text that is no experiment', () => {
  it('says so in one sentence', () => {
    expect(problemsOf('')).toEqual([
      expect.stringMatching(
        /^x\.yaml: found an empty value; allowed: a map with the keys schema, /,
      ),
    ]);
    expect(problemsOf('- 1\n- 2')).toEqual([
      expect.stringMatching(/^x\.yaml:1: found a list of 2; allowed: a map with the keys schema, /),
    ]);
    expect(problemsOf('name: "half')).toEqual([
      'x.yaml:1: not readable as YAML: Missing closing "quote',
    ]);
    expect(problemsOf(`${EXPERIMENT_TEXT}---\na: 1\n`)).toEqual([
      'x.yaml:32: found a second document; a file has one',
    ]);
    expect(problemsOf('['.repeat(100_000))).toEqual([
      'x.yaml:1: not readable as YAML: it is nested too deeply',
    ]);
  });

  it('with a key that stands twice names the key and goes on reading', () => {
    expect(problemsOf(EXPERIMENT_TEXT.replace('seed: 42', 'seed: 42\nseed: 43'))).toEqual([
      'x.yaml:7: the key seed stands twice in one map; each key may stand once',
    ]);
  });

  it('with aliases, tags or keys that are no words is refused there', () => {
    expect(problemsOf('a: &x 1\nb: *x\nc: !!set {d}\n? [e]\n: f')).toEqual([
      'x.yaml:2: found the alias *x; write the value out instead',
      'x.yaml:3: found the tag tag:yaml.org,2002:set; only plain maps, lists and scalars are read',
      'x.yaml:4: found a key that is no plain text; keys are words',
    ]);
  });

  it('never crashes the reader: every answer is a document or sentences of one line', () => {
    const isAnswer = (text: string): void => {
      const result = parseExperimentFile(text, 'x.yaml');
      if (result.ok) return;
      expect(result.problems.length).toBeGreaterThan(0);
      for (const problem of result.problems)
        expect(problemText(problem)).toMatch(/^x\.yaml[^\n]+$/);
    };
    assert(property(string(), isAnswer));
    assert(property(string({ unit: 'binary' }), isAnswer));
    const damage = tuple(
      integer({ min: 0, max: EXPERIMENT_TEXT.length }),
      integer({ min: 0, max: 40 }),
      string({ maxLength: 8 }),
    );
    assert(
      property(damage, ([at, length, insert]) => {
        isAnswer(EXPERIMENT_TEXT.slice(0, at) + insert + EXPERIMENT_TEXT.slice(at + length));
      }),
    );
  });
});
