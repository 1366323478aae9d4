import { beforeEach, expect, it } from 'vitest';
import type { RunDocument } from '#contract';
import { sampleDetail, sampleDocument } from '../testing/run-documents.ts';
import { EMPTY_CONTENTS, sampleId, sampleRun } from '../testing/lab-contents.ts';
import { createMemoryLab } from '../testing/memory-lab.ts';
import { useStoresOver } from '../testing/store-context.ts';
import { detailKey, useCompareStore } from './compare-store.ts';

const first = sampleId('run', 1);
const second = sampleId('run', 2);
const document: RunDocument = sampleDocument([{ strategy: 'today' }, { strategy: 'batch' }]);
const trialIds = document.trials.map(({ id }) => id);

let asked: string[] = [];
beforeEach(() => {
  asked = [];
  const runs = [first, second].map((id) => {
    return sampleRun({ id, experimentName: 'example', finishedTrials: 2, plannedTrials: 2 });
  });
  const trials = Object.fromEntries(trialIds.map((id) => [id, sampleDetail(id)]));
  const { bridge } = createMemoryLab(
    { ...EMPTY_CONTENTS, runs, samples: { example: document } },
    { loadTrials: () => Promise.resolve(trials) },
  );
  useStoresOver({
    ...bridge,
    readRun: (input) => {
      asked.push(input.id);
      return bridge.readRun(input);
    },
    readTrial: (input) => {
      asked.push(input.trialId);
      return bridge.readTrial(input);
    },
  });
});

it('reads the chosen runs, each once, in the order of choice', async () => {
  const store = useCompareStore();

  await store.choose([second, first, second]);
  await store.choose([second]);
  await store.choose([second, first]);

  expect(store.runs.map(({ run }) => run)).toEqual([second, first]);
  expect(asked).toEqual([second, first, first]);
});

it('answers the failure of a run that is not there, and shows the others', async () => {
  const store = useCompareStore();

  const reply = await store.choose([first, sampleId('run', 9)]);

  expect(reply).toMatchObject({ ok: false, code: 'not-found' });
  expect(store.runs.map(({ run }) => run)).toEqual([first]);
});

it('forgets baseline and selection with the runs they belong to', async () => {
  const store = useCompareStore();
  await store.choose([first]);
  store.chooseBaseline('batch');
  store.select(['one']);

  await store.choose([first]);
  const kept = [store.baselineId, [...store.selectedIds]];
  await store.choose([first, second]);

  expect([kept, store.baselineId, [...store.selectedIds]]).toEqual([['batch', ['one']], null, []]);
});

it('reads a distribution once, however often it is asked for', async () => {
  const store = useCompareStore();
  const addresses = trialIds.map((trialId) => ({ runId: first, trialId }));

  await Promise.all([store.readDetails(addresses), store.readDetails(addresses)]);
  await store.readDetails(addresses);

  expect(asked.toSorted()).toEqual(trialIds.toSorted());
  expect(addresses.map((address) => store.details.get(detailKey(address))?.trialId)).toEqual(
    trialIds,
  );
});

it('reads on when one distribution is missing, and answers its failure', async () => {
  const store = useCompareStore();
  const [trialId = ''] = trialIds;

  const reply = await store.readDetails([
    { runId: first, trialId: 'missing' },
    { runId: first, trialId },
  ]);

  expect(reply).toMatchObject({ ok: false, code: 'not-found' });
  expect(store.details.size).toBe(1);
});

it('reads a run again only while it is chosen', async () => {
  const store = useCompareStore();
  await store.choose([first]);

  await store.refresh(first);
  await store.refresh(second);

  expect(asked).toEqual([first, first]);
});
