import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bootstrapDifference, eventTotals, medianOf, seedStream } from '#core';
import { openLibrary } from '../index.ts';
import type { Comparison, ComparisonOptions, Library } from '../index.ts';
import { smallCostModel, smallLayout, smallTrials } from '../testing/small-plan.ts';
import type { SmallPlan } from '../testing/small-plan.ts';
import { storeSmallRun } from '../testing/store-small-run.ts';
import { compareRuns } from './compare-runs.ts';
import { comparisonCsv } from './comparison-csv.ts';
import { comparisonDocument } from './comparison-document.ts';
import { comparisonMarkdown } from './comparison-markdown.ts';

let library: Library;

beforeEach(() => {
  library = openLibrary(':memory:');
});
afterEach(() => {
  library.close();
});

const layouts = { pages: smallLayout({}), folios: smallLayout({ order: 4 }) };

function store(plan: SmallPlan, seed = plan.seed ?? 1): string {
  return storeSmallRun(library, smallTrials({ layouts, ...plan }), { seed }).id;
}

async function compare(
  ids: readonly string[],
  options: ComparisonOptions = {},
): Promise<Comparison> {
  const result = await compareRuns(library, ids, options);
  if (!result.ok) throw new Error(result.message);
  return result.comparison;
}

function figuresOf(runId: string, layout: string, strategy: string, event: 'lock_op'): number[] {
  return [...library.trials(runId)].flatMap(({ parameters, result }) =>
    result.status === 'done' &&
    parameters.layoutName === layout &&
    parameters.strategy.id === strategy
      ? [eventTotals(result.ledger)[event] / result.samples]
      : [],
  );
}

it('compares the strategies of one run with the first of them', async () => {
  const run = store({ replicates: 3 });

  const { kind, subjects, baseline, parameters, rows, differences } = await compare([run], {
    metrics: ['events.lock_op'],
  });

  expect({ kind, baseline, parameters, differences }).toEqual({
    kind: 'strategies',
    baseline: 0,
    parameters: ['layout'],
    differences: [],
  });
  expect(subjects.map(({ id }) => id)).toEqual(['per-page kernel=v6.11', 'folio-vec visit=each']);
  const before = medianOf(figuresOf(run, 'folios', 'per-page', 'lock_op'));
  const after = medianOf(figuresOf(run, 'folios', 'folio-vec', 'lock_op'));
  expect(rows[1]).toEqual({
    parameters: ['folios'],
    metric: 'events.lock_op',
    unit: 'count',
    cells: [
      { median: before, replicates: 3, difference: null },
      {
        median: after,
        replicates: 3,
        difference: {
          delta: after - before,
          percent: ((after - before) / before) * 100,
          interval: { lower: after - before, upper: after - before },
          isIndistinguishable: false,
        },
      },
    ],
  });
});

it('compares with the strategy that is named, and refuses one that is not there', async () => {
  const run = store({});

  const { baseline } = await compare([run], { baseline: 'folio-vec visit=each' });

  expect(baseline).toBe(1);
  expect(await compareRuns(library, [run], { baseline: 'today' })).toEqual({
    ok: false,
    message:
      'Baseline today is none of what is compared; allowed: per-page kernel=v6.11, folio-vec visit=each.',
  });
});

it('finds no difference between a run and the same run again', async () => {
  const plan = { replicates: 4 };
  const runs = [store(plan), store(plan)];

  const { kind, parameters, rows, warnings } = await compare(runs, { metrics: ['total.p50'] });

  expect({ kind, parameters, warnings }).toEqual({
    kind: 'runs',
    parameters: ['layout', 'strategy'],
    warnings: [],
  });
  const differences = rows.map(({ cells }) => cells[1]?.difference);
  expect(differences).toHaveLength(4);
  expect(differences.every((each) => each?.delta === 0 && each.isIndistinguishable)).toBe(true);
});

it('gives the bootstrap interval over replicates, in pairs where both drew the same I/Os', async () => {
  const plan = { layouts: { pages: layouts.pages }, strategies: ['per-page'], replicates: 5 };
  const dearer = { ...smallCostModel, prices: { ...smallCostModel.prices, pte_read: 9 } };
  const runs = [store(plan), store({ ...plan, costModel: dearer }), store({ ...plan, seed: 2 })];
  const means = runs.map((run) =>
    [...library.trials(run)].map(({ result }) =>
      result.status === 'done' ? result.cpuNsPerIo : 0,
    ),
  );

  const [row] = (await compare(runs, { metrics: ['cpuNsPerIo'] })).rows;

  const [before = [], ...others] = means;
  const expected = others.map((after, index) => {
    const random = seedStream('compare', ...before, ...after);
    const pairing = index === 0 ? 'same-seeds' : 'independent';
    return bootstrapDifference(before, after, random, pairing, { resamples: 2000 });
  });
  expect(row?.cells.slice(1).map((cell) => cell?.difference?.interval)).toEqual(
    expected.map(({ lower, upper }) => ({ lower, upper })),
  );
});

