import { describe, expect, it } from 'vitest';
import { LATENCY_PHASES, PHASES } from '#core';
import {
  allocationsTable,
  eventsTable,
  latencyTable,
  resultTables,
  trialsTable,
} from './csv-tables.ts';
import { latencySummaries } from './latency.ts';
import type { StoredTrial } from './stored-run.ts';
import { experimentFile, simulatedTrials, TEST_RUN } from './testing/simulated-trials.ts';

const trials = simulatedTrials(experimentFile());

/** 128 KiB on 128 KiB folios with a batch of 15, tracer off. */
function sampleTrial(): StoredTrial {
  const trial = trials.find(
    ({ parameters }) =>
      parameters.strategy.name === 'batch' &&
      parameters.layoutName === 'large' &&
      parameters.workload.blockBytes === 131_072 &&
      parameters.tracer === 'off',
  );
  if (trial === undefined) throw new Error('the trial is not in the plan');
  return trial;
}

/** A row of trials.csv by the names of its columns. */
function rowOf(trial: StoredTrial): Record<string, string | number | null> {
  const [row] = trialsTable.rowsOf(trial, TEST_RUN);
  if (row === undefined) throw new Error('the trial gives no row');
  return Object.fromEntries(trialsTable.columns.map(({ name, valueOf }) => [name, valueOf(row)]));
}

it('the three tables that are not trials have exactly these columns', () => {
  expect(
    [latencyTable, eventsTable, allocationsTable].map((table) =>
      table.columns.map(({ name }) => name),
    ),
  ).toEqual([
    ['trial_id', 'phase', 'lower_ns', 'upper_ns', 'count'],
    ['trial_id', 'phase', 'event', 'per_io', 'total'],
    ['trial_id', 'source', 'bytes', 'count', 'peak_bytes'],
  ]);
  expect(resultTables.map(({ fileName }) => fileName)).toEqual([
    'trials.csv',
    'latency.csv',
    'events.csv',
    'allocations.csv',
  ]);
});

describe('trials.csv', () => {
  it('has columns of different names, in small letters, each with a meaning', () => {
    const names = trialsTable.columns.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
    expect(trialsTable.columns.filter(({ meaning }) => meaning === '')).toEqual([]);
  });

  it('has every percentile of every phase, and every kind of locked operation', () => {
    const names = new Set(trialsTable.columns.map(({ name }) => name));
    const wanted = LATENCY_PHASES.flatMap((phase) =>
      ['p50', 'p90', 'p99', 'p999', 'max', 'mean'].map((statistic) => `${phase}_${statistic}_ns`),
    );

    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
    expect(
      ['lock_op_per_io', 'lock_op_reference_per_io', 'kmalloc_per_io'].filter(
        (name) => !names.has(name),
      ),
    ).toEqual([]);
  });

  it('says which trial a row is and what it found', () => {
    const row = rowOf(sampleTrial());

    expect(row).toMatchObject({
      run_id: TEST_RUN.id,
      layout: 'large',
      strategy: 'batch',
      strategy_id: 'folio-batch',
      strategy_parameters: 'entries=15 form=range callers=converted prototypeHoles=false',
      policy_memory: 'stack',
      block_bytes: 131_072,
      service_mean_ns: null,
      cost_model: 'flat',
      tracer: 'off',
      seed: 42,
      replicate: 0,
      status: 'done',
      samples: 200,
      lock_op_per_io: 5,
      vec_store_per_io: 1,
      pages_per_io: 32,
      stack_bytes_max: 368,
      result_allocations: 0,
      bio_allocations: 200,
    });
    const { result } = sampleTrial();
    if (result.status !== 'done') throw new Error('the trial did not run');
    expect(row['total_p99_ns']).toBe(latencySummaries(result).total.p99);
  });

  it('leaves the findings of a trial that could not run empty', () => {
    const row = rowOf({
      ...sampleTrial(),
      result: { status: 'not-applicable', reason: 'the layout is too small' },
    });

    expect(row).toMatchObject({
      layout: 'large',
      status: 'not-applicable',
      reason: 'the layout is too small',
      samples: null,
      lock_op_per_io: null,
      total_p99_ns: null,
      iops: null,
      bio_allocations: null,
    });
  });
});

it('latency.csv holds every measured I/O once in each phase', () => {
  const counts = new Map<string, number>();
  for (const { phase, count } of latencyTable.rowsOf(sampleTrial(), TEST_RUN)) {
    counts.set(phase, (counts.get(phase) ?? 0) + count);
  }

  expect(Object.fromEntries(counts)).toEqual(
    Object.fromEntries(LATENCY_PHASES.map((phase) => [phase, 200])),
  );
});

it('events.csv times the prices is what the phases cost: nothing priced is left out', () => {
  const trial = sampleTrial();
  const nanoseconds = new Map<string, number>(PHASES.map((phase) => [phase, 0]));
  // Every event of the flat cost model costs one nanosecond; `lock_op` is the sum of its kinds.
  for (const { phase, event, total, samples } of eventsTable.rowsOf(trial, TEST_RUN)) {
    if (event === 'lock_op') continue;
    nanoseconds.set(phase, (nanoseconds.get(phase) ?? 0) + total / samples);
  }
  if (trial.result.status !== 'done') throw new Error('the trial did not run');
  const latency = latencySummaries(trial.result);

  expect(Object.fromEntries(nanoseconds)).toEqual(
    Object.fromEntries(PHASES.map((phase) => [phase, latency[phase].mean])),
  );
});

it('events.csv gives lock_op as the sum of its kinds', () => {
  const rows = [...eventsTable.rowsOf(sampleTrial(), TEST_RUN)];
  const sum = (isWanted: (event: string) => boolean): number =>
    rows.filter(({ event }) => isWanted(event)).reduce((total, row) => total + row.total, 0);

  expect(sum((event) => event === 'lock_op')).toBe(1000);
  expect(sum((event) => event.startsWith('lock_op.'))).toBe(1000);
});

it('a trial that could not run adds nothing to the other tables', () => {
  const absent = {
    ...sampleTrial(),
    result: { status: 'not-applicable', reason: 'too small' } as const,
  };

  expect(resultTables.map((table) => [...table.cellsOf(absent, TEST_RUN)].length)).toEqual([
    1, 0, 0, 0,
  ]);
});

it('every row has a cell for each column, with what the column says of it', () => {
  for (const { columns, cellsOf } of resultTables) {
    const rows = [...cellsOf(sampleTrial(), TEST_RUN)];

    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((cells) => cells.length !== columns.length)).toEqual([]);
    expect(
      rows.flatMap((cells) =>
        columns.filter(({ kind }, index) => {
          const value = cells[index];
          return value !== null && (typeof value === 'number') !== (kind === 'number');
        }),
      ),
    ).toEqual([]);
  }
});

it('texts stand in the rows as they were given', () => {
  const trial = sampleTrial();
  const odd = { ...trial, parameters: { ...trial.parameters, id: '=1+1', layoutName: '@x,"y"' } };

  for (const table of resultTables) {
    const [cells = []] = table.cellsOf(odd, TEST_RUN);
    expect(cells).toContain('=1+1');
  }
  expect(rowOf(odd)).toMatchObject({ trial_id: '=1+1', layout: '@x,"y"' });
});
