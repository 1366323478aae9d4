import { beforeEach, expect, it } from 'vitest';
import type { FioDocument, FioLatency } from '#contract';
import { EMPTY_CONTENTS } from '../testing/lab-contents.ts';
import { createMemoryLab } from '../testing/memory-lab.ts';
import { sampleMeasurement } from '../testing/measured-samples.ts';
import { useStoresOver } from '../testing/store-context.ts';
import { useMeasuredSeriesStore } from './measured-series-store.ts';

const LATENCY: FioLatency = {
  minNs: 10,
  maxNs: 90,
  meanNs: 20,
  stddevNs: 5,
  percentiles: [],
  bins: [
    [10, 3],
    [90, 1],
  ],
};
const FIO: FioDocument = {
  schema: 'folio-lab/fio@1',
  kind: 'fio',
  version: 'fio-3.33',
  assumptions: [],
  warnings: [],
  series: [
    {
      job: 'random',
      direction: 'write',
      engine: 'psync',
      access: 'randwrite',
      blockSize: '128k',
      queueDepth: '1',
      isDirect: true,
      jobCount: null,
      ios: 4,
      bytes: 4 * 131_072,
      iops: 100,
      runtimeMs: 40,
      errorNumber: 0,
      submission: null,
      completion: LATENCY,
      total: LATENCY,
    },
  ],
};
const fio = sampleMeasurement(1, { name: 'disk' }, FIO);
const layout = sampleMeasurement(2);
let reads = 0;

beforeEach(() => {
  reads = 0;
  const { bridge } = createMemoryLab({ ...EMPTY_CONTENTS, measurements: [fio, layout] });
  useStoresOver({
    ...bridge,
    readMeasurement: (input) => {
      reads += 1;
      return bridge.readMeasurement(input);
    },
  });
});

it('shows total latencies of a measurement, and reads it once', async () => {
  const store = useMeasuredSeriesStore();

  await store.show(fio.record);
  await store.readAll([fio.record.id]);

  expect(store.chosenIds).toEqual([`${fio.record.id}:0:lat`]);
  expect(store.seriesOf([fio.record]).map(({ name }) => name)).toEqual([
    'measured: disk, write lat',
    'measured: disk, write clat',
  ]);
  expect(reads).toBe(1);
});

it('leaves the choice of series alone where a measurement has some shown', async () => {
  const store = useMeasuredSeriesStore();
  store.choose([`${fio.record.id}:0:clat`]);

  await store.show(fio.record);

  expect(store.chosenIds).toEqual([`${fio.record.id}:0:clat`]);
});

it('has no series of other kinds, and says which measurement is gone', async () => {
  const store = useMeasuredSeriesStore();

  const reply = await store.readAll([layout.record.id, '00000000-0000-4000-8000-000000000000']);

  expect(reply).toMatchObject({ ok: false, code: 'not-found' });
  expect(store.seriesOf([layout.record])).toEqual([]);
});