it('takes what each run holds at a value of its own for what the runs differ in', async () => {
  const small = store({ workload: { blockBytes: 16_384 } });
  const large = store({ workload: { blockBytes: 65_536 } });

  const { parameters, differences, rows } = await compare([small, large], {
    metrics: ['figures.pagesPerIo'],
  });

  expect(parameters).toEqual(['layout', 'strategy']);
  expect(differences).toEqual([{ parameter: 'blockSize', values: [16_384, 65_536] }]);
  expect(rows.map(({ cells }) => cells[1]?.difference?.percent)).toEqual([300, 300, 300, 300]);
});

it('leaves a cell empty where a run has no such trial, and says so', async () => {
  const both = store({});
  const one = store({ layouts: { pages: layouts.pages } });

  const { rows, warnings } = await compare([both, one], { metrics: ['iops'] });

  expect(rows.map(({ parameters: [layout], cells }) => [layout, cells[1] === null])).toEqual([
    ['pages', false],
    ['pages', false],
    ['folios', true],
    ['folios', true],
  ]);
  expect(warnings).toContain(
    '2 rows of 4 cannot be compared throughout: not all have such trials.',
  );
});

it('warns of what makes runs hard to compare', async () => {
  const prices = { ...smallCostModel.prices, pte_read: 99 };
  const first = store({ workload: { count: 100 } });
  const trials = smallTrials({
    layouts: { ...layouts, folios: smallLayout({ order: 2 }) },
    workload: { count: 200 },
    costModel: { ...smallCostModel, prices },
    seed: 2,
  });
  const second = storeSmallRun(library, trials.slice(0, 3), { seed: 2, status: 'cancelled' });

  const { warnings } = await compare([first, second.id]);

  expect(warnings).toEqual([
    `Run ${second.id.slice(0, 8)} is cancelled: it has 3 of 3 trials.`,
    'The runs differ in seed (1, 2): they drew different I/Os.',
    'The runs differ in count (100, 200): they measured different numbers of I/Os.',
    'Layout folios is not the same memory in all runs.',
    'Cost model for-tests does not have the same figures in all runs.',
    '1 row of 4 cannot be compared throughout: not all have such trials.',
    'One replicate says nothing about chance: differences marked ? have no interval.',
  ]);
});

it('passes over trials that could not run, and says how many', async () => {
  const run = store({ layouts: { tiny: smallLayout({ bytes: 16_384 }) } });

  const { rows, warnings } = await compare([run], { metrics: ['iops'] });

  expect(rows.map(({ cells }) => cells)).toEqual([[null, null]]);
  expect(warnings).toContainEqual(
    expect.stringMatching(/^2 trials could not run: layout tiny: no mapped range holds .*\.$/),
  );
});

it('refuses a run or a metric that is not there', async () => {
  const run = store({});

  const results = [
    await compareRuns(library, [run, 'ffff']),
    await compareRuns(library, []),
    await compareRuns(library, [run], { metrics: ['total.p98'] }),
  ];

  expect(results.map((result) => (result.ok ? 'compared' : result.message))).toEqual([
    'There is no run ffff.',
    'No run to compare; name one or more.',
    expect.stringMatching(/^Metric total.p98: found "total.p98"; allowed: /),
  ]);
});

it('writes the same figures as JSON and as CSV', async () => {
  const comparison = await compare([store({ replicates: 2 }), store({ replicates: 2, seed: 2 })]);

  const document = comparisonDocument(comparison);
  const rows: Record<string, string>[] = parse(comparisonCsv(comparison), { columns: true });

  expect(document.schema).toBe('folio-lab/compare@1');
  const text = (value: string | number | null): string => (value === null ? '' : String(value));
  const flag = (value: boolean | null): string => (value === null ? '' : value ? 'yes' : 'no');
  expect(rows).toEqual(
    document.rows.flatMap(({ parameters, metric, unit, figures }) =>
      figures.map((figure) => ({
        ...Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, text(value)])),
        metric,
        unit,
        subject: figure.subject,
        median: text(figure.median),
        replicates: text(figure.replicates),
        delta: text(figure.delta),
        percent: text(figure.percent),
        lower: text(figure.lower),
        upper: text(figure.upper),
        indistinguishable: flag(figure.indistinguishable),
      })),
    ),
  );
});

it('survives JSON, so that no figure is infinite or no number', async () => {
  const document = comparisonDocument(await compare([store({})]));

  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
});

it('writes Markdown with percent, ~ for chance and ? for a single replicate', async () => {
  const named = { 'a|b': layouts.folios, pages: layouts.pages };
  const single = await compare([store({ layouts: named })], { metrics: ['events.lock_op'] });
  const few = { replicates: 6, workload: { count: 50 } };
  const seeds = await compare([store(few), store({ ...few, seed: 3 })], { metrics: ['total.p99'] });

  const [certain, chance] = [single, seeds].map((each) => comparisonMarkdown(each).split('\n'));

  expect(certain).toContain('| layout | per-page kernel=v6.11 | folio-vec visit=each |');
  expect(certain?.find((line) => line.startsWith('| a'))).toMatch(
    /^\| a\\\|b \| \d+ \| \d+ \(-\d+\.\d % \?\) \|$/,
  );
  expect(certain?.find((line) => line.startsWith('| pages'))).toMatch(/ \(=\) \|$/);
  expect(chance?.some((line) => / ~\) \|$/.test(line))).toBe(true);
});
