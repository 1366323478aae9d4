import { expect, it } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import type { RouteLocationRaw } from 'vue-router';
import {
  calibrateLocation,
  calibrateMeasurementFrom,
  compareLocation,
  compareRunsFrom,
  designLocation,
  designStartFrom,
  explainLocation,
  explainTraceFrom,
  explainTraceLocation,
  explainTrialFrom,
  libraryLocation,
  opensFileFrom,
  PAGES,
  routesFrom,
} from './routes.ts';
import type { DesignStart } from './routes.ts';

const page = { render: () => null };
const loaders = Object.fromEntries(PAGES.map(({ name }) => [`./pages/${name}/index.vue`, page]));

function queryAfter(location: RouteLocationRaw) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: routesFrom(loaders).routes,
  });
  // Through the address and back, as a reload would take it.
  return router.resolve(router.resolve(location).href).query;
}

it('has a route for each page that has a file, and no other', () => {
  const { pages, routes } = routesFrom({ './pages/library/index.vue': page });

  expect(pages.map(({ name }) => name)).toEqual(['library']);
  expect(routes.map(({ name }) => name)).toEqual(['library', undefined]);
});

it('leads everything unknown to the library', async () => {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: routesFrom(loaders).routes,
  });

  await router.push('/no/such/page');

  expect(router.currentRoute.value.name).toBe('library');
});

it.each<DesignStart>([
  { kind: 'draft' },
  { kind: 'new' },
  { kind: 'file' },
  { kind: 'catalogue', experimentId: 'lpc-2024-write-128k' },
  { kind: 'run', runId: 'b0000000-0000-4000-8000-000000000001' },
])('reads back from the address that a design begins from %o', (start) => {
  expect(designStartFrom(queryAfter(designLocation(start)))).toEqual(start);
});

it('reads back the runs to compare', () => {
  expect(compareRunsFrom(queryAfter(compareLocation(['one', 'two'])))).toEqual(['one', 'two']);
  expect(compareRunsFrom(queryAfter(compareLocation([])))).toEqual([]);
});

it('reads back the trial to explain', () => {
  const trial = { runId: 'one', trialId: 'abc' };

  expect(explainTrialFrom(queryAfter(explainLocation(trial)))).toEqual(trial);
  expect(explainTrialFrom(queryAfter(explainLocation(null)))).toBeNull();
});

it('reads back that the library asks for a session file', () => {
  expect(opensFileFrom(queryAfter(libraryLocation(true)))).toBe(true);
  expect(opensFileFrom(queryAfter(libraryLocation(false)))).toBe(false);
});

it('reads back the trace to set beside the model, unless an I/O is asked about as well', () => {
  const query = queryAfter(explainTraceLocation('one'));

  expect(explainTraceFrom(query)).toBe('one');
  expect(explainTraceFrom({ ...query, layout: 'thp2m' })).toBeNull();
  expect(explainTraceFrom({})).toBeNull();
});

it('leads to a measurement that is to be fitted to, or to a fitted model', () => {
  const measurement = queryAfter(calibrateLocation({ kind: 'measurement', measurementId: 'm 1' }));
  const model = queryAfter(calibrateLocation({ kind: 'model', costModel: 'my-epyc@2' }));

  expect(calibrateMeasurementFrom(measurement)).toBe('m 1');
  expect(calibrateMeasurementFrom(model)).toBeNull();
  expect(model).toEqual({ model: 'my-epyc@2' });
});
