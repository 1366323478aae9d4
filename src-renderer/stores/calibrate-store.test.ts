import { expect, it } from 'vitest';
import { PREDICT_SCHEMA } from '#contract';
import type { LabBridge, PredictDocument } from '#contract';
import { EMPTY_CONTENTS } from '../testing/lab-contents.ts';
import { createMemoryLab } from '../testing/memory-lab.ts';
import { sampleCalibration, sampleCostModel, sampleTable } from '../testing/sample-calibration.ts';
import { useStoresOver } from '../testing/store-context.ts';
import { predictionKey, useCalibrateStore } from './calibrate-store.ts';

const PINS = sampleTable(1);
const FITTED = { model: sampleCostModel('sample'), document: sampleCalibration() };

function storeOver(changes: Partial<LabBridge> = {}) {
  const contents = { ...EMPTY_CONTENTS, measurements: [PINS], arrivingCalibration: FITTED };
  const { bridge } = createMemoryLab(contents);
  useStoresOver({ ...bridge, ...changes });
  const store = useCalibrateStore();
  store.fill({ measurementIds: [PINS.record.id], name: ' mine ', title: '  ' });
  return { store, bridge };
}

it('fits what is filled in, and has what was found', async () => {
  const { store, bridge } = storeOver();

  const fitting = store.calibrate();
  expect(store.isFitting).toBe(true);
  const fitted = await fitting;

  expect(store.isFitting).toBe(false);
  expect(fitted).toMatchObject({ reference: { id: 'mine', version: 1 }, isNew: true });
  expect(store.calibrations.get('mine@1')).toEqual(fitted?.document);
  const catalogue = await bridge.listCatalogue(null);
  expect(catalogue.ok && catalogue.value.costModels.map(({ id }) => id)).toEqual(['mine@1']);
});

it('sends no blank title: one is made up then', async () => {
  const sent: unknown[] = [];
  const { store, bridge } = storeOver();
  const { store: watched } = storeOver({
    calibrate: (input) => {
      sent.push(input);
      return bridge.calibrate(input);
    },
  });
  await watched.calibrate();

  expect(store.failure).toBeNull();
  expect(sent).toMatchObject([{ name: 'mine', title: null, machine: null }]);
});

it('says why nothing was fitted, until something else is filled in', async () => {
  const { store } = storeOver();
  store.fill({ measurementIds: ['00000000-0000-4000-8000-000000000000'] });

  expect(await store.calibrate()).toBeNull();
  expect(store.failure).toMatch(/measurement/);
  expect(store.isFitting).toBe(false);
  store.fill({ name: 'other' });
  expect(store.failure).toBeNull();
});

it('reads once what a model was fitted to, also where that is nothing', async () => {
  let asked = 0;
  const { bridge } = storeOver();
  const { store } = storeOver({
    readCalibration: (input) => {
      asked += 1;
      return bridge.readCalibration(input);
    },
  });

  await store.load('textbook');
  await store.load('textbook');

  expect(asked).toBe(1);
  expect(store.calibrations.get('textbook')).toBeNull();
});

it('asks once what a model says of a table', async () => {
  const prediction: PredictDocument = {
    schema: PREDICT_SCHEMA,
    coreVersion: '1',
    costModel: '',
    file: 'pins.csv',
    rows: [],
  };
  const { bridge } = createMemoryLab({ ...EMPTY_CONTENTS, measurements: [PINS], prediction });
  let asked = 0;
  const { store } = storeOver({
    predict: (input) => {
      asked += 1;
      return bridge.predict(input);
    },
  });

  await store.predict('textbook', PINS.record.id);
  await store.predict('textbook', PINS.record.id);
  const failed = await store.predict('textbook', '00000000-0000-4000-8000-000000000000');

  expect(asked).toBe(2);
  expect(failed.ok).toBe(false);
  expect([...store.predictions].map(([key, { costModel }]) => [key, costModel])).toEqual([
    [predictionKey('textbook', PINS.record.id), 'textbook'],
  ]);
});
