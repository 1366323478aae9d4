import { expect, it } from 'vitest';
import { EVENTS } from '#core';
import { runDocument, runDocumentSchema } from './run-document.ts';
import { experimentFile, simulatedTrials, TEST_RUN } from './testing/simulated-trials.ts';

const trials = simulatedTrials(experimentFile());
const session = { id: TEST_RUN.sessionId, name: 'notebook' };

it('has the form its schema says, and survives JSON', () => {
  const document = runDocument(session, TEST_RUN, trials);

  expect(runDocumentSchema.parse(JSON.parse(JSON.stringify(document)))).toEqual(document);
});

it('has the keys that other programs read', () => {
  const document = runDocument(session, TEST_RUN, trials);

  expect(document).toMatchObject({
    schema: 'folio-lab/run@1',
    session: 'notebook',
    run: TEST_RUN.id,
    status: 'finished',
    expectations: [{ text: 'a claim', holds: true, found: '1 is equal to 1' }],
  });
  expect(document.trials).toHaveLength(48);
  expect(document.trials[0]).toMatchObject({
    layout: 'large',
    strategy: 'per-page',
    strategyName: 'pages',
    parameters: { kernel: 'v6.11', blockSize: 4096, operation: 'write' },
    seed: 42,
    replicate: 0,
    status: 'done',
    samples: 200,
  });
  expect(Object.keys(document.trials[0]?.countersPerIo ?? {})).toEqual(EVENTS);
  expect(document.trials[0]?.countersPerIo?.lock_op).toBe(5);
  expect(Object.keys(document.trials[0]?.latency?.total ?? {})).toEqual([
    'p50',
    'p90',
    'p99',
    'p999',
    'max',
    'mean',
  ]);
});

it('says why a trial could not run, and has nothing else of it', () => {
  const absent = trials.slice(0, 1).map(({ parameters }) => ({
    parameters,
    result: { status: 'not-applicable', reason: 'the layout is too small' } as const,
  }));

  const document = runDocument(session, TEST_RUN, absent);

  expect(runDocumentSchema.parse(document)).toEqual(document);
  expect(document.trials[0]).toMatchObject({
    status: 'not-applicable',
    reason: 'the layout is too small',
    samples: 0,
    countersPerIo: null,
    latency: null,
    iops: null,
  });
});
